import type { CanonicalType } from "./canonical-type.ts";

/** Canonical types whose values are written and read alike. */
export type TypeFamily =
  | "boolean"
  | "integer"
  | "decimal"
  | "number"
  | "float"
  | "text"
  | "bytes"
  | "date"
  | "time"
  | "timestamp"
  | "timestamptz"
  | "uuid"
  | "json";

/** How each canonical type but the decimals is stored: the DuckDB type of its Parquet column. */
const types = new Map<string, { readonly family: TypeFamily; readonly storage: string }>([
  ["boolean", { family: "boolean", storage: "BOOLEAN" }],
  ["int8", { family: "integer", storage: "TINYINT" }],
  ["int16", { family: "integer", storage: "SMALLINT" }],
  ["int32", { family: "integer", storage: "INTEGER" }],
  ["int64", { family: "integer", storage: "BIGINT" }],
  ["uint8", { family: "integer", storage: "UTINYINT" }],
  ["uint16", { family: "integer", storage: "USMALLINT" }],
  ["uint32", { family: "integer", storage: "UINTEGER" }],
  ["uint64", { family: "integer", storage: "UBIGINT" }],
  ["number", { family: "number", storage: "VARCHAR" }],
  ["float32", { family: "float", storage: "FLOAT" }],
  ["float64", { family: "float", storage: "DOUBLE" }],
  ["text", { family: "text", storage: "VARCHAR" }],
  ["bytes", { family: "bytes", storage: "BLOB" }],
  ["date", { family: "date", storage: "DATE" }],
  ["time", { family: "time", storage: "TIME" }],
  ["timestamp", { family: "timestamp", storage: "TIMESTAMP" }],
  ["timestamptz", { family: "timestamptz", storage: "TIMESTAMP WITH TIME ZONE" }],
  ["uuid", { family: "uuid", storage: "UUID" }],
  ["json", { family: "json", storage: "VARCHAR" }],
]);

/** Precision and scale of a decimal. */
export interface DecimalShape {
  readonly precision: number;
  readonly scale: number;
}

/** The shape of `decimal(p,s)` with at most 1000 digits, in our writing or in DuckDB's; null for every other type. */
export function decimalShape(type: string): DecimalShape | null {
  const match = /^decimal\((\d{1,4}),(\d{1,4})\)$/i.exec(type);
  const [precision, scale] = [Number(match?.[1]), Number(match?.[2])];
  return precision >= 1 && precision <= 1000 && scale <= 1000 ? { precision, scale } : null;
}

/** Whether DuckDB has such a decimal. Others are stored as their text. */
export function isNativeDecimal({ precision, scale }: DecimalShape): boolean {
  return precision <= 38 && scale <= precision;
}

/** The DuckDB type that stores a canonical type. */
export function storageType(type: CanonicalType): string {
  const decimal = decimalShape(type);
  if (decimal !== null) return isNativeDecimal(decimal) ? `DECIMAL(${decimal.precision},${decimal.scale})` : "VARCHAR";
  return known(type).storage;
}

export function familyOf(type: CanonicalType): TypeFamily {
  return decimalShape(type) === null ? known(type).family : "decimal";
}

/** Whether a text names a canonical type. */
export function isCanonicalType(type: string): type is CanonicalType {
  return types.has(type) || (type === type.toLowerCase() && decimalShape(type) !== null);
}

function known(type: CanonicalType) {
  const found = types.get(type);
  if (found === undefined) throw new TypeError(`an engine declared a column of the type ${type}, which is no canonical type`);
  return found;
}
