/**
 * The types in which datasets are kept and compared. Each engine maps its own types to these exactly, or says why it cannot. A type is one string.
 * Every value has one text form, which engines write into extractions and readers see in reports: `type-table.ts` says which. Some texts are read that are not
 * written: fewer digits of a fraction, any JSON.
 */
export type CanonicalType =
  | "boolean"
  | `${"int" | "uint"}${8 | 16 | 32 | 64 | 128 | 256}`
  | `decimal(${number},${number})`
  | "number"
  | "float32"
  | "float64"
  | "text"
  | "enum"
  | "bytes"
  | "date"
  | "time"
  | "time_ns"
  | "timestamp"
  | "timestamp_ns"
  | "timestamptz"
  | "timestamptz_ns"
  | "interval"
  | "uuid"
  | "json"
  | CompositeType;

/** A type that is made of others. */
export type CompositeType = `list(${string})` | `map(${string})` | `struct(${string})`;

/** A column of a dataset. */
export interface Column {
  readonly name: string;
  /** The engine's own name of its type, such as `numeric(10,2)` or `LowCardinality(String)`. */
  readonly source: string;
  /** Its canonical type, or why there is none: such a column is not read, and reported as not compared. */
  readonly type: CanonicalType | { readonly notComparable: string };
  /** Of a field of JSON objects, how its NULLs stood there: all as null, or none of them at all. */
  readonly nulls?: "null" | "missing" | undefined;
}

/** A column whose values are stored. */
export interface StoredColumn extends Column {
  readonly type: CanonicalType;
}

/** The columns that are stored, in order: the ones that have a canonical type. */
export function storedColumns(columns: readonly Column[]): StoredColumn[] {
  return columns.filter((column): column is StoredColumn => typeof column.type === "string");
}
