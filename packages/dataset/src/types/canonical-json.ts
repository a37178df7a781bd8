import { messageOf } from "@rehearse/errors";
import { canonicalNumber } from "./canonical-number.ts";

/**
 * The normal form of a JSON document, so that two documents are the same value exactly when their texts are equal: no white space, the keys of objects by code
 * point, numbers as `canonicalNumber` writes them, strings as `JSON.stringify` does. A document that names a key twice in one object has no one value: it stays
 * as it is written. Null for what is no JSON.
 */
export function canonicalJson(text: string): string | null {
  try {
    JSON.parse(text);
  } catch {
    return null;
  }
  return normalForm(text) ?? text;
}

/** The same for a text that is known to be JSON; null where an object names a key twice. */
export function normalForm(text: string): string | null {
  const outermost = readOutermost(text);
  return outermost === null ? null : textOf(outermost);
}

/**
 * The fields of a JSON object as its normal form has them, by name, null as the text `null`. A sentence that says what is wrong where the text is no object, or
 * names a key twice.
 */
export function jsonFields(text: string): ReadonlyMap<string, string> | string {
  try {
    JSON.parse(text);
  } catch (error) {
    return `this is no JSON: ${messageOf(error)}`;
  }
  const outermost = readOutermost(text);
  if (outermost === null) return "an object names a key twice, so that it has no one value";
  if (outermost.kind !== "object") return "this is no object";
  const fields = new Map(membersOf(outermost.parts).map(({ name, value }) => [name, value]));
  return fields.size === outermost.parts.length / 2 ? fields : "the object names a key twice, so that it has no one value";
}

/** An array or object: the normal forms of its elements, for an object of its keys and values in turn. Or a scalar: its normal form. */
interface Open {
  readonly kind: "array" | "object" | "scalar";
  readonly parts: string[];
}

/** What stands in a text that is known to be JSON; null where an object within it names a key twice. Without recursion: documents may be deep. */
function readOutermost(text: string): Open | null {
  const outer: Open[] = [];
  let open: Open = { kind: "scalar", parts: [] };
  for (let at = 0; at < text.length;) {
    const letter = text.charCodeAt(at);
    if (isBetween(letter)) at += 1;
    else if (letter === openBrace || letter === openBracket) {
      outer.push(open);
      open = { kind: letter === openBrace ? "object" : "array", parts: [] };
      at += 1;
    } else if (letter === closeBrace || letter === closeBracket) {
      if (outer.length === 1) return open;
      const closed = textOf(open);
      if (closed === null) return null;
      open = outer.pop() ?? open;
      open.parts.push(closed);
      at += 1;
    } else {
      const end = letter === quote ? endOfString(text, at) : endOfWord(text, at);
      const token = text.slice(at, end);
      open.parts.push(letter === quote ? stringText(token) : canonicalNumber(token));
      at = end;
    }
  }
  return open;
}

function textOf({ kind, parts }: Open): string | null {
  if (kind === "scalar") return parts[0] ?? null;
  return kind === "array" ? `[${joined(parts)}]` : objectText(parts);
}

const [quote, openBracket, closeBracket, openBrace, closeBrace] = [0x22, 0x5b, 0x5d, 0x7b, 0x7d];

/** White space, comma and colon. */
function isBetween(letter: number): boolean {
  return letter === 0x20 || letter === 0x2c || letter === 0x3a || letter === 0x0a || letter === 0x0d || letter === 0x09;
}

function endOfWord(text: string, start: number): number {
  let end = start + 1;
  for (; end < text.length; end += 1) {
    const letter = text.charCodeAt(end);
    if (isBetween(letter) || letter === closeBracket || letter === closeBrace) break;
  }
  return end;
}

function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); ; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text[end - 1 - slashes] === "\\") slashes += 1;
    if (slashes % 2 === 0) return end + 1;
  }
}

function stringText(quoted: string): string {
  return quoted.includes("\\") ? JSON.stringify(JSON.parse(quoted)) : quoted;
}

/** Not `join`, which would copy each level of a deep document anew. */
function joined(parts: readonly string[]): string {
  return parts.reduce((text, part, index) => (index === 0 ? part : `${text},${part}`), "");
}

function objectText(parts: readonly string[]): string | null {
  const members = membersOf(parts).toSorted((a, b) => codePointOrder(a.name, b.name));
  if (members.some(({ key }, index) => key === members[index - 1]?.key)) return null;
  return `{${joined(members.map(({ key, value }) => `${key}:${value}`))}}`;
}

function membersOf(parts: readonly string[]) {
  const members: { readonly key: string; readonly name: string; readonly value: string }[] = [];
  for (let at = 0; at < parts.length; at += 2) {
    const key = parts[at] ?? "";
    members.push({ key, name: key.includes("\\") ? String(JSON.parse(key)) : key.slice(1, -1), value: parts[at + 1] ?? "" });
  }
  return members;
}

/** JavaScript orders by units of 16 bits, where code points beyond them stand before U+E000. UTF-8 has the order of code points, and one form for all halves of pairs. */
function codePointOrder(a: string, b: string): number {
  const byUnits = a < b ? -1 : Number(a > b);
  if (!highUnit.test(a)) return byUnits;
  return Buffer.compare(Buffer.from(a), Buffer.from(b)) || byUnits;
}

const highUnit = /[\uD800-\uFFFF]/;
