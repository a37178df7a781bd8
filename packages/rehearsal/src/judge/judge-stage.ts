import type { StageConfig } from "@rehearse/config";
import type { Check } from "../model/report.ts";
import type { StageFact } from "../model/run.ts";
import { expectationChecks } from "./expected-differences.ts";
import { judgeAssertion } from "./judge-assertion.ts";
import { judgeDataset } from "./judge-dataset.ts";
import type { JudgeInput } from "./judge-input.ts";
import type { JudgedDataset } from "./rule-checks.ts";
import { failedStage, notRead, undeclaredWrite } from "./stage-checks.ts";
import { factOf, failed } from "./stage-facts.ts";

export interface JudgedStage {
  readonly checks: readonly Check[];
  /** What it left of each dataset that it declares. */
  readonly datasets: readonly JudgedDataset[];
}

/** The checks of one stage: how it ended, what it wrote, declared or not, and what was asked after it. */
export async function judgeStage(
  stage: StageConfig,
  { scenario, run, references, tables, openDataset, today }: JudgeInput,
): Promise<JudgedStage> {
  const fact = factOf(run, stage.name);
  const broken = run.steps.find((step): step is StageFact => step.kind === "stage" && failed(step));
  const missing = broken === undefined ? "the stage did not run" : `${broken.name} failed${broken.name === stage.name ? "" : " before it"}`;
  const checks: Check[] = [];
  const datasets: JudgedDataset[] = [];
  if (fact !== undefined && failed(fact)) checks.push(failedStage(stage, fact));
  for (const config of stage.writes) {
    const written = fact?.writes.find((write) => write.dataset === config.name);
    const unread = fact?.unread.find((it) => it.dataset === config.name);
    if (unread !== undefined) {
      checks.push(notRead(stage, { config, unread }));
      datasets.push({ stage: stage.name, config, current: null, reference: null, faults: [] });
    } else {
      const current = written === undefined ? null : await openDataset(written.directory);
      const reference = current === null ? null : await references.read(stage.name, config.name);
      const unreferenced = references.missing(stage.name, config.name);
      const vouched = run.against.kind === "stored" ? written?.vouched : undefined;
      const sides = { tables, stage, config, current, reference, missing, unreferenced, today, vouched };
      const { check, faults } = await judgeDataset(sides);
      checks.push(check, ...expectationChecks(check, faults));
      datasets.push({ stage: stage.name, config, current, reference, faults });
    }
  }
  for (const moved of fact?.undeclared ?? []) checks.push(undeclaredWrite(stage, moved));
  for (const assertion of scenario.assertions.filter((it) => it.after === stage.name)) {
    const answer = run.assertions.find((it) => it.name === assertion.name);
    checks.push(judgeAssertion(assertion, answer, missing));
  }
  return { checks, datasets };
}
