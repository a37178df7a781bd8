import { createHash } from "node:crypto";
import { toText } from "../types/canonical-text.ts";
import { storedColumns, type Column } from "../types/canonical-type.ts";
import type { Dataset } from "./dataset.ts";
import type { Digest } from "./manifest.ts";
import { digestOfHashes, rowHash, rowHashName, type HashedValue } from "./row-hash.ts";
import { rowText } from "../types/row-text.ts";
import { scanParquet } from "../tables/sql-text.ts";
import type { Tables } from "../tables/tables.ts";
import { parquetWidth } from "../tables/write-parquet.ts";

/** Up to so many rows a digest is the same in every version of Rehearse: references that are kept as text are checked by it. */
export const steadyRows = 1000;

/**
 * The logical digest of a dataset's rows without the ignored columns: the number, the xor and the sum of a hash of each row, together with the columns'
 * names and canonical types; it depends on neither the order of rows nor on file bytes, and duplicates count. Up to `steadyRows` rows the hash is the md5 of
 * the cells' canonical texts; of more it is `rowHash`, which is many times quicker, and is named with the version of DuckDB that made it. DATASET_UNREADABLE.
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
  const { columns, rows } = dataset.manifest;
  return digestRows({ tables, parquet: dataset.parquet, columns, ignore, rows });
}

/** The same for a file that has no manifest yet. */
export async function digestRows(rows: {
  tables: Tables;
  parquet: string;
  columns: readonly Column[];
  ignore: readonly string[];
  /** How many there should be. */
  rows: number;
}): Promise<Digest> {
  const stored = storedColumns(rows.columns).map((column, position) => ({ ...column, value: `c${position}` }));
  return digestValues({
    tables: rows.tables,
    from: scanParquet(rows.parquet, parquetWidth(stored.length)),
    columns: stored.filter(({ name }) => !rows.ignore.includes(name)),
    rows: rows.rows,
    doing: `digesting ${rows.parquet}`,
  });
}

/** The same for rows that SQL reads: what stands after FROM, and for each column the SQL over it that gives its value as the type is stored. */
export async function digestValues(rows: {
  tables: Tables;
  from: string;
  columns: readonly (HashedValue & { readonly name: string })[];
  /** How many there should be: to count them first takes as long as to digest a few. */
  rows: number;
  doing: string;
}): Promise<Digest> {
  const ordered = rows.columns.toSorted((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)));
  const ask = async (select: string): Promise<(string | null)[]> => (await rows.tables.query(select, rows.doing))[0] ?? [];
  const take = async (way: typeof steadyTotals) => {
    const totals = await ask(way(ordered, rows.from));
    return { totals, count: Number(totals[0]), right: wayFor(Number(totals[0])) === way };
  };
  const first = await take(wayFor(rows.rows));
  const { totals, count } = first.right ? first : await take(wayFor(first.count));
  const algorithm = wayFor(count) === steadyTotals ? "md5-of-rows-1" : `${rowHashName}/${(await ask("SELECT version()"))[0]}`;
  const columns = ordered.map(({ name, type }) => [name, type]);
  const value = createHash("sha256").update(JSON.stringify({ algorithm, columns, totals })).digest("hex");
  return { algorithm, rows: count, value };
}

const wayFor = (rows: number) => (rows > steadyRows ? quickTotals : steadyTotals);

/** Over each row's cells as length-prefixed canonical texts. */
function steadyTotals(values: readonly HashedValue[], from: string): string {
  const texts = [...values.map(({ type, value }, index) => `${toText(type, value)} AS t${index}`), "true AS here"];
  return `SELECT count(*), bit_xor(hash), sum((hash >> 64)::UBIGINT), sum((hash & 18446744073709551615::UHUGEINT)::UBIGINT)
    FROM (SELECT md5_number(${rowText(values.map((_, index) => `t${index}`))}) AS hash FROM (SELECT ${texts.join(", ")} FROM ${from}))`;
}

function quickTotals(values: readonly HashedValue[], from: string): string {
  return `SELECT ${digestOfHashes("hash")} FROM (SELECT ${rowHash(values)} AS hash FROM ${from})`;
}
