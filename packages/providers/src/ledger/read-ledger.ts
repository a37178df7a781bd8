import { readdirSync, readFileSync } from "node:fs";
import { basename, join, resolve, sep } from "node:path";
import { messageOf, RehearseError } from "@rehearse/errors";
import type { z } from "zod";
import { type LedgerEntry, ledgerEntrySchema, type LedgerHeader, ledgerHeaderSchema } from "./ledger-entry.ts";
import { ledgerDirectory } from "./state-directory.ts";

export interface LedgerContent {
  /** Null where a crash hit the very first line: nothing had been made then. */
  readonly header: LedgerHeader | null;
  readonly entries: readonly LedgerEntry[];
}

/** The files of all ledgers in the state directory. */
export function ledgerFiles(): string[] {
  const directory = ledgerDirectory();
  const names = ifThere(() => readdirSync(directory)) ?? [];
  return names.flatMap((name) => (name.endsWith(".ndjson") ? join(directory, name) : []));
}

/**
 * Reads a ledger; null where there is none. A last line that was cut by a crash is left out: the act it speaks of had not begun, or is known by
 * its intent. LEDGER_UNREADABLE, with the line, for any other damage and for directories that are not the environment's own.
 */
export function readLedger(file: string): LedgerContent | null {
  const text = ifThere(() => readFileSync(file, "utf8"));
  if (text === null) return null;
  const lines = text.split("\n");
  const last = lines.pop() ?? "";
  if (last !== "" && isJson(last)) lines.push(last);
  const [first, ...rest] = lines;
  if (first === undefined) return { header: null, entries: [] };

  const header = parseLine(ledgerHeaderSchema, { file, number: 1, text: first });
  if (`${header.id}.ndjson` !== basename(file)) throw unreadable(file, 1, `it belongs to the environment ${header.id}`);
  const entries = rest.map((line, index) => {
    const number = index + 2;
    const entry = parseLine(ledgerEntrySchema, { file, number, text: line });
    if (entry.kind === "directory" && !isWithin(entry.undo.path, header.id)) {
      throw unreadable(file, number, `${entry.undo.path} is not a directory of the environment ${header.id}`);
    }
    return entry;
  });
  return { header, entries };
}

/** Absolute path of the environment's own directory; null where it was not made yet. */
export function directoryOf({ entries }: LedgerContent): string | null {
  const made = entries.find((entry) => entry.kind === "directory" && entry.state === "made");
  return made?.kind === "directory" ? made.undo.path : null;
}

/** The fence around what tear-down removes: a directory `rh-<id>`, or one below it. */
function isWithin(path: string, id: string): boolean {
  return resolve(path) === path && path.split(sep).includes(`rh-${id}`);
}

function parseLine<T>(schema: z.ZodType<T>, { file, number, text }: { file: string; number: number; text: string }): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw unreadable(file, number, messageOf(error));
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success)
    throw unreadable(file, number, parsed.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`).join("; "));
  return parsed.data;
}

function unreadable(file: string, line: number, got: string): RehearseError {
  return new RehearseError({
    code: "LEDGER_UNREADABLE",
    message: `Line ${line} of the ledger ${file} is damaged, so it is not known what its environment made.`,
    expected: "a line that Rehearse wrote",
    got,
    hint: `Delete the file, then run \`rehearse down --all\`: it finds processes and directories without a ledger by their labels.`,
  });
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function ifThere<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return null;
    throw new RehearseError({
      code: "LEDGER_UNREADABLE",
      message: `What environments there are cannot be read: ${error.message}.`,
      hint: "Open the file to this user, or set REHEARSE_STATE to the state directory that is meant.",
      cause: error,
    });
  }
}
