import type { Manifest } from "./manifest.ts";

/** Typed rows at rest: what they are, and where. */
export interface Dataset {
  /** Absolute path of its directory. */
  readonly directory: string;
  readonly manifest: Manifest;
  /** Absolute path of its rows as Parquet; for a reference that is kept as text, an intermediate file that lives as long as the tables. */
  readonly parquet: string;
}
