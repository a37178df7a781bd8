import type { Step } from "@rehearse/config";
import type { AssertionFact, SeedFact, StageFact } from "../model/run.ts";
import type { Progress } from "../progress.ts";
import { askAssertion } from "./ask-assertion.ts";
import { ReadDigests } from "./read-digests.ts";
import { runSeed } from "./run-seed.ts";
import { runStage } from "./run-stage.ts";
import type { StepContext } from "./step-context.ts";

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
    progress({ state: "running", step: step.name, text: "", wallMs: null, maxRssBytes: null });
    const fact = step.kind === "seed" ? await runSeed(step, context) : await runStage(step, context, readDigests);
    steps.push(fact);
    if (fact.kind === "seed") {
      progress({ state: "done", step: "seed", text: `${count(fact.rows, step)} from ${fact.name} → ${fact.into}`, wallMs: fact.wallMs, maxRssBytes: null });
      continue;
    }
    const ok = fact.exitCode === 0 && !fact.timedOut;
    progress({ state: ok ? "done" : "failed", step: fact.name, text: stageText(fact), wallMs: fact.wallMs, maxRssBytes: fact.maxRssBytes });
    if (!ok) break;
    for (const assertion of context.scenario.assertions.filter((it) => it.after === step.name)) assertions.push(await askAssertion(assertion, context));
  }
  return { steps, assertions };
}

function count(rows: number, step: Step): string {
  const script = step.kind === "seed" && step.from.kind === "script";
  return `${rows.toLocaleString("en")} ${script ? "statement" : "row"}${rows === 1 ? "" : "s"}`;
}

function stageText(fact: StageFact): string {
  if (fact.timedOut) return "ran out of time";
  if (fact.exitCode !== 0) return fact.signal === null ? `exited with ${fact.exitCode}` : `ended by ${fact.signal}`;
  return fact.writes.map((write) => `${write.rows.toLocaleString("en")} rows → ${write.dataset}`).join(", ");
}
