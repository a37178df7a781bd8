import { messageOf, RehearseError } from "@rehearse/errors";

/** A failure for a program: the facts that `renderFailure` tells a person. */
export function failureJson(thrown: unknown): string {
  const facts =
    thrown instanceof RehearseError
      ? {
          code: thrown.code,
          message: thrown.message,
          expected: thrown.expected,
          got: thrown.got,
          hint: thrown.hint,
          details: thrown.details,
        }
      : { code: "BUG", message: messageOf(thrown) };
  return `${JSON.stringify({ error: facts }, null, 2)}\n`;
}
