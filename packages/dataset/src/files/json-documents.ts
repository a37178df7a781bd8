import { RehearseError } from "@rehearse/errors";
import { textChunks } from "./text-chunks.ts";

/** A document of a file and the line on which it begins. */
export interface JsonDocument {
  readonly line: number;
  readonly text: string;
}

/**
 * The documents of a file: of a JSON array, whatever its line breaks, its elements; otherwise those that follow each other, as one a line. What they are is not
 * looked at. DATASET_UNREADABLE names the line where an array or the last document is cut short.
 */
export async function* jsonDocuments(file: string): AsyncGenerator<JsonDocument, void> {
  const scan: Scan = {
    file,
    line: 1,
    needsElement: false,
    depth: 0,
    quoted: false,
    escaped: false,
    start: null,
    isArray: null,
    ended: false,
  };
  let rest = "";
  for await (const chunk of textChunks(file)) {
    const begin = rest.length;
    rest += chunk;
    for (let at = begin; at < rest.length; at += 1) {
      const document = step(scan, rest, at);
      if (document !== null) yield document;
    }
    rest = scan.start === null ? "" : rest.slice(scan.start.at);
    if (scan.start !== null) scan.start = { at: 0, line: scan.start.line };
  }
  if (scan.isArray === true && !scan.ended) throw torn(file, scan.line, "the array is never closed: the file is cut short");
  if (scan.start !== null) yield { line: scan.start.line, text: rest };
}

interface Scan {
  readonly file: string;
  /** After a comma of the array. */
  needsElement: boolean;
  line: number;
  /** How many arrays and objects are open. */
  depth: number;
  quoted: boolean;
  escaped: boolean;
  /** Where the document begins that is being read. */
  start: { readonly at: number; readonly line: number } | null;
  /** Null as long as only white space was seen. */
  isArray: boolean | null;
  ended: boolean;
}

/** Looks at one letter; the document that ends there, or null. */
function step(scan: Scan, text: string, at: number): JsonDocument | null {
  const letter = text.charCodeAt(at);
  if (letter === lineBreak) scan.line += 1;
  if (scan.quoted) {
    if (scan.escaped) scan.escaped = false;
    else if (letter === backslash) scan.escaped = true;
    else if (letter === quote) scan.quoted = false;
    return null;
  }
  const isSpace = letter === 0x20 || letter === 0x09 || letter === 0x0d || letter === lineBreak;
  if (scan.ended && !isSpace) throw torn(scan.file, scan.line, `${JSON.stringify(text.slice(at, at + 20))} stands behind the array`);
  if (scan.isArray === null && !isSpace) {
    scan.isArray = letter === openBracket;
    if (scan.isArray) return null;
  }
  const outside = scan.depth === 0;
  if (outside && (scan.isArray === true ? letter === comma || letter === closeBracket : letter === lineBreak)) {
    const document = scan.start === null ? null : { line: scan.start.line, text: text.slice(scan.start.at, at) };
    if (document === null && (letter === comma || scan.needsElement))
      throw torn(scan.file, scan.line, "an element of the array is missing");
    scan.start = null;
    scan.needsElement = letter === comma;
    if (letter === closeBracket) scan.ended = true;
    return document;
  }
  if (isSpace) return null;
  scan.start ??= { at, line: scan.line };
  if (letter === quote) scan.quoted = true;
  else if (letter === openBracket || letter === openBrace) scan.depth += 1;
  else if (letter === closeBracket || letter === closeBrace) scan.depth -= 1;
  return null;
}

const [lineBreak, quote, comma, backslash] = [0x0a, 0x22, 0x2c, 0x5c];
const [openBracket, closeBracket, openBrace, closeBrace] = [0x5b, 0x5d, 0x7b, 0x7d];

function torn(file: string, line: number, message: string): RehearseError {
  return new RehearseError({
    code: "DATASET_UNREADABLE",
    message: `${file}, line ${line}: ${message}`,
    hint: "Write the file again: a JSON array of objects, or an object a line.",
  });
}
