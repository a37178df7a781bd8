/** What must never be shown of a service's credentials: the password, and both as an HTTP header carries them. */
export function secretsOf({ user, password }: { readonly user: string; readonly password: string }): string[] {
  return [password, Buffer.from(`${user}:${password}`).toString("base64")];
}
