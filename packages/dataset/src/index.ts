export type { CanonicalType, Column } from "./canonical-type.ts";
export type { Cell, ChangedCell, ChangedRow, Comparison, ComparisonRules, RowMatching, SchemaChange } from "./comparison.ts";
export type { Extraction } from "./extraction.ts";
export type { Digest, Manifest } from "./manifest.ts";
