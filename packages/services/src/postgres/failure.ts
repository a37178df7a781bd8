import { messageOf, RehearseError, type ErrorCode } from "@rehearse/errors";
import { DatabaseError } from "pg";

/** What was being done when Postgres refused it. */
interface Circumstance {
  readonly code: ErrorCode;
  /** What could not be done, such as `The seed schema.sql failed`. */
  readonly what: string;
  readonly hint: string;
  /** The SQL that `position` of the server's message counts in, and how many characters of it are not the user's. */
  readonly sql?: { readonly text: string; readonly before: number } | undefined;
}

/** A designed error for what Postgres answered; a connection that broke is the engine's fault, whatever was being done. */
export function failure(thrown: unknown, circumstance: Circumstance): RehearseError {
  if (thrown instanceof RehearseError) return thrown;
  if (!(thrown instanceof DatabaseError) || endsConnection(thrown)) return lost(thrown);
  const place = circumstance.sql === undefined ? "" : lineOf(thrown.position, circumstance.sql);
  const context = [thrown.detail, thrown.where].filter((line) => line !== undefined).join("\n");
  return new RehearseError({
    code: circumstance.code,
    message: `${circumstance.what}${place}: ${thrown.message}`,
    hint: thrown.hint ?? circumstance.hint,
    ...(context === "" ? {} : { details: context }),
    cause: thrown,
  });
}

function lost(thrown: unknown): RehearseError {
  return new RehearseError({
    code: "ENGINE_LOST",
    message: `The connection to Postgres broke: ${messageOf(thrown)}.`,
    hint: "Look into the server's log: it may have ended, or run out of memory.",
    cause: thrown,
  });
}

/** Class 08 is a broken connection, 57P0x a server that goes down. */
function endsConnection(error: DatabaseError): boolean {
  return /^(08|57P0)/.test(error.code ?? "");
}

/** Postgres counts characters from 1, an astral one as one. */
function lineOf(position: string | undefined, { text, before }: { text: string; before: number }): string {
  const index = Number(position ?? 0) - 1 - before;
  if (index < 0) return "";
  const line =
    Array.from(text)
      .slice(0, index)
      .filter((character) => character === "\n").length + 1;
  return ` on line ${line}`;
}
