import type { Dataset } from "../rows/dataset.ts";
import type { Digest } from "../rows/manifest.ts";
import { scanStored } from "../rows/scan-stored.ts";
import { storedColumns, type Column } from "../types/canonical-type.ts";

/** One side of a comparison: rows that SQL reads where they lie, and what they are. */
export interface Relation {
  /** How messages call it: a folder or a file. */
  readonly title: string;
  readonly columns: readonly Column[];
  /** The primary key's columns, as whoever holds the rows knows it; empty where there is none. */
  readonly key: readonly string[];
  readonly rows: number;
  /** What stands after FROM: one row a row. */
  readonly from: string;
  /** For each column that has a canonical type, in order: SQL over `from` that gives its value as the type is stored. */
  readonly values: readonly string[];
  /** The Parquet file that `from` reads, its columns by position as `c0`, `c1`, …: how rows lie there helps to read them in parts. */
  readonly parquet?: string;
  /** The digest of all its rows and stored columns, where it is known to be theirs. */
  readonly digest?: Digest | undefined;
}

/** A dataset at rest as a side of a comparison. */
export function relationOf(dataset: Dataset): Relation {
  const { columns, key, rows } = dataset.manifest;
  return {
    title: dataset.directory,
    columns,
    key,
    rows,
    from: scanStored(dataset),
    values: storedColumns(columns).map((_, index) => `c${index}`),
    parquet: dataset.parquet,
  };
}
