import { dirname, extname } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { RehearseError } from "@rehearse/errors";
import { toText } from "../types/canonical-text.ts";
import { storedColumns, type StoredColumn } from "../types/canonical-type.ts";
import { familyOf } from "../types/storage-type.ts";
import { fileLiteral, identifier, literal } from "../tables/sql-text.ts";
import type { Tables } from "../tables/tables.ts";
import { requireWritable, writeAtomically } from "../tables/write-atomically.ts";
import type { Dataset } from "./dataset.ts";
import { scanStored } from "./scan-stored.ts";

/**
 * Writes the rows of a dataset to a file of anybody's, whole or not at all: `.parquet` with the columns' own names and types, `.csv` with a header (every
 * text in quotes, NULL is nothing), `.ndjson` as references are written. Resolves to the number of rows; whoever opened the dataset has verified it.
 * USAGE for another ending, or for names that Parquet cannot hold; DATASET_UNREADABLE, DIRECTORY_NOT_WRITABLE.
 */
export async function exportDataset({ tables, dataset, file }: { tables: Tables; dataset: Dataset; file: string }): Promise<number> {
  const columns = storedColumns(dataset.manifest.columns);
  const write = writers.get(extname(file));
  if (write === undefined)
    throw unusable({ message: `${file} has no ending that says what to write`, expected: endings, got: extname(file) });
  if (columns.length === 0) throw unusable({ message: "the dataset has no column whose values are kept, so there is nothing to write" });
  await requireWritable(dirname(file));
  return writeAtomically(file, (temporary) => write({ tables, dataset, columns, file: temporary }));
}

interface Export {
  readonly tables: Tables;
  readonly dataset: Dataset;
  readonly columns: readonly StoredColumn[];
  readonly file: string;
}

const writers = new Map([
  [".parquet", writeParquet],
  [".csv", writeCsv],
  [".ndjson", writeNdjson],
]);
const endings = [...writers.keys()].join(", ");

async function writeParquet({ tables, dataset, columns, file }: Export): Promise<number> {
  const names = columns.map(({ name }) => name);
  const unsayable = names.find((name) => name === "" || name.includes("\0"));
  if (unsayable !== undefined) throw unnameable(unsayable);
  const fields = names.map((name, index) => `c${index} AS ${identifier(name)}`);
  const rows = await tables.writeFile({
    ...reading(dataset, fields),
    file,
    form: "FORMAT parquet, COMPRESSION zstd, DICTIONARY_SIZE_LIMIT 0",
  });
  const schema = await tables.query(`SELECT name FROM parquet_schema(${fileLiteral(file)}) WHERE num_children IS NULL`, `reading ${file}`);
  const written = schema.map(([name]) => name);
  // Names that are alike but for their case would have been changed.
  if (!isDeepStrictEqual(written, names)) throw unnameable(names.find((name, index) => name !== written[index]) ?? "");
  return rows;
}

async function writeCsv({ tables, dataset, columns, file }: Export): Promise<number> {
  const { select, doing } = reading(
    dataset,
    columns.map(({ type }, index) => toText(type, `c${index}`)),
  );
  const header = columns.map(({ name }, index) => `${literal(name)} AS t${index}`).join(", ");
  const form = `FORMAT csv, HEADER false, DELIMITER ',', QUOTE '"', ESCAPE '"', FORCE_QUOTE *, NULLSTR ''`;
  return (await tables.writeFile({ select: `SELECT ${header} UNION ALL ${select}`, doing, file, form })) - 1;
}

async function writeNdjson({ tables, dataset, columns, file }: Export): Promise<number> {
  const members = columns.flatMap((column, index) => [
    literal(`${index === 0 ? "{" : ","}${JSON.stringify(column.name)}:`),
    `coalesce(${jsonText(column, `c${index}`)}, 'null')`,
  ]);
  // A line is one field: neither of its control characters occurs in JSON, so nothing is ever quoted.
  const form = String.raw`FORMAT csv, HEADER false, DELIMITER E'\x1f', QUOTE E'\x02', ESCAPE E'\x02'`;
  return tables.writeFile({ ...reading(dataset, [`concat(${[...members, "'}'"].join(", ")})`]), file, form });
}

/** SQL for a cell as the JSON of `referenceLine`, NULL for NULL. */
function jsonText({ type }: StoredColumn, value: string): string {
  const [text, family] = [toText(type, value), familyOf(type)];
  const quoted = `to_json(${text})`;
  if (family === "boolean") return text;
  if (family === "bytes") return `to_json(to_base64(${value}))`;
  // Numbers as numbers where every reader of JSON keeps them exactly.
  if (family === "integer") return `CASE WHEN abs(try_cast(${value} AS DOUBLE)) < 9007199254740992 THEN ${text} ELSE ${quoted} END`;
  if (family === "float") return `CASE WHEN isfinite(${value}) AND ${text} <> '-0' THEN ${text} ELSE ${quoted} END`;
  return quoted;
}

function reading(dataset: Dataset, fields: readonly string[]): { readonly select: string; readonly doing: string } {
  return { select: `SELECT ${fields.join(", ")} FROM ${scanStored(dataset)}`, doing: `reading ${dataset.parquet}` };
}

function unnameable(name: string): RehearseError {
  return unusable({
    message: `the column ${JSON.stringify(name)} cannot have its name in Parquet: it is empty, has a NUL, or is another's but for its case`,
    expected: "names that differ by more than case",
    got: JSON.stringify(name),
  });
}

function unusable(problem: { message: string; expected?: string; got?: string }): RehearseError {
  return new RehearseError({
    code: "USAGE",
    ...problem,
    hint: "Export it as .csv or .ndjson, which hold every name: rehearse export --help",
  });
}
