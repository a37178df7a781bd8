import type { Scenario, StageConfig } from "@rehearse/config";
import type { Check, Divergence } from "../model/report.ts";
import type { Run } from "../model/run.ts";

export interface DivergenceInput {
  readonly scenario: Scenario;
  readonly run: Run;
  readonly checks: readonly Check[];
  /** The digests that a stage's reads had when its references were accepted, by stage and dataset. */
  readonly acceptedReads: ReadonlyMap<string, Readonly<Record<string, string>>>;
}

/**
 * Where the data departs from the reference, in the order of the stages. A divergence is a stage's own when everything it read was as it was when the
 * references were accepted, and downstream otherwise: `via` names what had changed before it.
 */
export function divergencesOf({ scenario, run, checks, acceptedReads }: DivergenceInput): Divergence[] {
  return checks.filter(departs).map((check) => {
    const stage = scenario.stages.find((candidate) => candidate.name === check.stage);
    const via = stage === undefined ? [] : changedReads(stage, { scenario, run, checks, acceptedReads });
    return {
      stage: check.stage,
      dataset: check.kind === "diff" || check.kind === "writes" ? check.name : null,
      assertion: check.kind === "assert" ? check.name : check.kind === "stage" ? "exits with 0" : null,
      origin: via.length === 0 ? "own" : "downstream",
      via,
    };
  });
}

function departs(check: Check): boolean {
  return check.verdict === "different" || check.verdict === "failed";
}

function changedReads(stage: StageConfig, { scenario, run, checks, acceptedReads }: DivergenceInput): string[] {
  const fact = run.steps.find((step) => step.kind === "stage" && step.name === stage.name);
  const accepted = acceptedReads.get(stage.name);
  return stage.reads.flatMap((read) => {
    const writer = lastWriter(scenario, stage, read.name);
    const now = fact?.kind === "stage" ? fact.reads.find((it) => it.dataset === read.name)?.digest : undefined;
    const before = accepted?.[read.name];
    const changed =
      now !== undefined && before !== undefined
        ? now !== before
        : checks.some((check) => check.kind === "diff" && check.stage === writer && check.name === read.name && check.verdict === "different");
    return changed ? [`${writer ?? "seed"}/${read.name}`] : [];
  });
}

/** The last stage before `stage`, in the order in which they run, that writes the dataset. */
function lastWriter(scenario: Scenario, stage: StageConfig, dataset: string): string | undefined {
  const before = scenario.order.slice(0, scenario.order.findIndex((step) => step.kind === "stage" && step.name === stage.name));
  return before.findLast((step): step is StageConfig => step.kind === "stage" && step.writes.some((write) => write.name === dataset))?.name;
}
