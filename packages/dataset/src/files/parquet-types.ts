import type { CanonicalType } from "../types/canonical-type.ts";
import { isCanonicalType, listOf, mapOf, structOf } from "../types/composite-type.ts";
import { decimalShape } from "../types/simple-type.ts";
import { parseDuckDBType, type DuckDBType } from "./duckdb-type.ts";

/** How the types in which DuckDB reads a Parquet file are compared; the decimals, lists, maps and structs go by their parts. */
const readAs: Readonly<Record<string, CanonicalType>> = {
  BOOLEAN: "boolean",
  TINYINT: "int8",
  SMALLINT: "int16",
  INTEGER: "int32",
  BIGINT: "int64",
  UTINYINT: "uint8",
  USMALLINT: "uint16",
  UINTEGER: "uint32",
  UBIGINT: "uint64",
  FLOAT: "float32",
  DOUBLE: "float64",
  VARCHAR: "text",
  BLOB: "bytes",
  DATE: "date",
  TIME: "time",
  TIMESTAMP: "timestamp",
  TIMESTAMP_NS: "timestamp_ns",
  "TIMESTAMP WITH TIME ZONE": "timestamptz",
  INTERVAL: "interval",
  UUID: "uuid",
  JSON: "json",
};

/** A column of a Parquet file, or a part of one, as the file says itself. */
export interface ParquetNode {
  readonly physical: string;
  readonly logical: string;
  readonly precision: number;
  readonly scale: number;
}

/** The canonical type of a column that DuckDB reads as `type` from these nodes of the file, its own first, or why there is none. */
export function parquetType(type: string, nodes: readonly ParquetNode[]): CanonicalType | { readonly notComparable: string } {
  const lost = nodes.map(whatIsLost).find((reason) => reason !== null);
  if (lost !== undefined) return { notComparable: lost };
  if (nodes.length === 1 && nodes[0]?.logical.startsWith("NullType") === true) return "text";
  const canonical = canonicalOf(parseDuckDBType(type));
  return canonical !== null && isCanonicalType(canonical) ? canonical : { notComparable: `Rehearse does not compare ${type}` };
}

/** Values that can be had from the bytes of a column, but not from within another. */
function whatIsLost(leaf: ParquetNode): string | null {
  if (!isRounded(leaf)) return null;
  const what = leaf.physical === "INT96" ? "INT96" : leaf.precision > 38 ? "decimals of more than 38 digits" : "times in nanoseconds";
  return `${what} within lists, maps and groups cannot be read exactly: write them as columns, or in microseconds`;
}

/** Whether DuckDB would round the values of a column: INT96, instants and times in nanoseconds, long decimals. */
export function isRounded({ physical, logical, precision }: ParquetNode): boolean {
  if (physical === "INT96" || precision > 38) return true;
  return logical.includes("NANOS=NanoSeconds") && (logical.startsWith("TimeType") || logical.includes("isAdjustedToUTC=1"));
}

function canonicalOf(type: DuckDBType): CanonicalType | null {
  if (type.kind === "simple") return readAs[type.name] ?? decimalOf(type.name);
  if (type.kind === "list") {
    const element = canonicalOf(type.element);
    return element === null ? null : listOf(element);
  }
  if (type.kind === "map") {
    const [key, value] = [canonicalOf(type.key), canonicalOf(type.value)];
    return key === null || value === null ? null : mapOf({ key, value });
  }
  const fields = type.fields.flatMap(({ name, type: inner }) => {
    const canonical = canonicalOf(inner);
    return canonical === null ? [] : [{ name, type: canonical }];
  });
  return fields.length === type.fields.length ? structOf(fields) : null;
}

function decimalOf(name: string): CanonicalType | null {
  const shape = decimalShape(name);
  return shape === null ? null : `decimal(${shape.precision},${shape.scale})`;
}
