import { scanParquet } from "../tables/sql-text.ts";
import { parquetWidth } from "../tables/write-parquet.ts";
import { storedColumns } from "../types/canonical-type.ts";
import type { Dataset } from "./dataset.ts";

/** SQL that reads every stored column of a dataset as `c0`, `c1`, … */
export function scanStored({ parquet, manifest }: Dataset): string {
  return scanParquet(parquet, parquetWidth(storedColumns(manifest.columns).length));
}
