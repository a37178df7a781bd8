import { keepRows, type KeptRows } from "../../tables/keep-rows.ts";
import { digestOfHashes, rowHash } from "../../rows/row-hash.ts";
import { comparing, sideRows, type ComparedSides, type Side } from "../compared-side.ts";
import { fullJoin } from "../differing-rows.ts";
import type { KeyedRows } from "../keyed-rows.ts";

/** The rows that differ, and in how many ranges the digests of both sides were equal, so that no row was matched. */
export interface DifferingByRange {
  readonly differing: KeptRows;
  readonly equal: number;
}

/**
 * The same rows as `differingRowsByFullJoin` gives, one key range after the other. Where the range before had no difference, both sides of a range are
 * digested first, which is cheaper than matching their rows; where the digests are equal that is all.
 */
export async function differingRowsByRange(rows: KeyedRows, ranges: readonly string[]): Promise<DifferingByRange> {
  await using undo = new AsyncDisposableStack();
  const differing = undo.use(await keepRows({ tables: rows.tables, select: `${fullJoin(rows, "false")} LIMIT 0`, doing: comparing(rows) }));
  let equal = 0;
  let hopeful = false;
  for (const range of ranges) {
    if (hopeful && (await sameDigests(rows, range))) equal += 1;
    else hopeful = (await differing.add(fullJoin(rows, range))) === 0;
  }
  undo.move();
  return { differing, equal };
}

/** Whether the rows in a range are the same on both sides, but for a chance of 2^-64. */
export async function sameDigests(rows: ComparedSides & Pick<KeyedRows, "columns">, range: string): Promise<boolean> {
  const hash = rowHash(rows.columns.map(({ type }, index) => ({ type, value: `v${index}` })));
  const digest = (side: Side): string =>
    `SELECT ${digestOfHashes("hash")} FROM (SELECT ${hash} AS hash FROM ${sideRows({ relation: rows[side], side, columns: rows.columns })} WHERE ${range})`;
  const [reference, current] = await rows.tables.query(`${digest("reference")} UNION ALL ${digest("current")}`, comparing(rows));
  return String(reference) === String(current);
}
