/** Canonical types whose values are written and read alike. */
export type TypeFamily =
  | "boolean"
  | "integer"
  | "decimal"
  | "number"
  | "float"
  | "text"
  | "enum"
  | "bytes"
  | "date"
  | "time"
  | "timestamp"
  | "timestamptz"
  | "interval"
  | "uuid"
  | "json"
  | "list"
  | "map"
  | "struct";

/** A type that is made of no others. */
export interface SimpleType {
  readonly family: TypeFamily;
  readonly storage: string;
}

/** How each simple type but the decimals is stored: the DuckDB type of its Parquet column. What Parquet would widen or cut short is text. */
const types = new Map<string, SimpleType>([
  ["boolean", { family: "boolean", storage: "BOOLEAN" }],
  ["int8", { family: "integer", storage: "TINYINT" }],
  ["int16", { family: "integer", storage: "SMALLINT" }],
  ["int32", { family: "integer", storage: "INTEGER" }],
  ["int64", { family: "integer", storage: "BIGINT" }],
  ["int128", { family: "integer", storage: "VARCHAR" }],
  ["int256", { family: "integer", storage: "VARCHAR" }],
  ["uint8", { family: "integer", storage: "UTINYINT" }],
  ["uint16", { family: "integer", storage: "USMALLINT" }],
  ["uint32", { family: "integer", storage: "UINTEGER" }],
  ["uint64", { family: "integer", storage: "UBIGINT" }],
  ["uint128", { family: "integer", storage: "VARCHAR" }],
  ["uint256", { family: "integer", storage: "VARCHAR" }],
  ["number", { family: "number", storage: "VARCHAR" }],
  ["float32", { family: "float", storage: "FLOAT" }],
  ["float64", { family: "float", storage: "DOUBLE" }],
  ["text", { family: "text", storage: "VARCHAR" }],
  ["enum", { family: "enum", storage: "VARCHAR" }],
  ["bytes", { family: "bytes", storage: "BLOB" }],
  ["date", { family: "date", storage: "DATE" }],
  ["time", { family: "time", storage: "TIME" }],
  ["time_ns", { family: "time", storage: "VARCHAR" }],
  ["timestamp", { family: "timestamp", storage: "TIMESTAMP" }],
  ["timestamp_ns", { family: "timestamp", storage: "TIMESTAMP_NS" }],
  ["timestamptz", { family: "timestamptz", storage: "TIMESTAMP WITH TIME ZONE" }],
  // DuckDB has no such type with a zone: it is stored in UTC.
  ["timestamptz_ns", { family: "timestamptz", storage: "TIMESTAMP_NS" }],
  ["interval", { family: "interval", storage: "VARCHAR" }],
  ["uuid", { family: "uuid", storage: "UUID" }],
  ["json", { family: "json", storage: "VARCHAR" }],
]);

/** What is known of a type that is made of no others, a decimal among them; null for every other text. */
export function simpleType(type: string): SimpleType | null {
  const shape = type === type.toLowerCase() ? decimalShape(type) : null;
  if (shape === null) return types.get(type) ?? null;
  return { family: "decimal", storage: isNativeDecimal(shape) ? `DECIMAL(${shape.precision},${shape.scale})` : "VARCHAR" };
}

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

/** The same for what is known to be a decimal. */
export function shapeOfDecimal(type: string): DecimalShape {
  const shape = decimalShape(type);
  if (shape === null) throw new TypeError(`${type} is no decimal`);
  return shape;
}

/** Whether DuckDB has such a decimal. Others are stored as their text. */
export function isNativeDecimal({ precision, scale }: DecimalShape): boolean {
  return precision <= 38 && scale <= precision;
}
