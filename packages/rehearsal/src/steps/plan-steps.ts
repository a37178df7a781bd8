import type { Scenario, StageConfig, Step } from "@rehearse/config";
import { RehearseError } from "@rehearse/errors";

/** What a run does with a step: it runs, and its assertions are asked or not; or the tables it writes are loaded from references in its place. */
export type PlannedStep =
  | { readonly act: "run"; readonly step: Step; readonly ask: boolean }
  | { readonly act: "load"; readonly stage: StageConfig };

/**
 * What a run does, in order. For one stage alone, what goes before it is made ready without the stages before it: seeds run, and so does a stage that
 * declares no writes, for it makes what the others need; any other is replaced by its references. USAGE where there is no such stage.
 */
export function planSteps(scenario: Scenario, only: string | null): readonly PlannedStep[] {
  const { order } = scenario;
  if (only === null) return order.map((step) => ({ act: "run", step, ask: true }));
  const stage = stageNamed(scenario, only);
  const before = order
    .slice(0, order.indexOf(stage))
    .map((step): PlannedStep =>
      step.kind === "seed" || step.writes.length === 0 ? { act: "run", step, ask: false } : { act: "load", stage: step },
    );
  return [...before, { act: "run", step: stage, ask: true }];
}

function stageNamed({ name, file, stages }: Scenario, wanted: string): StageConfig {
  const stage = stages.find((one) => one.name === wanted);
  if (stage !== undefined) return stage;
  throw new RehearseError({
    code: "USAGE",
    message: `${name} has no stage "${wanted}".`,
    expected: `one of ${stages.map((one) => one.name).join(", ")}`,
    got: wanted,
    hint: `The stages are those of ${file}.`,
  });
}
