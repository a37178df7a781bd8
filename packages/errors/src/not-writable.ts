import { accessSync, constants, existsSync } from "node:fs";
import { dirname } from "node:path";
import { messageOf } from "./message-of.ts";
import { RehearseError } from "./rehearse-error.ts";

/** DIRECTORY_NOT_WRITABLE for a failed write to `path`: no permission, no space, no such place. */
export function notWritable(path: string, cause: unknown): RehearseError {
  return new RehearseError({
    code: "DIRECTORY_NOT_WRITABLE",
    message: `Cannot write ${path}.`,
    expected: "a place that this user may write to, with space left",
    got: systemReason(cause),
    hint: "Free space or mend the permissions of that directory, then run the command again.",
    cause,
  });
}

/** Why the system refused to write, in its words: where Node makes a folder with those above it, it says of every refusal that they are not there. */
export function systemReason(cause: unknown): string {
  const { code, syscall, path } = factsOf(cause);
  if (code !== "ENOENT" || syscall !== "mkdir" || path === undefined) return messageOf(cause);
  try {
    accessSync(nearestThere(dirname(path)), constants.W_OK);
  } catch (refusal) {
    return messageOf(refusal);
  }
  return messageOf(cause);
}

/** What no write could have foreseen: a disk that is full, for this user or for all, or read-only. */
const ofTheDisk = new Set<unknown>(["ENOSPC", "EDQUOT", "EROFS"]);

/** Whether the system refused a write for the disk's sake. */
export function isDiskFault(thrown: unknown): boolean {
  return ofTheDisk.has(factsOf(thrown).code);
}

/**
 * What was thrown, for whoever tells the user of it: a disk that is full or read-only is one wherever it is found, and no bug of ours. What fails on
 * the way out of such a failure is not told beside it.
 */
export function asForeseen(thrown: unknown): unknown {
  if (thrown instanceof SuppressedError) {
    const [first, later] = [asForeseen(thrown.suppressed), asForeseen(thrown.error)];
    return first instanceof RehearseError && later instanceof RehearseError ? first : thrown;
  }
  if (thrown instanceof RehearseError || !isDiskFault(thrown)) return thrown;
  const { path, dest } = factsOf(thrown);
  return notWritable(dest ?? path ?? "a file that it needs", thrown);
}

interface SystemFacts {
  readonly code?: unknown;
  readonly syscall?: unknown;
  readonly path?: string | undefined;
  /** Of what is copied or renamed. */
  readonly dest?: string | undefined;
}

function factsOf(thrown: unknown): SystemFacts {
  if (!(thrown instanceof Error)) return {};
  const { code, syscall, path, dest } = thrown as Error & Record<string, unknown>;
  const text = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
  return { code, syscall, path: text(path), dest: text(dest) };
}

function nearestThere(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : nearestThere(dirname(path));
}
