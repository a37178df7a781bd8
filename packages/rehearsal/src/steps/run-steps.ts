import type { AssertionFact } from "../model/assertion-fact.ts";
import type { SeedFact, StageFact } from "../model/run.ts";
import type { SingleStage } from "../model/single-stage.ts";
import { askAssertion } from "./ask-assertion.ts";
import { askBefore } from "./assertions/ask-before.ts";
import { later } from "./later.ts";
import { loadReferences } from "./load-references.ts";
import type { PlannedStep } from "./plan-steps.ts";
import { ReadDigests } from "./read-digests.ts";
import { runSeed } from "./run-seed.ts";
import { runStage } from "./run-stage.ts";
import type { StepContext } from "./step-context.ts";
import { seedProgress, stageProgress } from "./step-progress.ts";

export interface StepFacts {
  readonly steps: readonly (SeedFact | StageFact)[];
  readonly assertions: readonly AssertionFact[];
  readonly loaded: SingleStage["loaded"];
}

/** Carries out what is planned, in its order, and asks each assertion after its stage. The first stage that fails is the last step that runs. */
export async function runSteps(plan: readonly PlannedStep[], given: StepContext): Promise<StepFacts> {
  const { progress } = given;
  const facts: Promise<SeedFact | StageFact>[] = [];
  const assertions: AssertionFact[] = [];
  const loaded: SingleStage["loaded"] = [];
  const readDigests = new ReadDigests();
  // What was read of one stage becomes datasets while the next one runs; should that fail, there is no point in going on.
  const unreadable = new AbortController();
  const context = { ...given, signal: AbortSignal.any([given.signal, unreadable.signal]) };
  await context.watch.look();
  for (const planned of plan) {
    context.signal.throwIfAborted();
    if (planned.act === "load") {
      loaded.push(...(await loadReferences(planned.stage, context)));
      continue;
    }
    const { step, ask } = planned;
    progress({ state: "running", step: step.kind === "seed" ? "seed" : step.name, text: "", wallMs: null, maxRssBytes: null });
    if (step.kind === "seed") {
      const fact = await runSeed(step, context);
      facts.push(told(fact, facts.at(-1), () => progress(seedProgress(fact, step))));
      continue;
    }
    const questions = context.scenario.assertions.filter((assertion) => ask && assertion.after === step.name);
    const before = await askBefore(questions, context);
    const { failed, fact } = await runStage(step, context, readDigests);
    fact.catch((reason: unknown) => unreadable.abort(reason));
    facts.push(told(fact, facts.at(-1), (known) => progress(stageProgress(known))));
    if (failed) break;
    const asked = questions.map((assertion) => askAssertion(assertion, { context, before: before.get(assertion.name) }));
    assertions.push(...(await Promise.all(asked)));
  }
  const steps = await Promise.all(facts);
  await context.watch.known();
  return { steps, assertions, loaded };
}

/** A step's fact, which is told as soon as it is known, after those of the steps before it. */
function told<Fact>(fact: Fact | Promise<Fact>, before: Promise<unknown> | undefined, tell: (fact: Fact) => void): Promise<Fact> {
  const telling = async (): Promise<Fact> => {
    await before;
    const known = await fact;
    tell(known);
    return known;
  };
  return later(telling());
}
