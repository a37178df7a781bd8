import type { StoredColumn } from "../types/canonical-type.ts";
import { scanParquet } from "../tables/sql-text.ts";
import type { Tables } from "../tables/tables.ts";
import { parquetWidth } from "../tables/write-parquet.ts";
import type { ColumnDigests } from "./manifest.ts";
import { hexOf, rowHash, rowHashName } from "./row-hash.ts";

/**
 * A digest of each column's values by itself, whatever their order: the sum and the xor of the hash of each, NULL among them.
 * Equal digests of one algorithm say that a column did not change on the whole; its cells may have changed rows. DATASET_UNREADABLE.
 */
export async function digestColumns({
  tables,
  parquet,
  columns,
}: {
  tables: Tables;
  parquet: string;
  columns: readonly StoredColumn[];
}): Promise<ColumnDigests> {
  const hashes = columns.map(({ type }, index) => rowHash([{ type, value: `c${index}` }]));
  const totals = hashes.flatMap((hash) => [`sum(${hash})`, `bit_xor(${hash})`]);
  const [row = []] = await tables.query(
    `SELECT version(), ${totals.join(", ")} FROM ${scanParquet(parquet, parquetWidth(columns.length))}`,
    `digesting ${parquet}`,
  );
  const [version, ...sums] = row;
  return {
    algorithm: `${rowHashName}/${version}`,
    values: columns.map(({ name }, index) => ({ column: name, value: hexOf(sums.slice(2 * index, 2 * index + 2)) })),
  };
}
