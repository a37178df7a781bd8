import type { DatasetConfig, StageConfig } from "@rehearse/config";
import type { Comparison, Dataset, RuleProblem, Tables } from "@rehearse/dataset";
import type { Check } from "../model/report.ts";
import { columnRuleWords } from "./column-rule-words.ts";
import { expectedDetail } from "./expected-differences.ts";
import { followRules } from "./follow-rules.ts";
import type { Why } from "./references.ts";

type DiffDetail = Extract<NonNullable<Check["detail"]>, { kind: "diff" }>;

export interface DatasetToJudge {
  readonly tables: Tables;
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

export interface DatasetJudgement {
  readonly check: Check;
  /** The rules of the file that could not be followed, and why: without them it was compared. */
  readonly faults: readonly RuleProblem[];
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
}: DatasetToJudge): Promise<DatasetJudgement> {
  const base = { name: config.name, kind: "diff", stage: stage.name, line: config.position.line } as const;
  const notCompared = { ...base, verdict: "not compared", counts: null, detail: null } as const;
  if (current === null) return { check: { ...notCompared, reason: missing, hint: "" }, faults: [] };
  if (reference === null) return { check: { ...notCompared, ...unreferenced }, faults: [] };
  const { today } = at;
  const followed = await followRules({ tables: at.tables, reference, current }, { dataset: config, today });
  const { comparison, faults } = followed;
  const check: Check = {
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
      ...detailOf(comparison, followed.config),
      expected: expectedDetail({ config, comparison, faults, today }),
      rung: vouched === undefined || comparison.rung.name !== "digests" ? comparison.rung : vouchedRung(vouched),
    },
  };
  return { check, faults };
}

/** The reference was compared with itself. */
function vouchedRung(algorithm: string): Comparison["rung"] {
  return {
    name: "the engine's digest",
    why: `the table has the one with which its reference was accepted (${algorithm}), so it was not read`,
  };
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
