import { RehearseError } from "@rehearse/errors";
import type { Cell } from "../compare/comparison.ts";
import { textChunks } from "./text-chunks.ts";

/** A record of a CSV file and the line on which it begins. */
export interface CsvRecord {
  readonly line: number;
  readonly cells: readonly Cell[];
}

/**
 * Reads CSV by RFC 4180, record by record: `\n` or `\r\n` after each, cells quoted with `"` or not. What stands without quotes and is empty is NULL, `""` is the
 * empty text. Nothing is trimmed or guessed. The delimiter is one letter. DATASET_UNREADABLE names the line where quotes do not match.
 */
export async function* csvRecords(file: string, delimiterLetter: string): AsyncGenerator<CsvRecord, void> {
  const delimiter = delimiterLetter.charCodeAt(0);
  let [rest, line] = ["", 1];
  for await (const chunk of textChunks(file)) {
    rest += chunk;
    let at = 0;
    for (let found = readRecord(rest, at, delimiter); found !== null; found = readRecord(rest, at, delimiter)) {
      if (typeof found === "string") throw torn({ file, line, message: found });
      yield { line, cells: found.cells };
      line += lineBreaks(rest, at, found.end);
      at = found.end;
    }
    rest = rest.slice(at);
  }
  if (rest === "") return;
  // The last record may lack its line break.
  const found = readRecord(`${rest}\n`, 0, delimiter);
  if (found === null)
    throw torn({
      file,
      line,
      message: "a quote is opened and never closed: the file is cut short, or a quote within a cell is not doubled",
    });
  if (typeof found === "string") throw torn({ file, line, message: found });
  yield { line, cells: found.cells };
}

/** The record that begins at `at`; null where its end is not there yet; a text that says what is wrong with it. */
function readRecord(text: string, at: number, delimiter: number): { readonly cells: Cell[]; readonly end: number } | string | null {
  const cells: Cell[] = [];
  for (let start = at; ;) {
    const quoted = text.charCodeAt(start) === quote;
    const end = quoted ? endOfQuoted(text, start) : endOfPlain(text, start, delimiter);
    if (end === null) return null;
    const content = text.slice(start, end);
    const next = text.charCodeAt(end);
    const isLast = next === lineFeed || (next === carriageReturn && text.charCodeAt(end + 1) === lineFeed);
    if (!isLast && next !== delimiter)
      return end >= text.length - 1 ? null : `${JSON.stringify(text.slice(end, end + 20))} follows a closing quote`;
    cells.push(quoted ? content.slice(1, -1).replaceAll('""', '"') : content === "" ? null : content);
    if (isLast) return { cells, end: end + (next === lineFeed ? 1 : 2) };
    start = end + 1;
  }
}

/** Behind the closing quote, which may be the first of two where the text ends with it; null where it is not there. */
function endOfQuoted(text: string, start: number): number | null {
  for (let at = text.indexOf('"', start + 1); at !== -1; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] !== '"') return at + 1;
  }
  return null;
}

/** Where a delimiter or line break ends a cell; null where neither is there. */
function endOfPlain(text: string, start: number, delimiter: number): number | null {
  for (let at = start; at < text.length; at += 1) {
    const letter = text.charCodeAt(at);
    if (letter === delimiter) return at;
    if (letter === lineFeed) return text.charCodeAt(at - 1) === carriageReturn ? at - 1 : at;
  }
  return null;
}

const [lineFeed, carriageReturn, quote] = [0x0a, 0x0d, 0x22];

function lineBreaks(text: string, from: number, to: number): number {
  let breaks = 0;
  for (let at = text.indexOf("\n", from); at !== -1 && at < to; at = text.indexOf("\n", at + 1)) breaks += 1;
  return breaks;
}

function torn({ file, line, message }: { file: string; line: number; message: string }): RehearseError {
  return new RehearseError({
    code: "DATASET_UNREADABLE",
    message: `${file}, line ${line}: ${message}`,
    hint: "Write the file again, with each quote within a quoted cell doubled; `--delimiter` names another delimiter than the comma.",
  });
}
