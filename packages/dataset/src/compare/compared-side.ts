import { storedColumns } from "../types/canonical-type.ts";
import type { ComparedColumn } from "./compared-columns.ts";
import type { Dataset } from "../rows/dataset.ts";
import { scanParquet } from "../tables/sql-text.ts";
import { parquetWidth } from "../tables/write-parquet.ts";

export type Side = "reference" | "current";

/** SQL that reads the compared columns of one side as `v0`, `v1`, … */
export function sideRows({ dataset, side, columns }: { dataset: Dataset; side: Side; columns: readonly ComparedColumn[] }): string {
  const values = columns.map((column, index) => `c${column[side]} AS v${index}`);
  return `(SELECT ${[...values, "true AS here"].join(", ")} FROM ${scanStored(dataset)})`;
}

/** SQL that reads every stored column of a dataset as `c0`, `c1`, … */
export function scanStored({ parquet, manifest }: Dataset): string {
  return scanParquet(parquet, parquetWidth(storedColumns(manifest.columns).length));
}
