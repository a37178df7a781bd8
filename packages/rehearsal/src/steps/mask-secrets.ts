import { messageOf, RehearseError } from "@rehearse/errors";

/** Text with every secret replaced by `***`, as it stands and URL-encoded; longer secrets first, so that none is left in part. */
export function maskSecrets(text: string, secrets: readonly string[]): string {
  const forms = [...new Set(secrets.flatMap((secret) => [secret, encodeURIComponent(secret)]))].filter((form) => form !== "");
  const masked = forms.toSorted((a, b) => b.length - a.length).reduce((shown, form) => shown.replaceAll(form, "***"), text);
  return forms.reduce(maskCutSecret, masked);
}

/** Output that is kept from its end may begin in the middle of a secret. */
function maskCutSecret(text: string, secret: string): string {
  for (let length = secret.length - 1; length >= 4; length -= 1)
    if (text.startsWith(secret.slice(-length))) return `***${text.slice(length)}`;
  return text;
}

/** The same failure with every secret masked in all that is ever shown of it. */
export function maskFailure(thrown: unknown, secrets: readonly string[]): unknown {
  const mask = (text: string): string => maskSecrets(text, secrets);
  const maybe = (text: string | undefined): string | undefined => (text === undefined ? undefined : mask(text));
  if (thrown instanceof RehearseError) {
    const { code, message, hint, expected, got, details } = thrown;
    return new RehearseError({
      code,
      message: mask(message),
      hint: mask(hint),
      expected: maybe(expected),
      got: maybe(got),
      details: maybe(details),
    });
  }
  if (!(thrown instanceof Error)) return thrown;
  const shown = [thrown.message, thrown.stack ?? "", messageOf(thrown.cause)].join("");
  if (mask(shown) === shown) return thrown;
  const masked = new Error(mask(thrown.message));
  masked.stack = mask(thrown.stack ?? "");
  return masked;
}
