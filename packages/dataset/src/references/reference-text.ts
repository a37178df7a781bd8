import { steadyRows } from "../rows/digest.ts";
import type { CanonicalType, StoredColumn } from "../types/canonical-type.ts";
import type { Cell } from "../compare/comparison.ts";
import { familyOf } from "../types/storage-type.ts";

/** A reference up to this size is kept as text that a reviewer can read. */
export const asText = { rows: steadyRows, bytes: 1_000_000 };

/** In bytes; a checkout may have given every line another end. */
export const longestText = asText.bytes + asText.rows;

/** One row as a line of JSON, its columns always in the same order, numbers as numbers where JSON keeps them exactly. */
export function referenceLine(columns: readonly StoredColumn[], cells: readonly Cell[]): string {
  return `{${columns.map(({ name, type }, index) => `${JSON.stringify(name)}:${jsonOf(type, cells[index] ?? null)}`).join(",")}}`;
}

/** The canonical cells of such a line. Throws an Error that says in a sentence what is wrong with it. */
export function referenceCells(columns: readonly StoredColumn[], line: string): Cell[] {
  const row: unknown = JSON.parse(line);
  if (typeof row !== "object" || row === null || Array.isArray(row)) throw new Error("a line is not an object");
  const fields = new Map<string, unknown>(Object.entries(row));
  if (fields.size !== columns.length) throw new Error(`a row has ${fields.size} columns, its manifest lists ${columns.length}`);
  return columns.map((column) => {
    if (!fields.has(column.name)) throw new Error(`a row lacks the column ${JSON.stringify(column.name)}`);
    return cellOf(column, fields.get(column.name));
  });
}

function jsonOf(type: CanonicalType, cell: Cell): string {
  if (cell === null) return "null";
  const family = familyOf(type);
  if (family === "boolean") return cell;
  if (family === "bytes") return JSON.stringify(Buffer.from(cell, "hex").toString("base64"));
  const isNumber =
    (family === "integer" && Number.isSafeInteger(Number(cell))) || (family === "float" && Number.isFinite(Number(cell)) && cell !== "-0");
  return JSON.stringify(isNumber ? Number(cell) : cell);
}

function cellOf({ name, type }: StoredColumn, value: unknown): Cell {
  if (value === null) return null;
  const family = familyOf(type);
  if (family === "boolean" && typeof value === "boolean") return String(value);
  if ((family === "integer" || family === "float") && typeof value === "number") return String(value);
  if (family === "bytes" && typeof value === "string") return Buffer.from(value, "base64").toString("hex");
  if (family !== "boolean" && typeof value === "string") return value;
  throw new Error(`the column ${JSON.stringify(name)} is ${type} and cannot hold ${JSON.stringify(value)}`);
}
