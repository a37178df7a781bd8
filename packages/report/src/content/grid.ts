import type { ShownPair } from "./cell-text.ts";
import { longestFraction } from "./decimal-point.ts";
import { plain, type Phrase } from "./phrase.ts";

/** A cell of a table that every renderer knows how to draw. All text is visible text; what is `bare` is not the data's own: NULL, or that there is no row. */
export type GridCell =
  | { readonly kind: "value"; readonly text: string; readonly bare: boolean }
  | { readonly kind: "change"; readonly pair: ShownPair }
  | { readonly kind: "delta"; readonly text: string }
  /** Our own words. */
  | { readonly kind: "words"; readonly words: Phrase }
  /** Nothing to say here: the column of this row did not change. */
  | { readonly kind: "blank" };

export interface GridColumn {
  readonly title: string;
  /** Numbers align at their right. */
  readonly align: "left" | "right";
  /** The longest fraction of the old sides of its changes, and of all its other numbers, so that points stand below each other. */
  readonly fractions: { readonly old: number; readonly other: number };
}

/** A table of rows that changed, came or went, or of other evidence. */
export interface Grid {
  readonly kind: "changed" | "added" | "removed" | "expected" | "orphans" | "files" | "rules";
  readonly columns: readonly GridColumn[];
  readonly rows: readonly (readonly GridCell[])[];
  /** What the table does not show, such as `and 12 more changed rows`; else empty. */
  readonly more: string;
}

/** How much of a check's rows is shown. */
export interface GridSize {
  readonly rows: number;
  /** Changed cells of a row that are listed one below the other, and columns of added and removed rows. */
  readonly columns: number;
  /** Characters of a cell. */
  readonly cell: number;
}

/** A grid with each column's alignment found from what stands in it. */
export function alignedGrid(grid: Omit<Grid, "columns"> & { readonly titles: readonly string[] }): Grid {
  const { titles, ...rest } = grid;
  const columns = titles.map((title, index) => {
    const sides = {
      old: grid.rows.flatMap((row) => textsOf(row[index], "old")),
      other: grid.rows.flatMap((row) => textsOf(row[index], "other")),
    };
    const texts = [...sides.old, ...sides.other];
    if (texts.length === 0 || !texts.every(isNumber)) return { title, align: "left" as const, fractions: { old: 0, other: 0 } };
    return { title, align: "right" as const, fractions: { old: longestFraction(sides.old), other: longestFraction(sides.other) } };
  });
  return { ...rest, columns };
}

/** Whether text is a number to the eye. */
export function isNumber(text: string): boolean {
  return /^[-+−]?\d[\d,]*(?:\.\d+)?(?:e[-+]?\d+)?$/i.test(text);
}

/** What stands on one side of a cell; nothing where that says nothing of its column. */
function textsOf(cell: GridCell | undefined, side: keyof GridColumn["fractions"]): string[] {
  const text = cell === undefined ? "" : textOf(cell, side);
  return text === "NULL" || text === "" ? [] : [text];
}

function textOf(cell: GridCell, side: keyof GridColumn["fractions"]): string {
  if (cell.kind === "change") return side === "old" ? cell.pair.reference : cell.pair.current;
  if (side === "old" || cell.kind === "blank") return "";
  return cell.kind === "words" ? plain(cell.words) : cell.text;
}
