import { messageOf, RehearseError } from "@rehearse/errors";

// What is shorter is no secret, and is found in every text.
const leastShown = 4;

/** Text with every secret replaced by `***`, as it stands and URL-encoded; longer secrets first, so that none is left in part. */
export function maskSecrets(text: string, secrets: readonly string[]): string {
  const forms = [...new Set(secrets.flatMap((secret) => [secret, encodeURIComponent(secret)]))].filter((form) => form.length >= leastShown);
  const masked = forms.toSorted((a, b) => b.length - a.length).reduce((shown, form) => shown.replaceAll(form, "***"), text);
  return forms.reduce(maskCutSecret, masked);
}

/** Output that is kept from its end may begin in the middle of a secret, and a row that is quoted may end in one. */
function maskCutSecret(text: string, secret: string): string {
  const lengths = Array.from({ length: Math.max(0, secret.length - leastShown) }, (_, index) => secret.length - 1 - index);
  const atStart = lengths.find((length) => text.startsWith(secret.slice(-length)));
  const rest = atStart === undefined ? text : `***${text.slice(atStart)}`;
  const atEnd = lengths.find((length) => rest.endsWith(secret.slice(0, length)));
  return atEnd === undefined ? rest : `${rest.slice(0, -atEnd)}***`;
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
