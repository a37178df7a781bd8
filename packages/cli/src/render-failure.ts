import { messageOf, RehearseError } from "@rehearse/errors";

/** A failure for a person: what happened, expected and got, evidence, and what to do next. A bug of ours comes with its stack. */
export function renderFailure(thrown: unknown): string {
  if (!(thrown instanceof RehearseError)) return renderBug(thrown);
  const facts = [
    thrown.expected === undefined ? "" : `  expected  ${thrown.expected}`,
    thrown.got === undefined ? "" : `  got       ${thrown.got}`,
  ].filter((line) => line !== "");
  const details = thrown.details === undefined || thrown.details.trim() === "" ? [] : ["", indent(thrown.details.trimEnd())];
  return [`✗ ${thrown.code}: ${thrown.message}`, ...facts, ...details, "", `  next      ${thrown.hint}`, ""].join("\n");
}

/** The same facts for a program. */
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

function renderBug(thrown: unknown): string {
  const stack = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  const cause = thrown instanceof Error && thrown.cause !== undefined ? `\n${indent(`caused by: ${messageOf(thrown.cause)}`)}` : "";
  return [
    "✗ BUG: this is a fault of Rehearse, not of your scenario.",
    "",
    `${indent(stack)}${cause}`,
    "",
    "  next      Open an issue with the lines above, the command you typed and your rehearse.yml.",
    "            `rehearse down` takes down whatever was left running.",
    "",
  ].join("\n");
}

function indent(text: string): string {
  return text
    .split("\n")
    .map((line) => `  ${line}`)
    .join("\n");
}
