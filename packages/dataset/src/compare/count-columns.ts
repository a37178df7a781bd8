import type { CellPair } from "./cell-pair.ts";
import { comparing, type ComparedSides } from "./compared-side.ts";
import type { ColumnDifferences } from "./comparison.ts";

/** What is counted of a column. */
export type ColumnCounts = Omit<ColumnDifferences, "name" | "deltas"> & { readonly pair: CellPair };

/** Columns that one query counts: DuckDB's time for a query grows with the square of its expressions. */
const together = 40;

/** Counts the cells of each column over the rows that both sides have; columns of which no cell differs are left out. */
export async function countColumns(
  sides: ComparedSides,
  { from, pairs }: { from: string; pairs: readonly CellPair[] },
): Promise<ColumnCounts[]> {
  const counted: ColumnCounts[] = [];
  for (let start = 0; start < pairs.length; start += together) {
    const some = pairs.slice(start, start + together);
    const [counts = []] = await sides.tables.query(countsOf(some, from), comparing(sides));
    const numbers = counts.map(Number);
    for (const [index, pair] of some.entries()) {
      const [changed = 0, toTolerance = 0, nullToValue = 0, valueToNull = 0] = numbers.slice(4 * index);
      if (changed + toTolerance > 0) counted.push({ pair, changed, toTolerance, nullToValue, valueToNull });
    }
  }
  return counted;
}

function countsOf(pairs: readonly CellPair[], from: string): string {
  const counts = pairs.flatMap(({ changed, toTolerance, reference, current }) => [
    changed,
    toTolerance ?? "false",
    `${reference} IS NULL AND ${current} IS NOT NULL`,
    `${reference} IS NOT NULL AND ${current} IS NULL`,
  ]);
  return `SELECT ${counts.map((condition) => `count(*) FILTER (${condition})`).join(", ")} FROM ${from} WHERE in_reference AND in_current`;
}
