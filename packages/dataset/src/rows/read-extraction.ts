import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { RehearseError, messageOf } from "@rehearse/errors";
import { fromText, unreadableValue } from "../types/canonical-text.ts";
import { storedColumns, type StoredColumn } from "../types/canonical-type.ts";
import type { Extraction } from "./extraction.ts";
import { fileLiteral, literal } from "../tables/sql-text.ts";
import type { Tables } from "../tables/tables.ts";
import { widen } from "../types/widening.ts";

/** A row may be this long; DuckDB sets memory aside for it. */
const longestRow = { least: 2 * 2 ** 20, most: 64 * 2 ** 20 };

/** Where an extraction's rows come from, and for each stored column SQL for its value there. */
export interface ExtractionSource {
  readonly from: string;
  readonly values: readonly string[];
}

/** Makes the plan to read an extraction. DATASET_UNREADABLE where it is not there or cannot hold the columns that it declares. */
export async function readExtraction(tables: Tables, extraction: Extraction): Promise<ExtractionSource> {
  const size = await sizeOf(extraction.file);
  const columns = storedColumns(extraction.columns);
  if (extraction.format === "parquet") return fromParquet({ tables, file: extraction.file, columns });
  if (columns.length === 0) return { from: `range(${await countLines(extraction.file)})`, values: [] };
  const room = Math.min(Math.max(size + 1, longestRow.least), longestRow.most);
  return extraction.format === "csv"
    ? fromCsv({ file: extraction.file, columns, room })
    : fromNdjson({ file: extraction.file, columns, room });
}

function fromCsv({ file, columns, room }: { file: string; columns: readonly StoredColumn[]; room: number }): ExtractionSource {
  const fields = columns.map((_, index) => `'c${index}': 'VARCHAR'`).join(", ");
  return {
    // One thread: the parallel reader guesses where rows begin, and gives up on line breaks and quotes within cells.
    from: `read_csv(${fileLiteral(file)}, auto_detect = false, header = false, parallel = false, delim = ',', quote = '"', escape = '"', new_line = '\\n',
      nullstr = '\\N', allow_quoted_nulls = false, max_line_size = ${room}, buffer_size = ${2 * room}, hive_partitioning = false, columns = {${fields}})`,
    values: columns.map(({ type, name }, index) => fromText({ type, text: `c${index}`, column: name })),
  };
}

function fromNdjson({ file, columns, room }: { file: string; columns: readonly StoredColumn[]; room: number }): ExtractionSource {
  const pointers = columns.map(({ name }) => literal(`/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`)).join(", ");
  const extra = `error('${unreadableValue}a line has other columns than declared: ' || json_keys(json)::VARCHAR)`;
  return {
    from: `(SELECT CASE WHEN len(json_keys(json)) = ${columns.length} THEN json_extract_string(json, [${pointers}]) ELSE ${extra} END AS cells, json_type(json, [${pointers}]) AS kinds
      FROM read_ndjson_objects(${fileLiteral(file)}, maximum_object_size = ${room}))`,
    values: columns.map(({ type, name }, index) => {
      const [cell, kind] = [`cells[${index + 1}]`, `kinds[${index + 1}]`];
      const refusal = `error(${literal(`${unreadableValue}column ${JSON.stringify(name)} is neither a string nor null: `)} || coalesce(${kind}, 'missing'))`;
      return `CASE WHEN ${kind} IN ('VARCHAR', 'NULL') THEN ${fromText({ type, text: cell, column: name })} ELSE ${refusal} END`;
    }),
  };
}

async function fromParquet({
  tables,
  file,
  columns,
}: {
  tables: Tables;
  file: string;
  columns: readonly StoredColumn[];
}): Promise<ExtractionSource> {
  const fields = await parquetFields(tables, file);
  const values = columns.map((column) => {
    const index = fields.findIndex(({ name }) => name === column.name);
    const from = fields[index]?.type;
    if (from === undefined) throw unfit({ file, column, got: `the fields ${fields.map(({ name }) => name).join(", ")}` });
    const value = widen({ column, from, value: `c${index}` });
    if (value === null) throw unfit({ file, column, got: from });
    return value;
  });
  const names = fields.map((_, index) => `c${index}`).join(", ");
  return { from: `read_parquet(${fileLiteral(file)}, hive_partitioning = false) AS extracted(${names})`, values };
}

/** The top-level fields of a Parquet file: the names as they stand there and DuckDB's types. */
async function parquetFields(tables: Tables, file: string): Promise<{ readonly name: string; readonly type: string }[]> {
  const doing = `reading ${file}`;
  const types = await tables.query(
    `SELECT column_type FROM (DESCRIBE SELECT * FROM read_parquet(${fileLiteral(file)}, hive_partitioning = false))`,
    doing,
  );
  const schema = await tables.query(`SELECT name, coalesce(num_children, 0) FROM parquet_schema(${fileLiteral(file)})`, doing);
  const names: string[] = [];
  for (let at = 1; at < schema.length; at = afterSubtree(schema, at)) names.push(schema[at]?.[0] ?? "");
  return names.map((name, index) => ({ name, type: types[index]?.[0] ?? "" }));
}

/** The list of a Parquet schema has every node before its children. */
function afterSubtree(schema: readonly (readonly (string | null)[])[], at: number): number {
  let next = at + 1;
  for (let children = Number(schema[at]?.[1]); children > 0; children -= 1) next = afterSubtree(schema, next);
  return next;
}

function unfit({ file, column, got }: { file: string; column: StoredColumn; got: string }): RehearseError {
  return new RehearseError({
    code: "DATASET_UNREADABLE",
    message: `column ${JSON.stringify(column.name)} of ${file} cannot be read as ${column.type} without loss`,
    expected: column.type,
    got,
    hint: "This is a fault of the engine's extraction: it declares a type that its file does not have.",
  });
}

async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    throw new RehearseError({
      code: "DATASET_UNREADABLE",
      message: `${file} cannot be read: ${messageOf(error)}`,
      hint: "The engine's extraction left no file there.",
      cause: error,
    });
  }
}

async function countLines(file: string): Promise<number> {
  let lines = 0;
  for await (const chunk of createReadStream(file, { encoding: "latin1" })) lines += String(chunk).split("\n").length - 1;
  return lines;
}
