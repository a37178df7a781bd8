import type { DatasetConfig, StageConfig } from "@rehearse/config";
import { compareDatasets, type Comparison, type Dataset, type Tables } from "@rehearse/dataset";
import type { Check } from "../model/report.ts";

export interface DatasetToJudge {
  readonly tables: Tables;
  readonly stage: StageConfig;
  readonly config: DatasetConfig;
  /** Null where the stage wrote none that could be read. */
  readonly current: Dataset | null;
  readonly reference: Dataset | null;
  /** Why there is no current dataset. */
  readonly missing: string;
}

/** The check of one dataset: what the stage wrote against its reference. */
export async function judgeDataset({ tables, stage, config, current, reference, missing }: DatasetToJudge): Promise<Check> {
  const base = { name: config.name, kind: "diff", stage: stage.name, line: config.position.line } as const;
  const notCompared = { ...base, verdict: "not compared", counts: null, detail: null } as const;
  if (current === null) return { ...notCompared, reason: missing, hint: "" };
  if (reference === null) return { ...notCompared, reason: "there is no reference yet", hint: "rehearse accept" };
  const comparison = await compareDatasets({ tables, reference, current, rules: { key: config.key, ignore: config.ignore } });
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
    reason: comparison.verdict === "not compared" ? whyNot(comparison) : "",
    hint:
      comparison.verdict === "not compared" && comparison.notCompared.length > 0
        ? `name the column in checks.diff.${config.name}.ignore`
        : "",
    detail: detailOf(comparison),
  };
}

function whyNot({ notCompared }: Comparison): string {
  return notCompared.length === 0 ? "every column is ignored" : notCompared.map((it) => `${it.column}: ${it.reason}`).join("; ");
}

function detailOf(comparison: Comparison): Check["detail"] {
  const { columns, schema, notCompared, ignored, matching, keyProblems, examples } = comparison;
  return structuredClone({
    kind: "diff" as const,
    columns: [...columns],
    schema: schema.map((change) =>
      change.change === "key" ? { ...change, reference: [...change.reference], current: [...change.current] } : change,
    ),
    notCompared: [...notCompared],
    ignored: [...ignored],
    matching: { by: matching.by, columns: [...matching.columns], reason: matching.by === "key" ? null : matching.reason },
    keyProblems: [...keyProblems],
    examples: {
      fields: [...examples.fields],
      changed: examples.changed.map((row) => ({ key: [...row.key], cells: [...row.cells] })),
      added: examples.added.map((row) => [...row]),
      removed: examples.removed.map((row) => [...row]),
    },
  });
}
