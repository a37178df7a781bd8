/**
 * The types in which datasets are kept and compared. Each engine maps its own types to these exactly, or says why it cannot.
 *
 * Every value has one text form, which engines write into extractions and readers see in reports:
 *
 * | type | text |
 * |---|---|
 * | `boolean` | `true`, `false` |
 * | `int8` … `uint64` | decimal digits, `-` before negative ones |
 * | `decimal(p,s)` | exactly s digits after the point (read: up to s), no point where s is 0 |
 * | `number` | an exact decimal of any length, as its source gives it: 1.10 and 1.1 are two values; also `NaN`, `Infinity`, `-Infinity` |
 * | `float32`, `float64` | the shortest decimal that reads back as the same value; `NaN`, `Infinity`, `-Infinity`, `-0` |
 * | `text` | itself |
 * | `bytes` | two lower-case hexadecimal digits a byte |
 * | `date` | `YYYY-MM-DD`, more digits from the year 10000 on, ` BC` at the end before year 1; `infinity`, `-infinity` |
 * | `time` | `HH:MM:SS.ffffff` (read: up to six digits of fraction), up to `24:00:00.000000` |
 * | `timestamp` | date, space and time of day, ` BC` at the end; `infinity`, `-infinity`. It has no zone |
 * | `timestamptz` | the same in UTC with `+00` after the time. An instant |
 * | `uuid` | lower-case with hyphens |
 * | `json` | the engine's own text of the document |
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

/** A column whose values are stored. */
export interface StoredColumn extends Column {
  readonly type: CanonicalType;
}

/** The columns that are stored, in order: the ones that have a canonical type. */
export function storedColumns(columns: readonly Column[]): StoredColumn[] {
  return columns.filter((column): column is StoredColumn => typeof column.type === "string");
}
