import type { StageConfig } from "@rehearse/config";
import type { Check, Report } from "../model/report.ts";
import type { Run } from "../model/run.ts";
import type { Verdict } from "../model/verdict.ts";
import { divergencesOf } from "./divergences.ts";
import type { JudgeInput } from "./judge-input.ts";
import { judgeStage } from "./judge-stage.ts";
import { readNotes } from "./read-notes.ts";
import { ruleChecks, type JudgedDataset } from "./rule-checks.ts";
import { seedNotes } from "./seed-notes.ts";
import { factOf, failed } from "./stage-facts.ts";
import { stageNotes } from "./stage-notes.ts";
import { stageReport } from "./stage-report.ts";
import { verdictOf } from "./verdict-of.ts";
import { weighNoise } from "./weigh-noise.ts";

/** The report: a function of the run's facts, the references, the checks of the file and the day. The same four give the same report. */
export async function judge(input: JudgeInput): Promise<Report> {
  const { scenario, run, references, next } = input;
  const stages = judgedStages(input);
  const found: Check[] = [];
  const datasets: JudgedDataset[] = [];
  for (const stage of stages) {
    const judged = await judgeStage(stage, input);
    found.push(...judged.checks);
    datasets.push(...judged.datasets);
  }
  found.push(...ruleChecks(datasets, scenario));
  if (run.only === null) found.push(...(await obsolete(input)));
  const { checks, notes } = await weighNoise(found, { ...input, stages });
  const facts = { scenario, run, checks, acceptedReads: await references.reads() };
  const divergences = divergencesOf(facts);
  const seeded = seedNotes(run, input.compared);
  const shown = stages.map((stage) => stageReport(stage, facts));
  return {
    version: 1,
    scenario: scenario.name,
    run: run.id,
    startedAt: run.startedAt,
    wallMs: run.wallMs,
    commit: run.commit,
    against: run.against,
    only: run.only,
    verdict: wholeVerdict(run, { checks, stages: shown }),
    checks,
    divergences,
    firstDivergence: divergences.find((divergence) => divergence.origin === "own") ?? null,
    stages: shown,
    seeds: run.steps.filter((step) => step.kind === "seed").map(({ name, into, rows, digest }) => ({ name, into, rows, digest })),
    teardown: run.teardown,
    provider: run.provider,
    notes: [
      ...(run.against.kind === "revision" ? run.against.notes : []),
      ...seeded,
      ...notes,
      ...readNotes(stages, facts, { seedsTold: seeded.length > 0 }),
      ...stageNotes(run),
    ],
    next,
  };
}

/** The verdict of all checks; a stage alone that has none is as in a run of the whole: the same where it ended well, for it moved nothing either. */
function wholeVerdict({ only }: Run, { checks, stages }: Pick<Report, "checks" | "stages">): Verdict {
  const alone = checks.length === 0 ? stages.find(({ name }) => name === only?.stage) : undefined;
  return alone?.verdict ?? verdictOf(checks);
}

/** The stages in their order; of a run of one stage alone that one, and any before it that failed. */
function judgedStages({ scenario, run }: JudgeInput): StageConfig[] {
  const stages = scenario.order.filter((step) => step.kind === "stage");
  if (run.only === null) return stages;
  const { stage: only } = run.only;
  return stages.filter(({ name }) => {
    const fact = factOf(run, name);
    return name === only || (fact !== undefined && failed(fact));
  });
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
      ...references.obsolete,
      line: 1,
      detail: null,
    }));
}
