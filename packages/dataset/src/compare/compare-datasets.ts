import { isDeepStrictEqual } from "node:util";
import { verifyBytes, verifyShape } from "../rows/read-dataset.ts";
import type { Dataset } from "../rows/dataset.ts";
import type { Tables } from "../tables/tables.ts";
import { compareRelations } from "./compare-relations.ts";
import type { Comparison, ComparisonRules } from "./comparison.ts";
import { relationOf } from "./relation.ts";

/** Two datasets to compare, and how. */
export interface ComparisonRequest {
  readonly tables: Tables;
  readonly reference: Dataset;
  readonly current: Dataset;
  readonly rules: ComparisonRules;
  /** How many examples of each kind to read; 10 unless told. */
  readonly examples?: number | undefined;
  /** As for `compareRelations`. */
  readonly fewRows?: number | undefined;
}

/** Compares two datasets at rest. As `compareRelations`, and DATASET_UNREADABLE where rows are not what their manifest says. */
export async function compareDatasets({ reference, current, ...request }: ComparisonRequest): Promise<Comparison> {
  const sides = { reference: relationOf(reference), current: relationOf(current) };
  const digests = { reference: reference.manifest.digest, current: current.manifest.digest };
  if (!isDeepStrictEqual(digests.reference, digests.current)) {
    for (const dataset of [reference, current]) await verifyShape(request.tables, dataset);
    return compareRelations({ ...request, ...sides });
  }
  // Their digests answer for rows that nobody reads: the files must be the ones that were digested.
  for (const dataset of [reference, current])
    await (dataset.manifest.file.name === "rows.parquet" ? verifyBytes : verifyShape)(request.tables, dataset);
  return compareRelations({
    ...request,
    reference: { ...sides.reference, digest: digests.reference },
    current: { ...sides.current, digest: digests.current },
  });
}
