/**
 * The types in which datasets are kept and compared. Each engine maps its own types to these exactly, or says why it cannot.
 *
 * `number` is an exact decimal of any length, kept as its text, scale included: 1.10 and 1.1 are two values.
 * `json` is the engine's own text of a document. `timestamp` has no zone, `timestamptz` is an instant; both are microseconds.
 */
export type CanonicalType =
  | "boolean"
  | "int8"
  | "int16"
  | "int32"
  | "int64"
  | "uint8"
  | "uint16"
  | "uint32"
  | "uint64"
  | `decimal(${number},${number})`
  | "number"
  | "float32"
  | "float64"
  | "text"
  | "bytes"
  | "date"
  | "time"
  | "timestamp"
  | "timestamptz"
  | "uuid"
  | "json";

/** A column of a dataset. */
export interface Column {
  readonly name: string;
  /** The engine's own name of its type, such as `numeric(10,2)` or `LowCardinality(String)`. */
  readonly source: string;
  /** Its canonical type, or why there is none: such a column is not read, and reported as not compared. */
  readonly type: CanonicalType | { readonly notComparable: string };
}
