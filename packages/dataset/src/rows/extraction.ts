import type { Column } from "../types/canonical-type.ts";
import type { EngineDigest } from "./manifest.ts";

/**
 * What an engine hands over: its rows as a file that DuckDB reads, and what each column means. Cells are canonical texts, see `CanonicalType`.
 *
 * `csv`: no header, comma, `\n` after each row, every non-NULL cell quoted with `"` (doubled within), NULL is a bare `\N`; a column a field, in the order
 * of `columns` without the not comparable ones. `ndjson`: an object a line with exactly these columns, each cell a string or null.
 * `parquet`: a field a column, found by name; typed so that it widens to the canonical type without loss, or VARCHAR that holds the canonical text.
 */
export type Extraction = ExtractionFacts &
  (
    | { readonly format: "parquet"; readonly rows?: number | undefined }
    | {
        readonly format: "csv" | "ndjson";
        /** Files of the same form with the rows after those of `file`. */
        readonly more?: readonly string[] | undefined;
        /** How many rows the engine wrote: text that is cut short may look whole. */
        readonly rows: number;
      }
  );

interface ExtractionFacts extends TableShape {
  readonly file: string;
  /** What the engine makes of just these rows, where it was asked to. */
  readonly engineDigest?: EngineDigest | undefined;
}

/** What an extraction tells besides the rows. */
export interface TableShape {
  readonly columns: readonly Column[];
  /** The primary key's columns, in order, as the engine knows it; empty where it has none that is enforced. */
  readonly key: readonly string[];
  /** How it was read, where that matters: `final` for merging ClickHouse tables. */
  readonly read?: string | undefined;
}
