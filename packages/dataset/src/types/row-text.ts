import type { Cell } from "../compare/comparison.ts";

/**
 * SQL for one text of a whole row, of its cells' canonical texts. No two different rows give the same: a cell says its length in bytes first, NULL has a
 * mark of its own. Each text is used twice: give columns of a subquery, not expressions, where there are many (DuckDB's search for what expressions
 * have in common takes the square of their number).
 */
export function rowText(texts: readonly string[]): string {
  return texts.length === 0 ? "''" : `concat(${texts.map((text) => `coalesce(strlen(${text}) || ':' || ${text}, '-')`).join(", ")})`;
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
