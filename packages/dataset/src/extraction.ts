import type { Column } from "./canonical-type.ts";

/**
 * What an engine hands over: its rows as a file that DuckDB reads, and what each column means.
 *
 * `csv`: no header, comma, every non-NULL cell quoted with `"`, NULL is a bare `\N`; a column a field, in the order of `columns` without the
 * not comparable ones; each cell is the canonical text of its type. `ndjson`: an object a line, each cell the same text in a string, or null.
 * `parquet`: a column a field by name, in types that widen to the canonical ones without loss.
 */
export interface Extraction {
  readonly format: "csv" | "ndjson" | "parquet";
  readonly file: string;
  readonly columns: readonly Column[];
  /** The primary key's columns, in order, as the engine knows it; empty where it has none that is enforced. */
  readonly key: readonly string[];
  /** How it was read, where that matters: `final` for merging ClickHouse tables. */
  readonly read?: string | undefined;
}
