import { RehearseError } from "@rehearse/errors";
import type { Relation } from "../compare/relation.ts";
import { fileLiteral } from "../tables/sql-text.ts";
import type { Tables } from "../tables/tables.ts";
import { readParquetHead, type ParquetHead } from "./parquet-head.ts";

/** Parquet files of anybody as one side of a comparison, read where they lie. All must have the same columns. DATASET_UNREADABLE. */
export async function parquetSide(tables: Tables, { title, files }: { title: string; files: readonly string[] }): Promise<Relation> {
  const [first, ...others] = await Promise.all(files.map((file) => readParquetHead(tables, file)));
  if (first === undefined) throw new TypeError("a side without files");
  for (const other of others) requireSameColumns(first, other);
  const list = `[${[first, ...others].map(({ readable }) => fileLiteral(readable)).join(", ")}]`;
  const positions = first.columns.map((_, index) => `c${index}`);
  return {
    title,
    columns: first.columns.map(({ name, source, type }) => ({ name, source, type })),
    key: [],
    ...(others.length === 0 ? { parquet: first.readable } : {}),
    rows: [first, ...others].reduce((total, { rows }) => total + rows, 0),
    from: `read_parquet(${list}, hive_partitioning = false) AS side(${positions.join(", ")})`,
    values: first.columns.flatMap(({ type, value }, index) => (typeof type === "string" ? [value(`c${index}`)] : [])),
  };
}

function requireSameColumns(first: ParquetHead, other: ParquetHead): void {
  const [expected, got] = [first, other].map(({ columns }) =>
    columns
      .map(({ name, source, value }) => `${JSON.stringify(name)} ${source}${value("") === "" ? "" : ", read from its bytes"}`)
      .join("; "),
  );
  if (expected === got) return;
  throw new RehearseError({
    code: "DATASET_UNREADABLE",
    message: `${other.file} has other columns than ${first.file}, so they are not one table`,
    expected,
    got,
    hint: "Compare files of the same columns, in the same order.",
  });
}
