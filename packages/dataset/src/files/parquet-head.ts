import { afterSubtree, parquetSubtrees, type SchemaNode } from "../tables/parquet-subtrees.ts";
import type { Tables } from "../tables/tables.ts";
import { fileLiteral } from "../tables/sql-text.ts";
import type { Column } from "../types/canonical-type.ts";
import { exactReading } from "./exact-leaf.ts";
import { storedValue } from "./native-value.ts";
import { isRounded, parquetType, type ParquetNode } from "./parquet-types.ts";
import { plainCopy } from "./plain-copy.ts";

/** A column of a Parquet file, and SQL for its stored value, given the name of the column that DuckDB reads. */
interface ParquetColumn extends Column {
  readonly value: (column: string) => string;
}

/** What a Parquet file says of itself, and the file to read its rows from: a copy, where DuckDB would round what stands in it. */
export interface ParquetHead {
  readonly file: string;
  readonly readable: string;
  readonly columns: readonly ParquetColumn[];
  readonly rows: number;
}

/** Reads the end of a Parquet file. DATASET_UNREADABLE. */
export async function readParquetHead(tables: Tables, file: string): Promise<ParquetHead> {
  const doing = `reading ${file}`;
  const types = await tables.query(
    `SELECT column_type FROM (DESCRIBE SELECT * FROM read_parquet(${fileLiteral(file)}, hive_partitioning = false))`,
    doing,
  );
  const nodes = await tables.query(
    `SELECT name, num_children, type, logical_type, precision, scale FROM parquet_schema(${fileLiteral(file)})`,
    doing,
  );
  const [[rows] = []] = await tables.query(`SELECT num_rows FROM parquet_file_metadata(${fileLiteral(file)})`, doing);
  const subtrees = parquetSubtrees(nodes);
  const rounded = subtrees.flatMap(([root, ...below], index) => {
    if (root === undefined || below.length !== 0) return [];
    const leaf = nodeOf(root);
    return isRounded(leaf) ? [{ index, leaf }] : [];
  });
  const columns = subtrees.map((subtree, index) => columnOf(subtree, types[index]?.[0] ?? ""));
  if (rounded.length === 0) return { file, readable: file, columns, rows: Number(rows) };
  const readable = tables.temporaryFile(".parquet");
  await plainCopy({ file, target: readable, columns: new Set(rounded.map(({ index }) => index)) });
  const names = columns.map((_, index) => `c${index}`).join(", ");
  for (const { index, leaf } of rounded) {
    const from = `(SELECT c${index} AS v FROM read_parquet(${fileLiteral(readable)}, hive_partitioning = false) AS side(${names}))`;
    const { name = "", source = "" } = columns[index] ?? {};
    const { type, value } = await exactReading(leaf, { name, probe: (select) => tables.query(`${select} FROM ${from}`, doing) });
    columns[index] = { name, source: typeof type === "string" ? type : source, type, value };
  }
  return { file, readable, columns, rows: Number(rows) };
}

/** What a node does not say is null: no type, no digits. */
function nodeOf([, , physical, logical, precision, scale]: SchemaNode): ParquetNode {
  return { physical: physical ?? "", logical: logical ?? "", precision: Number(precision), scale: Number(scale) };
}

function columnOf(subtree: readonly SchemaNode[], duckdb: string): ParquetColumn {
  const name = subtree[0]?.[0] ?? "";
  const type = hasTwins(subtree)
    ? { notComparable: "two of its fields have names that differ by case only" }
    : parquetType(duckdb, subtree.map(nodeOf));
  if (typeof type !== "string") return { name, source: duckdb, type, value: (column) => column };
  return { name, source: type, type, value: (value) => storedValue({ type, value, column: name }) };
}

/** DuckDB gives another name to a field whose name differs from another's by case only, or not at all. */
function hasTwins(subtree: readonly SchemaNode[]): boolean {
  return subtree.some((node, at) => {
    const names = new Set<string>();
    let next = at + 1;
    for (let children = Number(node[1]); children > 0; children -= 1) {
      names.add((subtree[next]?.[0] ?? "").toLowerCase());
      next = afterSubtree(subtree, next);
    }
    return names.size !== Number(node[1]);
  });
}
