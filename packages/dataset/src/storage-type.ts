import type { CanonicalType } from "./canonical-type.ts";

/** How each canonical type is stored: the DuckDB type of its Parquet column. Decimals are computed, see below. */
const storageTypes: Readonly<Record<string, string>> = {
  boolean: "BOOLEAN",
  int8: "TINYINT",
  int16: "SMALLINT",
  int32: "INTEGER",
  int64: "BIGINT",
  uint8: "UTINYINT",
  uint16: "USMALLINT",
  uint32: "UINTEGER",
  uint64: "UBIGINT",
  number: "VARCHAR",
  float32: "FLOAT",
  float64: "DOUBLE",
  text: "VARCHAR",
  bytes: "BLOB",
  date: "DATE",
  time: "TIME",
  timestamp: "TIMESTAMP",
  timestamptz: "TIMESTAMP WITH TIME ZONE",
  uuid: "UUID",
  json: "VARCHAR",
};

/** Precision and scale of `decimal(p,s)`, null for every other type. */
export function decimalShape(type: string): { readonly precision: number; readonly scale: number } | null {
  const match = /^decimal\((\d{1,4}),(\d{1,4})\)$/i.exec(type);
  const [precision, scale] = [Number(match?.[1]), Number(match?.[2])];
  return precision >= 1 && precision <= 1000 && scale <= 1000 ? { precision, scale } : null;
}

/** The DuckDB type that stores a canonical type. Decimals that DuckDB has no room for are stored as their text. */
export function storageType(type: CanonicalType): string {
  const decimal = decimalShape(type);
  if (decimal !== null) return decimal.precision <= 38 && decimal.scale <= decimal.precision ? `DECIMAL(${decimal.precision},${decimal.scale})` : "VARCHAR";
  const stored = storageTypes[type];
  if (stored === undefined) throw new TypeError(`no canonical type: ${type}`);
  return stored;
}

/** Whether a text names a canonical type. */
export function isCanonicalType(type: string): type is CanonicalType {
  return Object.hasOwn(storageTypes, type) || (type === type.toLowerCase() && decimalShape(type) !== null);
}
