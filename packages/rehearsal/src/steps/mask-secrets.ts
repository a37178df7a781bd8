/** Text with every secret replaced by `***`, as it stands and URL-encoded; longer secrets first, so that none is left in part. */
export function maskSecrets(text: string, secrets: readonly string[]): string {
  const forms = [...new Set(secrets.flatMap((secret) => [secret, encodeURIComponent(secret)]))].filter((form) => form !== "");
  return forms.toSorted((a, b) => b.length - a.length).reduce((masked, form) => masked.replaceAll(form, "***"), text);
}
