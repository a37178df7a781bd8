import type { ComparedColumn } from "./compared-columns.ts";
import type { Cell, ChangedRow } from "./comparison.ts";
import type { Dataset } from "../rows/dataset.ts";
import { exactDelta } from "./exact-delta.ts";
import { changedRows, countsOfJoin, rowsOfOneSide } from "./plan-join.ts";
import type { RowDifferences } from "./row-differences.ts";
import type { Tables } from "../tables/tables.ts";

/** Two sides whose key is unique and never NULL on each of them. */
export interface KeyedRows {
  readonly tables: Tables;
  readonly reference: Dataset;
  readonly current: Dataset;
  readonly columns: readonly ComparedColumn[];
  readonly key: readonly ComparedColumn[];
  /** How many examples of each kind to read. */
  readonly examples: number;
}

/** Joins the two sides by key: a row of one side only is added or removed, a row of both is compared cell by cell. */
export async function compareByKey(rows: KeyedRows): Promise<RowDifferences> {
  const { tables, columns, key, examples: limit } = rows;
  const doing = `comparing ${rows.current.directory} with its reference`;
  const values = columns.filter((column) => !key.includes(column));
  const sides = { ...rows, values };
  const [counts = []] = await tables.query(countsOfJoin(sides), doing);
  const [added = 0, removed = 0, changed = 0, ...perColumn] = counts.map(Number);
  const differing = values.map((column, index) => ({ column, changed: perColumn[index] ?? 0 })).filter((it) => it.changed > 0);
  const moved = differing.map(({ column }) => column);
  const examples = {
    added: added === 0 ? [] : await tables.query(rowsOfOneSide(sides, { side: "current", columns, limit }), doing),
    removed: removed === 0 ? [] : await tables.query(rowsOfOneSide(sides, { side: "reference", columns, limit }), doing),
    changed: changed === 0 ? [] : await tables.query(changedRows(sides, { columns: moved, limit }), doing),
  };
  return {
    added,
    removed,
    changed,
    columns: differing.map((it) => ({ name: it.column.name, changed: it.changed })).toSorted((a, b) => b.changed - a.changed),
    examples: { ...examples, changed: examples.changed.map((cells) => changedRow({ cells, keys: key.length, columns: moved })) },
  };
}

/** From the key's cells and both cells of each column. Canonical texts are equal exactly when the values are. */
function changedRow({ cells, keys, columns }: { cells: readonly Cell[]; keys: number; columns: readonly ComparedColumn[] }): ChangedRow {
  return {
    key: cells.slice(0, keys),
    cells: columns.flatMap(({ name, type }, index) => {
      const [reference = null, current = null] = cells.slice(keys + 2 * index);
      return reference === current ? [] : [{ column: name, reference, current, delta: exactDelta(type, { reference, current }) }];
    }),
  };
}
