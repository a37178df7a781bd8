import { toText } from "./canonical-text.ts";
import type { CanonicalType } from "./canonical-type.ts";
import type { Cell } from "./comparison.ts";

/** SQL for one text of a whole row. No two different rows give the same: a cell says its length in bytes first, NULL has a mark of its own. */
export function rowText(cells: readonly { readonly type: CanonicalType; readonly value: string }[]): string {
  const marked = cells.map(({ type, value }) => {
    const text = toText(type, value);
    return `coalesce(strlen(${text}) || ':' || ${text}, '-')`;
  });
  return marked.length === 0 ? "''" : `concat(${marked.join(", ")})`;
}

/** The cells of a text that `rowText` made. */
export function cellsOfRowText(text: string): Cell[] {
  const bytes = Buffer.from(text);
  const cells: Cell[] = [];
  for (let at = 0; at < bytes.length;) {
    if (bytes[at] === nullMark) {
      cells.push(null);
      at += 1;
      continue;
    }
    const start = bytes.indexOf(":", at) + 1;
    const end = start + Number(bytes.toString("latin1", at, start - 1));
    cells.push(bytes.toString("utf8", start, end));
    at = end;
  }
  return cells;
}

const nullMark = "-".charCodeAt(0);
