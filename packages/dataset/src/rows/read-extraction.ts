import { createReadStream } from "node:fs";
import { access } from "node:fs/promises";
import { RehearseError, messageOf } from "@rehearse/errors";
import { fromText, unreadableValue } from "../types/canonical-text.ts";
import { storedColumns, type StoredColumn } from "../types/canonical-type.ts";
import type { Extraction } from "./extraction.ts";
import { parquetSubtrees } from "../tables/parquet-subtrees.ts";
import { fileLiteral, literal } from "../tables/sql-text.ts";
import type { Tables } from "../tables/tables.ts";
import { widen } from "../types/widening.ts";

/** A row of text may be so many bytes long. DuckDB sets several times as many aside for each file that it reads, so first it is tried with few. */
export const longestRow = { usual: 2 * 2 ** 20, most: 64 * 2 ** 20 };

/** What DuckDB says of a row that is longer than it was told; of one that its buffer cuts through, only that its cells are not as they should be. */
export const rowTooLong = /maximum(?: line size|_object_size) of |\bCSV\b/i;

/** Where an extraction's rows come from, and for each stored column SQL for its value there. */
export interface ExtractionSource {
  readonly from: string;
  readonly values: readonly string[];
}

/** Makes the plan to read an extraction, whose rows of text are at most `longest` bytes long. DATASET_UNREADABLE where it is not there or cannot hold the columns that it declares. */
export async function readExtraction(
  tables: Tables,
  { extraction, longest }: { readonly extraction: Extraction; readonly longest: number },
): Promise<ExtractionSource> {
  const files = [extraction.file, ...(extraction.format === "parquet" ? [] : (extraction.more ?? []))];
  await Promise.all(files.map(requireReadable));
  const columns = storedColumns(extraction.columns);
  if (extraction.format === "parquet") return fromParquet({ tables, file: extraction.file, columns });
  if (columns.length === 0) return { from: `range(${await countLines(files)})`, values: [] };
  const text = { files: `[${files.map(fileLiteral).join(", ")}]`, columns, longest };
  return extraction.format === "csv" ? fromCsv(text) : fromNdjson(text);
}

interface TextFiles {
  /** SQL for their list. */
  readonly files: string;
  readonly columns: readonly StoredColumn[];
  readonly longest: number;
}

function fromCsv({ files, columns, longest }: TextFiles): ExtractionSource {
  const fields = columns.map((_, index) => `'c${index}': 'VARCHAR'`).join(", ");
  return {
    // One thread a file: the parallel reader guesses where rows begin, and gives up on line breaks and quotes within cells.
    from: `read_csv(${files}, auto_detect = false, header = false, parallel = false, delim = ',', quote = '"', escape = '"', new_line = '\\n',
      nullstr = '\\N', allow_quoted_nulls = false, max_line_size = ${longest}, buffer_size = ${2 * longest}, hive_partitioning = false, columns = {${fields}})`,
    values: columns.map(({ type, name }, index) => fromText({ type, text: `c${index}`, column: name })),
  };
}

function fromNdjson({ files, columns, longest }: TextFiles): ExtractionSource {
  const pointers = columns.map(({ name }) => literal(`/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`)).join(", ");
  const extra = `error('${unreadableValue}a line has other columns than declared: ' || json_keys(json)::VARCHAR)`;
  return {
    from: `(SELECT CASE WHEN len(json_keys(json)) = ${columns.length} THEN json_extract_string(json, [${pointers}]) ELSE ${extra} END AS cells, json_type(json, [${pointers}]) AS kinds
      FROM read_ndjson_objects(${files}, maximum_object_size = ${longest}))`,
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
  return parquetSubtrees(schema).map(([own], index) => ({ name: own?.[0] ?? "", type: types[index]?.[0] ?? "" }));
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

async function requireReadable(file: string): Promise<void> {
  try {
    await access(file);
  } catch (error) {
    throw new RehearseError({
      code: "DATASET_UNREADABLE",
      message: `${file} cannot be read: ${messageOf(error)}`,
      hint: "The engine's extraction left no file there.",
      cause: error,
    });
  }
}

async function countLines(files: readonly string[]): Promise<number> {
  let lines = 0;
  for (const file of files)
    for await (const chunk of createReadStream(file, { encoding: "latin1" })) lines += String(chunk).split("\n").length - 1;
  return lines;
}
