import { toText } from "../types/canonical-text.ts";
import { orderOf } from "../types/row-order.ts";
import type { CellPair } from "./cell-pair.ts";
import { comparing, type Side } from "./compared-side.ts";
import type { Cell, ChangedRow } from "./comparison.ts";
import { anyOf } from "./differing-rows.ts";
import { exactDelta } from "./exact-delta.ts";
import type { KeyedRows } from "./keyed-rows.ts";
import type { RowDifferences } from "./row-differences.ts";

interface ExamplesRequest {
  readonly rows: KeyedRows;
  readonly from: string;
  /** The columns that changed anywhere. */
  readonly pairs: readonly CellPair[];
  readonly counts: { readonly added: number; readonly removed: number; readonly changed: number };
}

/** The first rows of each kind by key. */
export async function exampleRows({ rows, from, pairs, counts }: ExamplesRequest): Promise<RowDifferences["examples"]> {
  const ask = (select: string): Promise<Cell[][]> => rows.tables.query(select, comparing(rows));
  const changed = counts.changed === 0 ? [] : await ask(changedRows({ rows, from, pairs }));
  return {
    changed: changed.map((cells) => changedRow({ cells, keys: rows.key.length, pairs })),
    added: counts.added === 0 ? [] : await ask(rowsOfOneSide({ rows, from, side: "current" })),
    removed: counts.removed === 0 ? [] : await ask(rowsOfOneSide({ rows, from, side: "reference" })),
  };
}

/** SQL for the rows that only one side has: the cells of all compared columns. */
function rowsOfOneSide({ rows, from, side }: { rows: KeyedRows; from: string; side: Side }): string {
  const letter = side === "reference" ? "r" : "c";
  const cells = rows.columns.map(({ type }, index) => toText(type, `${letter}${index}`));
  return `SELECT ${cells.join(", ")} FROM ${from} WHERE NOT in_${side === "reference" ? "current" : "reference"} ${firstByKey(rows, letter)}`;
}

/** SQL for changed rows: the key's cells, then for each of the columns whether it changed, and both cells. */
function changedRows({ rows, from, pairs }: Pick<ExamplesRequest, "rows" | "from" | "pairs">): string {
  const key = rows.key.map((column) => toText(column.type, `c${rows.columns.indexOf(column)}`));
  const cells = pairs.flatMap(({ column, reference, current, changed }) => [
    changed,
    toText(column.type, reference),
    toText(column.type, current),
  ]);
  return `SELECT ${[...key, ...cells].join(", ")} FROM ${from}
    WHERE in_reference AND in_current AND ${anyOf(pairs.map(({ changed }) => changed))} ${firstByKey(rows, "c")}`;
}

function changedRow({ cells, keys, pairs }: { cells: readonly Cell[]; keys: number; pairs: readonly CellPair[] }): ChangedRow {
  return {
    key: cells.slice(0, keys),
    cells: pairs.flatMap(({ column: { name, type } }, index) => {
      const [changed, reference = null, current = null] = cells.slice(keys + 3 * index);
      return changed === "true" ? [{ column: name, reference, current, delta: exactDelta(type, { reference, current }) }] : [];
    }),
  };
}

function firstByKey({ columns, key, examples }: KeyedRows, letter: "r" | "c"): string {
  const order = key.flatMap((column) => orderOf(column.type, `${letter}${columns.indexOf(column)}`));
  return `ORDER BY ${order.join(", ")} LIMIT ${examples}`;
}
