import { asMultiset, chooseMatching } from "./choose-matching.ts";
import { compareAsMultiset } from "./compare-as-multiset.ts";
import { compareByKey } from "./compare-by-key.ts";
import { planColumns, type ComparedColumn } from "./compared-columns.ts";
import type { Comparison, ComparisonRules, RowMatching } from "./comparison.ts";
import type { Dataset } from "../rows/dataset.ts";
import { findKeyProblems } from "./key-problems.ts";
import { requireKnownColumns } from "./known-columns.ts";
import { verifyShape } from "../rows/read-dataset.ts";
import type { Tables } from "../tables/tables.ts";
import { requireUniqueNames } from "../types/unique-names.ts";

/** Two datasets to compare, and how. */
export interface ComparisonRequest {
  readonly tables: Tables;
  readonly reference: Dataset;
  readonly current: Dataset;
  readonly rules: ComparisonRules;
  /** How many examples of each kind to read; 10 unless told. */
  readonly examples?: number | undefined;
}

/**
 * Compares two datasets exactly: schema, then rows by key or as a multiset, cells by their canonical type. What could not be compared is said.
 * CONFIG_INVALID where the rules name a column that neither has, QUERY_FAILED where two columns have one name,
 * DATASET_UNREADABLE where rows are not what their manifest says.
 */
export async function compareDatasets({ tables, reference, current, rules, examples = 10 }: ComparisonRequest): Promise<Comparison> {
  const sides = { reference: reference.manifest, current: current.manifest };
  for (const manifest of Object.values(sides)) requireUniqueNames(manifest.columns);
  for (const dataset of [reference, current]) await verifyShape(tables, dataset);
  await requireKnownColumns({ tables, rules, sides: Object.values(sides) });
  const { compared, schema, notCompared } = planColumns({ ...sides, ignore: rules.ignore });
  const chosen = chooseMatching({ current: sides.current, compared, declared: rules.key, ignore: rules.ignore });
  const key = keyColumns(chosen, compared);
  const keyProblems = await findKeyProblems({ tables, reference, current, key });
  const matching =
    keyProblems.length === 0 ? chosen : asMultiset(compared, `the key (${chosen.columns.join(", ")}) does not tell rows apart`);
  const rows = { tables, reference, current, columns: compared, examples };
  const found = matching.by === "key" ? await compareByKey({ ...rows, key }) : await compareAsMultiset(rows);
  const different = schema.length + found.added + found.removed + found.changed > 0;
  return {
    verdict: different ? "different" : notCompared.length > 0 || compared.length === 0 ? "not compared" : "same",
    rows: { reference: sides.reference.rows, current: sides.current.rows },
    ...found,
    schema,
    notCompared,
    ignored: rules.ignore,
    matching,
    keyProblems,
    examples: { fields: compared.map(({ name }) => name), ...found.examples },
  };
}

function keyColumns(matching: RowMatching, compared: readonly ComparedColumn[]): ComparedColumn[] {
  return matching.by === "key" ? matching.columns.flatMap((name) => compared.filter((column) => column.name === name)) : [];
}
