import { columns, type TableWorkshop } from "./table-workshop.ts";
import type { CanonicalType, Relation, Tables } from "../../src/index.ts";
import { scanParquet } from "../../src/tables/sql-text.ts";
import { storageType } from "../../src/types/storage-type.ts";

/** Two files of three parts with seven planted edits, and what comparing them must find. */
export const planted = { added: 3, removed: 2, changed: 2 };
export const size = 30_000;
/** Fewer than these are compared the plain way. */
export const fewRows = 1000;

export interface BigSide {
  /** SQL over the number `i`. */
  readonly key: string;
  readonly type: CanonicalType;
  readonly sorted: boolean;
  /** How many rows a part of the current file has. */
  readonly part?: number;
}

export async function bigPair(workshop: TableWorkshop, side: BigSide): Promise<{ reference: Relation; current: Relation }> {
  const edited = `SELECT i, i IN (7, 25000) AS changed FROM range(${size + 3}) AS r(i) WHERE i NOT IN (100, 29999)`;
  return {
    reference: await bigSide(workshop, { ...side, part: 10_240, select: `SELECT i, false AS changed FROM range(${size}) AS r(i)` }),
    current: await bigSide(workshop, { ...side, select: edited }),
  };
}

/** A Parquet file of rows made from the numbers that a SELECT gives, as somebody else would have written it. */
export async function bigSide(
  workshop: TableWorkshop,
  { key, type, sorted, part = 10_240, select }: BigSide & { select: string },
): Promise<Relation> {
  const file = workshop.path("big.parquet");
  const values = `(${key})::${storageType(type)} AS k, i::INTEGER AS n, CASE WHEN changed AND i = 7 THEN '-0'::DOUBLE ELSE 0 END AS v, CASE WHEN changed AND i <> 7 THEN NULL ELSE 'x' || i END AS t`;
  const written = `SELECT ${values} FROM (${select}) ORDER BY ${sorted ? "i" : "hash(i)"}`;
  const rows = await writeRows(workshop.tables, { select: written, file, part });
  return {
    title: file,
    columns: columns({ k: type, n: "int32", v: "float64", t: "text" }).map((column) => ({ ...column, source: column.name })),
    key: [],
    rows,
    from: scanParquet(file, 4),
    values: ["c0", "c1", "c2", "c3"],
    parquet: file,
  };
}

function writeRows(tables: Tables, { select, file, part }: { select: string; file: string; part: number }): Promise<number> {
  return tables.writeFile({ select, file, form: `FORMAT parquet, ROW_GROUP_SIZE ${part}, DICTIONARY_SIZE_LIMIT 0`, doing: "testing" });
}
