import { literal } from "../../tables/sql-text.ts";
import { storageType } from "../../types/storage-type.ts";
import type { ComparedColumn } from "../compared-columns.ts";
import { comparing, sideRows, type Side } from "../compared-side.ts";
import type { KeyedRows } from "../keyed-rows.ts";

/** Conditions that divide rows by the values of a column, the first of the key. */
export interface PlannedRanges {
  readonly ranges: readonly string[];
  readonly column: ComparedColumn;
}

/**
 * Whether the rows that are read for each range are those of the range, and all rows of both sides are read for one of them. The table engine leaves out parts
 * of a file, and conditions, by what the file says of its parts, and files that others wrote have been wrong about it.
 */
export async function rangesHold(rows: KeyedRows, { ranges, column }: PlannedRanges): Promise<boolean> {
  const value = `v${rows.columns.indexOf(column)}`;
  for (const side of ["reference", "current"] as const) {
    const extremes = await extremesOf(rows, { side, ranges, value });
    if (extremes.reduce((sum, { count }) => sum + count, 0) !== rows[side].rows) return false;
    const tests = extremes.flatMap(({ found }, index) =>
      found.map((text) => `SELECT ${ranges[index]} AS holds FROM (SELECT ${literal(text)}::${storageType(column.type)} AS ${value})`),
    );
    if (extremes.some(({ found }) => found.some((text) => text.includes("\0")))) return false;
    const [[holds] = []] = await rows.tables.query(`SELECT bool_and(holds) FROM (${tests.join(" UNION ALL ")})`, comparing(rows));
    if (holds !== "true") return false;
  }
  return true;
}

interface Extremes {
  readonly count: number;
  /** The smallest and the largest key that were read, in text; none where no row was. */
  readonly found: readonly string[];
}

async function extremesOf(
  rows: KeyedRows,
  { side, ranges, value }: { side: Side; ranges: readonly string[]; value: string },
): Promise<Extremes[]> {
  const from = sideRows({ relation: rows[side], side, columns: rows.columns });
  // Not min and max: they would be taken from what the file says.
  const found = `count(*), arg_min(${value}, ${value}), arg_max(${value}, ${value})`;
  const parts = ranges.map((range, index) => `SELECT ${index} AS place, ${found} FROM ${from} WHERE ${range}`);
  const read = await rows.tables.query(`SELECT * FROM (${parts.join(" UNION ALL ")}) ORDER BY place`, comparing(rows));
  return read.map(([, count, ...keys]) => ({ count: Number(count), found: keys.filter((text) => text !== null) }));
}
