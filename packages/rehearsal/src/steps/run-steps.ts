import type { AssertionFact, SeedFact, StageFact } from "../model/run.ts";
import type { Progress } from "../progress.ts";
import { failed } from "../judge/stage-facts.ts";
import { askAssertion } from "./ask-assertion.ts";
import { ReadDigests } from "./read-digests.ts";
import { runSeed } from "./run-seed.ts";
import { runStage } from "./run-stage.ts";
import type { StepContext } from "./step-context.ts";
import { seedProgress, stageProgress } from "./step-progress.ts";

export interface StepFacts {
  readonly steps: readonly (SeedFact | StageFact)[];
  readonly assertions: readonly AssertionFact[];
}

/** Runs seeds and stages in their order, and asks each assertion after its stage. The first stage that fails is the last step that runs. */
export async function runSteps(context: StepContext, progress: Progress): Promise<StepFacts> {
  const steps: (SeedFact | StageFact)[] = [];
  const assertions: AssertionFact[] = [];
  const readDigests = new ReadDigests();
  await context.watch.look();
  for (const step of context.scenario.order) {
    context.signal.throwIfAborted();
    progress({ state: "running", step: step.kind === "seed" ? "seed" : step.name, text: "", wallMs: null, maxRssBytes: null });
    if (step.kind === "seed") {
      const fact = await runSeed(step, context);
      steps.push(fact);
      progress(seedProgress(fact, step));
      continue;
    }
    const fact = await runStage(step, context, readDigests);
    steps.push(fact);
    progress(stageProgress(fact));
    if (failed(fact)) break;
    const questions = context.scenario.assertions.filter((assertion) => assertion.after === step.name);
    assertions.push(...(await Promise.all(questions.map((assertion) => askAssertion(assertion, context)))));
  }
  return { steps, assertions };
}
