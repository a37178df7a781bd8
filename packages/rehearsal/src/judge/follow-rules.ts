import type { DatasetConfig } from "@rehearse/config";
import { compareDatasets, RuleError, type Comparison, type ComparisonRequest, type RuleProblem } from "@rehearse/dataset";
import { expectedRules } from "./expected-differences.ts";

/** A comparison under as many of its rules as can be followed. */
export interface Followed {
  readonly comparison: Comparison;
  /** The dataset with the rules that were. */
  readonly config: DatasetConfig;
  /** Those that could not be followed, and why. */
  readonly faults: readonly RuleProblem[];
}

/**
 * Compares under the rules of the file. One that cannot be followed costs no verdict: it is left out, as if the file did not have it, so that nothing is equal
 * that is not, and is told of.
 */
export async function followRules(
  sides: Omit<ComparisonRequest, "rules">,
  { dataset, today }: { readonly dataset: DatasetConfig; readonly today: string },
): Promise<Followed> {
  const faults: RuleProblem[] = [];
  for (let config = dataset; ;) {
    try {
      return { comparison: await compareDatasets({ ...sides, rules: rulesOf(config, { faults, today }) }), config, faults };
    } catch (error) {
      if (!(error instanceof RuleError) || faults.length >= ruleCount(dataset)) throw error;
      faults.push(error.problem);
      config = without(config, error.problem);
    }
  }
}

function rulesOf(
  { key, ignore, columns, samplePercent, expected }: DatasetConfig,
  { faults, today }: { readonly faults: readonly RuleProblem[]; readonly today: string },
): ComparisonRequest["rules"] {
  const sample = samplePercent === undefined ? undefined : { percent: samplePercent };
  return { key, ignore, columns, sample, expected: expectedRules({ expected }, { faults, today }) };
}

/** As many as can be at fault, each once. */
function ruleCount({ ignore, columns, expected }: DatasetConfig): number {
  return 1 + ignore.length + Object.keys(columns).length + expected.length;
}

/** A fault of the key is one of all of it: rows that match by a part of it are not those that were meant. */
function without(config: DatasetConfig, { path: [rule, part], got }: RuleProblem): DatasetConfig {
  if (rule === "key") return { ...config, key: undefined };
  if (rule === "ignore") return { ...config, ignore: config.ignore.filter((name) => name !== got) };
  if (rule !== "columns") return config;
  return { ...config, columns: Object.fromEntries(Object.entries(config.columns).filter(([name]) => name !== part)) };
}
