import { comparing } from "./compared-side.ts";
import { findCauses } from "./causes/find-causes.ts";
import { cellPairs, type CellPair } from "./cell-pair.ts";
import type { ColumnDifferences } from "./comparison.ts";
import { countColumns } from "./count-columns.ts";
import { deltasOf } from "./delta-distribution.ts";
import { anyOf } from "./differing-rows.ts";
import { coverKeyed } from "./expected/cover-differences.ts";
import { exampleRows } from "./example-rows.ts";
import type { KeyedRows } from "./keyed-rows.ts";
import type { RowDifferences } from "./row-differences.ts";

/** Everything that a report says of rows that differ, from rows that stand side by side as `differingRowsByFullJoin` gives them. */
export async function describeDifferences(rows: KeyedRows, differing: { readonly from: string }): Promise<Omit<RowDifferences, "rung">> {
  const { tables } = rows;
  const pairs = cellPairs(rows.columns, rows.key);
  const counted = await countColumns(rows, { from: differing.from, pairs });
  const moved = counted.flatMap(({ pair, changed }) => (changed > 0 ? [pair] : []));
  const [counts = []] = await tables.query(rowCounts(moved, differing.from), comparing(rows));
  const [added = 0, removed = 0, changed = 0] = counts.map(Number);
  const columns: ColumnDifferences[] = [];
  for (const { pair, ...numbers } of counted) {
    const deltas = numbers.changed === 0 ? null : await deltasOf(pair, { tables, from: differing.from, doing: comparing(rows) });
    columns.push({ name: pair.column.name, ...numbers, deltas });
  }
  const ordered = columns.toSorted((a, b) => b.changed - a.changed);
  return {
    added,
    removed,
    changed,
    columns: ordered,
    causes: await findCauses({ rows, from: differing.from, pairs: moved, changed, columns: ordered }),
    expected: await coverKeyed(rows, { from: differing.from, pairs: moved, total: added + removed + changed }),
    examples: await exampleRows({ rows, from: differing.from, pairs: moved, counts: { added, removed, changed } }),
  };
}

/** SQL that counts: rows only in the current side, only in the reference, in both and changed. */
function rowCounts(moved: readonly CellPair[], from: string): string {
  const changed = `in_reference AND in_current AND ${anyOf(moved.map((pair) => pair.changed))}`;
  return `SELECT count(*) FILTER (NOT in_reference), count(*) FILTER (NOT in_current), count(*) FILTER (${changed}) FROM ${from}`;
}
