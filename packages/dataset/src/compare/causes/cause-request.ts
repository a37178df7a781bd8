import type { CellPair } from "../cell-pair.ts";
import type { ColumnDifferences } from "../comparison.ts";
import type { KeyedRows } from "../keyed-rows.ts";

/** Rows that differ, and what was counted of them. */
export interface CauseRequest {
  readonly rows: KeyedRows;
  /** Rows that stand side by side. */
  readonly from: string;
  readonly pairs: readonly CellPair[];
  readonly changed: number;
  readonly columns: readonly ColumnDifferences[];
}

/** One row has everything in common with itself. */
export const fewest = 2;

/** Whether so many of some rows are nearly all of them. */
export function nearlyAll(rows: number, of: number): boolean {
  return rows >= fewest && rows >= 0.9 * of;
}
