import { ConfigError, diffRuleProblem, type DatasetConfig, type StageConfig } from "@rehearse/config";
import { compareDatasets, RuleError, type Comparison, type ComparisonRequest, type Dataset, type Tables } from "@rehearse/dataset";
import type { Check } from "../model/report.ts";
import { columnRuleWords } from "./column-rule-words.ts";
import { expectedDetail, expectedRules } from "./expected-differences.ts";
import type { Why } from "./references.ts";

type DiffDetail = Extract<NonNullable<Check["detail"]>, { kind: "diff" }>;

export interface DatasetToJudge {
  readonly tables: Tables;
  /** The scenario's file, which a rule that cannot be followed is in. */
  readonly file: string;
  readonly stage: StageConfig;
  readonly config: DatasetConfig;
  /** Null where the stage wrote none that could be read. */
  readonly current: Dataset | null;
  readonly reference: Dataset | null;
  /** The day, in UTC, on which it is judged: rules of expected differences expire. */
  readonly today: string;
  /** Why there is no current dataset. */
  readonly missing: string;
  /** Why there is no reference, and what to do about it. */
  readonly unreferenced: Why;
  /** The algorithm of the engine's digest by which the reference of the run was taken for what the stage wrote; undefined where that was read. */
  readonly vouched?: string | undefined;
}

/** The check of one dataset: what the stage wrote against its reference. */
export async function judgeDataset({
  config,
  stage,
  current,
  reference,
  missing,
  unreferenced,
  vouched,
  ...at
}: DatasetToJudge): Promise<Check> {
  const base = { name: config.name, kind: "diff", stage: stage.name, line: config.position.line } as const;
  const notCompared = { ...base, verdict: "not compared", counts: null, detail: null } as const;
  if (current === null) return { ...notCompared, reason: missing, hint: "" };
  if (reference === null) return { ...notCompared, ...unreferenced };
  const comparison = await compare({ tables: at.tables, reference, current }, { file: at.file, dataset: config, today: at.today });
  return {
    ...base,
    verdict: comparison.verdict,
    counts: {
      reference: comparison.rows.reference,
      current: comparison.rows.current,
      added: comparison.added,
      removed: comparison.removed,
      changed: comparison.changed,
    },
    reason: reasonOf(comparison),
    hint:
      comparison.verdict === "not compared" && comparison.notCompared.length > 0
        ? `name the column in checks.diff.${config.name}.ignore`
        : "",
    detail: {
      ...detailOf(comparison, config),
      expected: expectedDetail({ config, comparison, today: at.today }),
      rung: vouched === undefined || comparison.rung.name !== "digests" ? comparison.rung : vouchedRung(vouched),
    },
  };
}

/** The reference was compared with itself. */
function vouchedRung(algorithm: string): Comparison["rung"] {
  return {
    name: "the engine's digest",
    why: `the table has the one with which its reference was accepted (${algorithm}), so it was not read`,
  };
}

/** CONFIG_INVALID with the place in the file where a rule cannot be followed. */
async function compare(
  sides: Omit<ComparisonRequest, "rules">,
  rule: { readonly file: string; readonly dataset: DatasetConfig; readonly today: string },
): Promise<Comparison> {
  const { key, ignore, columns, samplePercent } = rule.dataset;
  const sample = samplePercent === undefined ? undefined : { percent: samplePercent };
  try {
    return await compareDatasets({ ...sides, rules: { key, ignore, columns, sample, expected: expectedRules(rule.dataset, rule.today) } });
  } catch (error) {
    if (!(error instanceof RuleError)) throw error;
    const then = "run `rehearse check`: what was rehearsed is kept, and nothing runs again";
    throw new ConfigError(rule.file, [diffRuleProblem(rule, error.problem)], then);
  }
}

/** Why a comparison came to no verdict, in a sentence; empty where its counts say it all. */
export function reasonOf({ verdict, notCompared, sampled, rows, added, removed, changed }: Comparison): string {
  if (sampled !== null && verdict === "different" && added + removed + changed === 0 && rows.reference !== rows.current)
    return "the number of rows differs, though no row of the sample does";
  if (verdict !== "not compared") return "";
  if (notCompared.length === 0 && sampled?.rows === 0) return "no row is in the sample";
  return notCompared.length === 0 ? "every column is ignored" : notCompared.map((it) => `${it.column}: ${it.reason}`).join("; ");
}

/** What a comparison found, for the report. */
export function detailOf(comparison: Comparison, config: Pick<DatasetConfig, "columns">): Omit<DiffDetail, "expected"> {
  const { columns, causes, schema, notCompared, ignored, matching, keyProblems, rung, sampled, examples } = comparison;
  return structuredClone({
    kind: "diff" as const,
    columns: [...columns],
    causes: [...causes],
    schema: schema.map((change) =>
      change.change === "key" ? { ...change, reference: [...change.reference], current: [...change.current] } : change,
    ),
    notCompared: [...notCompared],
    ignored: [...ignored],
    rules: columnRuleWords(config),
    unexpected: comparison.expected.unexpected,
    matching: { by: matching.by, columns: [...matching.columns], reason: matching.by === "key" ? null : matching.reason },
    keyProblems: [...keyProblems],
    rung,
    sampled,
    examples: {
      fields: [...examples.fields],
      changed: examples.changed.map((row) => ({ key: [...row.key], cells: [...row.cells] })),
      added: examples.added.map((row) => [...row]),
      removed: examples.removed.map((row) => [...row]),
    },
  });
}
