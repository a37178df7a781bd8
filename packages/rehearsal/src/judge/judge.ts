import type { Scenario, StageConfig } from "@rehearse/config";
import type { Dataset, Tables } from "@rehearse/dataset";
import type { Check, Report } from "../model/report.ts";
import type { Run, StageFact } from "../model/run.ts";
import { divergencesOf } from "./divergences.ts";
import { judgeAssertion } from "./judge-assertion.ts";
import { judgeDataset } from "./judge-dataset.ts";
import { failedStage, notRead, undeclaredWrite } from "./stage-checks.ts";
import { factOf, failed } from "./stage-facts.ts";
import { stageReport } from "./stage-report.ts";
import { verdictOf } from "./verdict-of.ts";

/** The accepted side of a comparison. */
export interface References {
  /** The reference of a dataset, or null where none was accepted yet. */
  read(stage: string, dataset: string): Promise<Dataset | null>;
  /** The digests of each stage's reads at the time of acceptance. */
  reads(): Promise<ReadonlyMap<string, Readonly<Record<string, string>>>>;
  /** All that is stored, whether or not a stage still writes it. */
  list(): Promise<readonly { readonly stage: string; readonly dataset: string }[]>;
}

export interface JudgeInput {
  readonly scenario: Scenario;
  readonly run: Run;
  /** Opens a dataset of the run by its directory, as the run's facts name it. */
  readonly openDataset: (directory: string) => Promise<Dataset>;
  readonly references: References;
  readonly tables: Tables;
  readonly next: Report["next"];
}

/** The report: a function of the run's facts, the references and the checks of the file. The same three give the same report. */
export async function judge(input: JudgeInput): Promise<Report> {
  const { scenario, run, references, next } = input;
  const checks: Check[] = [];
  for (const step of scenario.order) if (step.kind === "stage") checks.push(...(await judgeStage(step, input)));
  checks.push(...(await obsolete(input)));
  const facts = { scenario, run, checks, acceptedReads: await references.reads() };
  const divergences = divergencesOf(facts);
  return {
    version: 1,
    scenario: scenario.name,
    run: run.id,
    startedAt: run.startedAt,
    wallMs: run.wallMs,
    verdict: verdictOf(checks),
    checks,
    divergences,
    firstDivergence: divergences.find((divergence) => divergence.origin === "own") ?? null,
    stages: scenario.order.filter((step) => step.kind === "stage").map((stage) => stageReport(stage, facts)),
    seeds: run.steps.filter((step) => step.kind === "seed").map(({ name, into, rows, digest }) => ({ name, into, rows, digest })),
    teardown: run.teardown,
    provider: run.provider,
    notes: run.steps.flatMap((step) =>
      step.kind === "stage" ? step.strays.map((stray) => `${step.name} left a process running, which was ended: ${stray}`) : [],
    ),
    next,
  };
}

async function judgeStage(stage: StageConfig, { scenario, run, references, tables, openDataset }: JudgeInput): Promise<Check[]> {
  const fact = factOf(run, stage.name);
  const broken = run.steps.find((step): step is StageFact => step.kind === "stage" && failed(step));
  const missing = broken === undefined ? "the stage did not run" : `${broken.name} failed${broken.name === stage.name ? "" : " before it"}`;
  const checks: Check[] = [];
  if (fact !== undefined && failed(fact)) checks.push(failedStage(stage, fact));
  for (const config of stage.writes) {
    const written = fact?.writes.find((write) => write.dataset === config.name);
    const unread = fact?.unread.find((it) => it.dataset === config.name);
    if (unread !== undefined) checks.push(notRead(stage, { config, unread }));
    else {
      const current = written === undefined ? null : await openDataset(written.directory);
      const reference = current === null ? null : await references.read(stage.name, config.name);
      checks.push(await judgeDataset({ tables, stage, config, current, reference, missing }));
    }
  }
  for (const moved of fact?.undeclared ?? []) checks.push(undeclaredWrite(stage, moved));
  for (const assertion of scenario.assertions.filter((it) => it.after === stage.name)) {
    const answer = run.assertions.find((it) => it.name === assertion.name);
    checks.push(judgeAssertion(assertion, answer, missing));
  }
  return checks;
}

/** A reference that no stage writes any more is a check that was lost: never silence. */
async function obsolete({ scenario, references }: JudgeInput): Promise<Check[]> {
  const stored = await references.list();
  const written = new Set(scenario.stages.flatMap((stage) => stage.writes.map((write) => `${stage.name}/${write.name}`)));
  return stored
    .filter(({ stage, dataset }) => !written.has(`${stage}/${dataset}`))
    .map(({ stage, dataset }) => ({
      name: dataset,
      kind: "diff" as const,
      stage,
      verdict: "not compared" as const,
      counts: null,
      reason: "a reference is stored, but no stage of the file writes it any more",
      hint: "rehearse accept",
      line: 1,
      detail: null,
    }));
}
