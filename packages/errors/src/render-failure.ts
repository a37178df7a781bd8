import { messageOf } from "./message-of.ts";
import { RehearseError } from "./rehearse-error.ts";

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

function renderBug(thrown: unknown): string {
  const stack = thrown instanceof Error ? stackOf(thrown) : String(thrown);
  const cause = thrown instanceof Error && thrown.cause !== undefined ? `\n${indent(`caused by: ${messageOf(thrown.cause)}`)}` : "";
  return [
    "✗ BUG: this is a fault of Rehearse, not of your scenario.",
    "",
    `${indent(stack)}${cause}`,
    "",
    "  next      Open an issue with the lines above, the command or workflow step, and your rehearse.yml.",
    "            `rehearse down` takes down whatever was left running.",
    "",
  ].join("\n");
}

/** What fails in a stream was made by the system, and has no stack: then its facts stand for it, and where it came to light. */
function stackOf(thrown: Error): string {
  const stack = thrown.stack ?? thrown.message;
  if (/\n\s+at /.test(stack)) return stack;
  const facts = JSON.stringify(Object.fromEntries(Object.entries(thrown)));
  return [`${stack}${facts === "{}" ? "" : ` ${facts}`}`, "It has no stack of its own. It came to light", ...framesHere()].join("\n");
}

function framesHere(): string[] {
  const here = { stack: "" };
  Error.captureStackTrace(here, renderFailure);
  return here.stack.split("\n").slice(1);
}

function indent(text: string): string {
  return text
    .split("\n")
    .map((line) => `  ${line}`)
    .join("\n");
}
