export { acceptReference, type Acceptance } from "./references/accept-reference.ts";
export type { CanonicalType, Column, StoredColumn } from "./types/canonical-type.ts";
export { compareDatasets, type ComparisonRequest } from "./compare/compare-datasets.ts";
export { compareRelations, type RelationsRequest } from "./compare/compare-relations.ts";
export type {
  Cause,
  Cell,
  ChangedCell,
  ChangedRow,
  ColumnDifferences,
  ColumnRules,
  Comparison,
  ComparisonRules,
  ExpectedDifference,
  RowMatching,
  Rung,
  SchemaChange,
  Tolerance,
} from "./compare/comparison.ts";
export { relationOf, type Relation } from "./compare/relation.ts";
export { RuleError, type RuleProblem } from "./compare/rule-error.ts";
export { transformFault } from "./compare/transform.ts";
export type { Dataset } from "./rows/dataset.ts";
export { exportDataset } from "./rows/export-dataset.ts";
export { digestDataset } from "./rows/digest.ts";
export type { Extraction, TableShape } from "./rows/extraction.ts";
export type { Content, Digest, EngineDigest, Manifest, Provenance } from "./rows/manifest.ts";
export { standIn } from "./references/stand-in.ts";
export { materialiseFiles } from "./files/materialise-files.ts";
export { linkedFolder } from "./files/linked-folder.ts";
export { refusePartitions } from "./files/overlooked.ts";
export { materialise } from "./rows/materialise.ts";
export { readCells, type Cells } from "./rows/read-cells.ts";
export { readDataset, verifyBytes } from "./rows/read-dataset.ts";
export { cachedObject, fetchObject, type ReferenceStorage } from "./references/fetch-object.ts";
export type { ObjectStore, StoredObject } from "./references/object-store.ts";
export { openObjectStore } from "./references/open-object-store.ts";
export { readPointer, readReference, type ReferencePlace } from "./references/read-reference.ts";
export { conditionFault } from "./compare/expected/expected-rule.ts";
export { findOrphans } from "./orphans/find-orphans.ts";
export { tableEngine } from "./tables/table-engine.ts";
export { leastMegabytes, openTables, type Tables } from "./tables/tables.ts";
export { writeRestoration, type Restoration } from "./rows/write-restoration.ts";
export { compositeOf, isCanonicalType, listOf, mapOf, structOf, type Composite, type Field } from "./types/composite-type.ts";
export { openSides, type SidesRequest } from "./files/open-sides.ts";
export { parquetTypeMappings } from "./files/parquet-type-mappings.ts";
export { commonTypeFacts, typeFacts, type TypeFact } from "./types/type-table.ts";
