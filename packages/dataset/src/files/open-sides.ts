import { RehearseError } from "@rehearse/errors";
import { relationOf, type Relation } from "../compare/relation.ts";
import { readReference } from "../references/read-reference.ts";
import type { Tables } from "../tables/tables.ts";
import { isCanonicalType } from "../types/composite-type.ts";
import { findFiles, ofOneFormat, type FoundFiles } from "./find-files.ts";
import { jsonShape, type JsonShape } from "./json-columns.ts";
import { parquetSide } from "./parquet-side.ts";
import { csvSide, jsonSide, type DeclaredTypes } from "./text-side.ts";

/** Two paths to compare, and what their files do not say themselves. */
export interface SidesRequest {
  readonly tables: Tables;
  readonly reference: string;
  readonly current: string;
  /** Canonical types of columns of CSV and JSON, by column. */
  readonly types: Readonly<Record<string, string>>;
  /** What stands between the cells of CSV; a tab for files named `.tsv`, else a comma, where nothing is said. */
  readonly delimiter?: string | undefined;
}

/**
 * Opens files of anybody as the two sides of a comparison: Parquet where it lies, text read once into typed rows that live as long as the tables.
 * DATASET_NOT_FOUND, DATASET_UNREADABLE, USAGE.
 */
export async function openSides(request: SidesRequest): Promise<{ readonly reference: Relation; readonly current: Relation }> {
  const [before, after] = [await findFiles(request.reference), await findFiles(request.current)];
  const shapes = { reference: await shapeOf(before), current: await shapeOf(after) };
  const types = declaredTypes(request.types);
  const both = { ...request, types };
  const reference = await openSide({ ...both, title: request.reference, found: before, shape: shapes.reference, other: shapes.current });
  const current = await openSide({ ...both, title: request.current, found: after, shape: shapes.current, other: shapes.reference });
  const isText = ({ format }: FoundFiles): boolean => format === "csv" || format === "json";
  requireKnown(types, [...(isText(before) ? [reference] : []), ...(isText(after) ? [current] : [])]);
  return { reference, current };
}

/** Some files of one format, and how messages call them. */
export interface FilesRequest extends Pick<SidesRequest, "tables" | "types"> {
  readonly title: string;
  readonly files: readonly string[];
}

/** Opens files by themselves, not beside others. DATASET_NOT_FOUND, DATASET_UNREADABLE, USAGE. */
export async function openFiles({ tables, title, files, types }: FilesRequest): Promise<Relation> {
  const found = ofOneFormat(title, files);
  const declared = declaredTypes(types);
  const relation = await openSide({ tables, title, found, types: declared, shape: await shapeOf(found), other: new Map() });
  requireKnown(declared, found.format === "csv" || found.format === "json" ? [relation] : []);
  return relation;
}

interface Side {
  readonly tables: Tables;
  readonly title: string;
  readonly found: FoundFiles;
  readonly types: DeclaredTypes;
  readonly delimiter?: string | undefined;
  readonly shape: JsonShape;
  readonly other: JsonShape;
}

async function openSide({ found, delimiter, ...side }: Side): Promise<Relation> {
  switch (found.format) {
    case "parquet":
      return parquetSide(side.tables, { title: side.title, files: found.files });
    case "csv":
      return csvSide({
        ...side,
        files: found.files,
        delimiter: delimiter ?? (found.files[0]?.toLowerCase().endsWith(".tsv") === true ? "\t" : ","),
      });
    case "json":
      return jsonSide({ ...side, files: found.files });
    case "dataset": {
      const dataset = await readReference({ tables: side.tables, directory: found.directory });
      if (dataset === null) throw new TypeError(`the manifest of ${found.directory} is gone`);
      return { ...relationOf(dataset), title: side.title, digest: dataset.manifest.digest };
    }
  }
}

async function shapeOf(found: FoundFiles): Promise<JsonShape> {
  return found.format === "json" ? jsonShape(found.files) : new Map();
}

function declaredTypes(types: SidesRequest["types"]): DeclaredTypes {
  return new Map(
    Object.entries(types).map(([column, type]) => {
      if (isCanonicalType(type)) return [column, type];
      throw new RehearseError({
        code: "USAGE",
        message: `${JSON.stringify(type)}, declared for the column ${JSON.stringify(column)}, is no canonical type`,
        expected: "such as int64, decimal(18,4), float64, timestamp, timestamptz, date, boolean, bytes, uuid, json, list(int64)",
        got: type,
        hint: "docs/types.md lists them all.",
      });
    }),
  );
}

/** Columns of Parquet and datasets have their types already. */
function requireKnown(types: DeclaredTypes, textSides: readonly Relation[]): void {
  const known = new Set(textSides.flatMap(({ columns }) => columns.map(({ name }) => name)));
  const unknown = [...types.keys()].find((name) => !known.has(name));
  if (unknown === undefined) return;
  throw new RehearseError({
    code: "USAGE",
    message: `a type is declared for the column ${JSON.stringify(unknown)}, which no side of CSV or JSON has`,
    expected: known.size === 0 ? "no declared type: both sides have types of their own" : `one of ${[...known].join(", ")}`,
    got: unknown,
    hint: "Check the name: capitals count.",
  });
}
