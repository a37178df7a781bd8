import { createHash } from "node:crypto";
import { toText } from "../types/canonical-text.ts";
import { storedColumns, type Column } from "../types/canonical-type.ts";
import type { Dataset } from "./dataset.ts";
import type { Digest } from "./manifest.ts";
import { rowText } from "../types/row-text.ts";
import { scanParquet } from "../tables/sql-text.ts";
import type { Tables } from "../tables/tables.ts";
import { parquetWidth } from "../tables/write-parquet.ts";

const algorithm = "md5-of-rows-1";

/**
 * The logical digest of a dataset's rows without the ignored columns. Each row's cells as length-prefixed canonical text, in the order of their columns'
 * names, are hashed to 128 bits; the count, the xor and the sum of these hashes are kept, together with the columns' names and canonical types.
 * It depends on neither the order of rows nor on file bytes; count and sum keep duplicates apart. DATASET_UNREADABLE.
 */
export async function digestDataset({
  tables,
  dataset,
  ignore,
}: {
  tables: Tables;
  dataset: Pick<Dataset, "parquet" | "manifest">;
  ignore: readonly string[];
}): Promise<Digest> {
  return digestRows({ tables, parquet: dataset.parquet, columns: dataset.manifest.columns, ignore });
}

/** The same for a file that has no manifest yet. */
export async function digestRows(rows: {
  tables: Tables;
  parquet: string;
  columns: readonly Column[];
  ignore: readonly string[];
}): Promise<Digest> {
  const stored = storedColumns(rows.columns);
  const ordered = stored
    .map(({ name, type }, position) => ({ name, type, value: `c${position}` }))
    .filter(({ name }) => !rows.ignore.includes(name))
    .toSorted((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)));
  const texts = [...ordered.map(({ type, value }, index) => `${toText(type, value)} AS t${index}`), "true AS here"];
  const [totals = []] = await rows.tables.query(
    `SELECT count(*), bit_xor(hash), sum((hash >> 64)::UBIGINT), sum((hash & 18446744073709551615::UHUGEINT)::UBIGINT)
     FROM (SELECT md5_number(${rowText(ordered.map((_, index) => `t${index}`))}) AS hash
       FROM (SELECT ${texts.join(", ")} FROM ${scanParquet(rows.parquet, parquetWidth(stored.length))}))`,
    `digesting ${rows.parquet}`,
  );
  const columns = ordered.map(({ name, type }) => [name, type]);
  const value = createHash("sha256").update(JSON.stringify({ algorithm, columns, totals })).digest("hex");
  return { algorithm, rows: Number(totals[0]), value };
}
