import { differs } from "../types/row-order.ts";
import type { ComparedColumn } from "./compared-columns.ts";
import { withinTolerance } from "./tolerance.ts";

/** The two cells of a column in rows that stand side by side, as SQL. */
export interface CellPair {
  readonly column: ComparedColumn;
  readonly reference: string;
  readonly current: string;
  /** Whether the two are not the same and not equal by a tolerance either. Never NULL. */
  readonly changed: string;
  /** Whether they are equal, but only by a tolerance; null where the column has none. */
  readonly toTolerance: string | null;
}

/** The cells of the columns that are not of the key, in rows as `differingRowsByFullJoin` gives them. */
export function cellPairs(columns: readonly ComparedColumn[], key: readonly ComparedColumn[]): CellPair[] {
  return columns.flatMap((column, index) => (key.includes(column) ? [] : [cellPair(column, [`r${index}`, `c${index}`])]));
}

function cellPair(column: ComparedColumn, [reference, current]: readonly [string, string]): CellPair {
  const different = differs(column.type, [reference, current]);
  if (column.tolerance === undefined) return { column, reference, current, changed: different, toTolerance: null };
  const near = withinTolerance({ type: column.type, tolerance: column.tolerance, values: [reference, current] });
  return { column, reference, current, changed: `(${different} AND NOT ${near})`, toTolerance: `(${different} AND ${near})` };
}
