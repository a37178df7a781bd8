import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { isDiskFault, notWritable, RehearseError } from "@rehearse/errors";
import { relationOf, type Relation } from "../compare/relation.ts";
import type { Cell } from "../compare/comparison.ts";
import { materialise } from "../rows/materialise.ts";
import type { Tables } from "../tables/tables.ts";
import type { CanonicalType, Column } from "../types/canonical-type.ts";
import { csvRecords } from "./csv-records.ts";
import { declaredText } from "./declared-text.ts";
import { jsonCell, jsonColumns, jsonObjects, type JsonShape } from "./json-columns.ts";

/** The types that the user declared, by column. */
export type DeclaredTypes = ReadonlyMap<string, CanonicalType>;

interface TextFiles {
  readonly tables: Tables;
  readonly title: string;
  readonly files: readonly string[];
  readonly types: DeclaredTypes;
}

/**
 * CSV files with one header as one side of a comparison: text, where no type is declared. They are read once, into an intermediate dataset.
 * DATASET_UNREADABLE names the line of what is no record, or the value that is not of its declared type.
 */
export async function csvSide(side: TextFiles & { readonly delimiter: string }): Promise<Relation> {
  const names = await csvHeader(side.files[0] ?? "", side.delimiter);
  const columns = names.map((name): Column => ({ name, source: side.types.get(name) ?? "text", type: side.types.get(name) ?? "text" }));
  return intermediate({ ...side, columns, rows: () => csvRows(side, names) });
}

async function csvHeader(file: string, delimiter: string): Promise<string[]> {
  for await (const { cells } of csvRecords(file, delimiter)) return cells.map((cell) => cell ?? "");
  throw new RehearseError({
    code: "DATASET_UNREADABLE",
    message: `${file} is empty`,
    expected: "a first line that names the columns",
    got: "0 bytes",
    hint: "Write the header also where there are no rows.",
  });
}

async function* csvRows(
  { files, delimiter }: TextFiles & { delimiter: string },
  names: readonly string[],
): AsyncGenerator<readonly Cell[], void> {
  for (const file of files) {
    let isHeader = true;
    for await (const { line, cells } of csvRecords(file, delimiter)) {
      const isBlank = cells.length === 1 && cells[0] === null && names.length > 1;
      const isOther = cells.length !== names.length || (isHeader && cells.some((cell, index) => (cell ?? "") !== names[index]));
      if (isOther && (isHeader || !isBlank))
        throw new RehearseError({
          code: "DATASET_UNREADABLE",
          message: `${file}, line ${line}: ${isHeader ? "another header than in the first file" : `a record of ${cells.length} cells under a header of ${names.length}`}`,
          expected: names.join(delimiter),
          got: cells
            .map((cell) => cell ?? "")
            .join(delimiter)
            .slice(0, 200),
          hint: "Quote cells that hold the delimiter; `--delimiter` names another one than the comma.",
        });
      if (!isHeader && !isBlank) yield cells;
      isHeader = false;
    }
  }
}

/** Files of JSON objects as one side of a comparison; `shape` is what stands in them, `other` what stands on the other side where that is JSON too. */
export async function jsonSide(side: TextFiles & { readonly shape: JsonShape; readonly other: JsonShape }): Promise<Relation> {
  const columns = jsonColumns(side.shape, side.other).map((column) => {
    const type = side.types.get(column.name);
    return type === undefined ? column : { name: column.name, source: type, type };
  });
  return intermediate({ ...side, columns, rows: () => jsonRows(side.files, columns) });
}

async function* jsonRows(files: readonly string[], columns: readonly Column[]): AsyncGenerator<readonly Cell[], void> {
  for await (const fields of jsonObjects(files)) yield columns.map((column) => jsonCell(column, fields.get(column.name)));
}

async function intermediate({
  tables,
  title,
  types,
  columns,
  rows,
}: TextFiles & { columns: readonly Column[]; rows: () => AsyncGenerator<readonly Cell[], void> }): Promise<Relation> {
  const file = tables.temporaryFile(".csv");
  const declared = columns.map(({ name }) => types.get(name));
  let count = 0;
  async function* lines(): AsyncGenerator<string, void> {
    let text = "";
    for await (const cells of rows()) {
      count += 1;
      text += `${cells.map((cell, index) => csvCell(cell, declared[index])).join(",")}\n`;
      if (text.length < 2 ** 16) continue;
      yield text;
      text = "";
    }
    yield text;
  }
  await pipeline(lines, createWriteStream(file)).catch((error: unknown) => {
    // Any other is about what is read.
    throw isDiskFault(error) ? notWritable(file, error) : error;
  });
  const extraction = { format: "csv" as const, file, rows: count, columns, key: [] };
  try {
    const dataset = await materialise({ tables, extraction, directory: tables.temporaryFile("") });
    return { ...relationOf(dataset), title };
  } catch (error) {
    // The reader knows the file that was named, not the intermediate one.
    if (!(error instanceof RehearseError)) throw error;
    const message = error.message.replace(/reading \S+ failed/, `reading ${title} failed`);
    throw error.as(message.includes("is no such value") ? { message, hint: forms } : { message });
  } finally {
    await rm(file);
  }
}

const forms = "docs/types.md shows how the values of each type are written; moments may also be as ISO 8601 has them.";

function csvCell(cell: Cell, declared: CanonicalType | undefined): string {
  if (cell === null) return String.raw`\N`;
  const text = declared === undefined ? cell : declaredText(declared, cell);
  return `"${text.replaceAll('"', '""')}"`;
}
