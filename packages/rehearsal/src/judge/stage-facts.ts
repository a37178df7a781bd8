import type { Run, StageFact } from "../model/run.ts";

/** Whether a stage ended badly. */
export function failed(fact: StageFact): boolean {
  return fact.exitCode !== 0 || fact.timedOut;
}

/** What a run knows of a stage; undefined where it did not run. */
export function factOf(run: Pick<Run, "steps">, stage: string): StageFact | undefined {
  return run.steps.find((step): step is StageFact => step.kind === "stage" && step.name === stage);
}
