import type { CanonicalType } from "@rehearse/dataset";
import { documentText } from "./document.ts";

/** A column's canonical type and the SQL that gives it to Parquet without loss. */
export interface Comparable {
  readonly type: CanonicalType;
  readonly sql: (column: string) => string;
}

/** How a column is read, or why it is not. */
export type Reading = Comparable | { readonly notComparable: string };

/** How a column of ClickHouse's type `source` is read, such as `LowCardinality(Nullable(String))`. Pure. */
export function readingOf(source: string): Reading {
  const bare = bareType(source);
  const { name, args } = parseType(bare);
  const exact = exactTypes[name];
  if (exact !== undefined) return { type: exact, sql: castTo(name) };
  switch (name) {
    case "BFloat16":
      return { type: "float32", sql: castTo("Float32") };
    case "Int128":
    case "UInt128":
    case "Int256":
    case "UInt256":
      return { type: "number", sql: castTo("String") };
    case "Decimal":
      return decimal(args);
    case "String":
    case "FixedString":
    case "Enum8":
    case "Enum16":
      return { type: "text", sql: castTo("String") };
    case "UUID":
      return { type: "uuid", sql: castTo("String") };
    case "Date":
    case "Date32":
      return { type: "date", sql: castTo("Date32") };
    case "DateTime":
      return { type: "timestamptz", sql: castTo("DateTime64(6, 'UTC')") };
    case "DateTime64":
      return instant(Number.parseInt(args, 10));
    case "JSON":
      return { type: "json", sql: (column) => documentText(column, bare) };
    default:
      return { notComparable: `Rehearse does not compare ${name} yet: write a query dataset that turns it into text or numbers` };
  }
}

/** How text is read that turns out not to be UTF-8: as the hexadecimal text of its bytes. */
export function asBytes(reading: Reading): Reading {
  return "type" in reading ? { type: "bytes", sql: (column) => `lower(hex(${reading.sql(column)}))` } : reading;
}

const exactTypes: Readonly<Record<string, CanonicalType>> = {
  Bool: "boolean",
  Int8: "int8",
  Int16: "int16",
  Int32: "int32",
  Int64: "int64",
  UInt8: "uint8",
  UInt16: "uint16",
  UInt32: "uint32",
  UInt64: "uint64",
  Float32: "float32",
  Float64: "float64",
};

function castTo(type: string): (column: string) => string {
  return (column) => `CAST(${column} AS Nullable(${type}))`;
}

function decimal(args: string): Reading {
  const [precision = 0, scale = 0] = args.split(",").map(Number);
  // Beyond 38 digits Parquet's readers round; the text is exact. A plain cast would drop the scale's zeros.
  if (precision > 38) return { type: "number", sql: (column) => `toDecimalString(${column}, ${scale})` };
  return { type: `decimal(${precision},${scale})`, sql: castTo(`Decimal(${precision}, ${scale})`) };
}

function instant(scale: number): Reading {
  if (scale <= 6) return { type: "timestamptz", sql: castTo("DateTime64(6, 'UTC')") };
  return { notComparable: `DateTime64(${scale}) is finer than the microseconds Rehearse compares: write a query dataset with toString(…)` };
}

/** The type without what only says how or whether a value is stored. */
function bareType(source: string): string {
  const inner = /^(?:Nullable\(|LowCardinality\(|SimpleAggregateFunction\(\w+(?:\([^)]*\))?, )(.*)\)$/s.exec(source)?.[1];
  return inner === undefined ? source : bareType(inner);
}

function parseType(type: string): { name: string; args: string } {
  const open = type.indexOf("(");
  return open < 0 ? { name: type, args: "" } : { name: type.slice(0, open), args: type.slice(open + 1, -1) };
}
