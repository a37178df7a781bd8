import type { CanonicalType } from "../../types/canonical-type.ts";
import { literal } from "../../tables/sql-text.ts";
import { storageType } from "../../types/storage-type.ts";
import type { RowGroup } from "./row-groups.ts";

/** What is known before rows are divided by their key. */
export interface RangeFacts {
  readonly groups: { readonly reference: readonly RowGroup[]; readonly current: readonly RowGroup[] };
  /** The type of the key's first column, and the SQL that gives its value. */
  readonly type: CanonicalType;
  readonly value: string;
  readonly memoryMegabytes: number;
}

/** More at a time is not quicker, only larger. */
const mostRows = 1_000_000;
/** The part of the memory that the rows of one range may take while they are joined, and what a row takes there beyond its values. */
const share = 0.2;
const overhead = 80;

/**
 * Conditions on the key that divide the rows of both sides into ranges, each of which fits into memory; null where the rows do not lie in the order of
 * their key on both sides, for then every range would read everything. The first is one part of the larger file: whether it differs tells how to go on.
 */
export function planRanges({ groups, type, value, memoryMegabytes }: RangeFacts): string[] | null {
  if (![groups.reference, groups.current].every((side) => side.length > 0 && side.every(({ inOrder }) => inOrder))) return null;
  const larger = rowsOf(groups.reference) > rowsOf(groups.current) ? groups.reference : groups.current;
  const cuts = cutsOf(larger, Math.min(mostRows, rowsThatFit(larger, memoryMegabytes))).map(
    (cut) => `${literal(cut)}::${storageType(type)}`,
  );
  return [undefined, ...cuts].map((from, index) => {
    const to = cuts[index];
    const bounds = [...(from === undefined ? [] : [`${value} >= ${from}`]), ...(to === undefined ? [] : [`${value} < ${to}`])];
    return bounds.length === 0 ? "true" : bounds.join(" AND ");
  });
}

function rowsThatFit(groups: readonly RowGroup[], memoryMegabytes: number): number {
  const bytes = groups.reduce((sum, group) => sum + group.bytes, 0);
  return (memoryMegabytes * 2 ** 20 * share) / (bytes / Math.max(rowsOf(groups), 1) + overhead);
}

function cutsOf(groups: readonly RowGroup[], rowsPerRange: number): string[] {
  const cuts: string[] = [];
  let since = rowsPerRange;
  for (const [index, { smallest, rows }] of groups.entries()) {
    if (index > 0 && smallest !== null && since + rows > rowsPerRange && smallest !== cuts.at(-1) && !smallest.includes("\0")) {
      cuts.push(smallest);
      since = 0;
    }
    since += rows;
  }
  return cuts.filter((cut) => cut !== groups[0]?.smallest);
}

function rowsOf(groups: readonly RowGroup[]): number {
  return groups.reduce((sum, { rows }) => sum + rows, 0);
}
