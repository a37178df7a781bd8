import { count, grouped } from "./amounts.ts";
import { clipMiddle, codePoint, leftOut, visible } from "./visible-text.ts";

/** A cell of a report: canonical text, or null for SQL's NULL. */
export type Cell = string | null;

/** How a cell is shown. */
export interface CellStyle {
  /** Numbers get thousands separators. */
  readonly numeric: boolean;
  /** How many characters of it are shown. */
  readonly limit: number;
}

/** Two cells that differ, shown so that the difference can be seen. */
export interface ShownPair {
  readonly reference: string;
  readonly current: string;
  /** What differs where both look the same; else empty. */
  readonly note: string;
}

/** A cell as text: NULL bare, what could be mistaken in quotes, spaces at its ends and hidden characters visible, the middle of long text left out. */
export function showCell(cell: Cell, style: CellStyle): string {
  if (cell === null) return "NULL";
  return unmistakable(cell, (text) => visible(clipMiddle(text, style.limit)), style);
}

/** Both sides of a changed cell. Long text is shown from shortly before the first difference. */
export function showPair(pair: { readonly reference: Cell; readonly current: Cell }, style: CellStyle): ShownPair {
  if (pair.reference === null || pair.current === null) {
    return { reference: showCell(pair.reference, style), current: showCell(pair.current, style), note: "" };
  }
  const [reference, current] = [Array.from(pair.reference), Array.from(pair.current)];
  const first = firstDifference(reference, current);
  const long = Math.max(reference.length, current.length) > style.limit;
  const from = long
    ? Math.max(0, Math.min(first - Math.floor(style.limit / 3), Math.max(reference.length, current.length) - style.limit))
    : 0;
  const show = (cell: string, characters: readonly string[]): string =>
    unmistakable(cell, () => windowOf(characters, from, style.limit), style);
  const shown = { reference: show(pair.reference, reference), current: show(pair.current, current) };
  return { ...shown, note: lookAlike(shown, [reference[first], current[first]]) ? describe(reference, current, first) : "" };
}

function unmistakable(cell: string, show: (text: string) => string, style: CellStyle): string {
  if (style.numeric && cell.length <= Math.max(style.limit, 41) && /^-?\d{1,40}(?:\.\d+)?$/.test(cell)) return grouped(cell);
  const text = show(cell).replace(/^ +| +$/g, (spaces) => "␠".repeat(spaces.length));
  return /^(?:null|".*"|)$/iu.test(text) ? `"${text}"` : text;
}

function windowOf(characters: readonly string[], from: number, limit: number): string {
  const start = Math.min(from, characters.length);
  const end = Math.min(start + limit, characters.length);
  return `${leftOut(start)}${visible(characters.slice(start, end).join(""))}${leftOut(characters.length - end)}`;
}

function firstDifference(left: readonly string[], right: readonly string[]): number {
  const index = left.findIndex((character, at) => character !== right[at]);
  return index === -1 ? left.length : index;
}

function lookAlike(shown: { readonly reference: string; readonly current: string }, first: readonly (string | undefined)[]): boolean {
  if (shown.reference.normalize("NFKC") === shown.current.normalize("NFKC")) return true;
  const [left, right] = first;
  return left !== undefined && right !== undefined && latin(left) !== latin(right) && letter(left) && letter(right);
}

function letter(character: string): boolean {
  return /\p{L}/u.test(character);
}

function latin(character: string): boolean {
  return /\p{Script=Latin}/u.test(character);
}

function describe(reference: readonly string[], current: readonly string[], first: number): string {
  if (first === reference.length && first === current.length) return "the same characters, in another type";
  let tail = 0;
  const room = Math.min(reference.length, current.length) - first;
  while (tail < room && reference[reference.length - 1 - tail] === current[current.length - 1 - tail]) tail += 1;
  const points = (characters: readonly string[]): string => {
    const differing = characters.slice(first, characters.length - tail);
    if (differing.length === 0) return "nothing";
    return differing.slice(0, 3).map(codePoint).join(" ") + (differing.length > 3 ? " …" : "");
  };
  return `character ${count(first + 1)}: ${points(reference)} → ${points(current)}`;
}
