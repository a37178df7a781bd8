import { toText } from "../types/canonical-text.ts";
import { storedColumns, type StoredColumn } from "../types/canonical-type.ts";
import { scanStored } from "./scan-stored.ts";
import type { Cell } from "../compare/comparison.ts";
import type { Dataset } from "./dataset.ts";
import type { Tables } from "../tables/tables.ts";

/** The first rows of a dataset as canonical text, in the order in which they were extracted. Columns without a canonical type are not among them. */
export interface Cells {
  readonly columns: readonly StoredColumn[];
  readonly rows: readonly (readonly Cell[])[];
  /** How many rows there are beyond these. */
  readonly more: number;
}

/** Reads at most `limit` rows. */
export async function readCells({ tables, dataset, limit }: { tables: Tables; dataset: Dataset; limit: number }): Promise<Cells> {
  const columns = storedColumns(dataset.manifest.columns);
  const texts = columns.map(({ type }, index) => toText(type, `c${index}`));
  const rows = await tables.query(
    `SELECT ${texts.length === 0 ? "c0" : texts.join(", ")} FROM ${scanStored(dataset)} LIMIT ${limit}`,
    `reading ${dataset.parquet}`,
  );
  return { columns, rows: columns.length === 0 ? rows.map(() => []) : rows, more: dataset.manifest.rows - rows.length };
}
