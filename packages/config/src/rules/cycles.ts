import type { Draft } from "../draft.ts";
import type { Finding } from "../finding.ts";
import { asList } from "../as-list.ts";
import { orderSteps } from "../order.ts";

/** Stages that need each other in a circle: each circle once, from the stage that stands first in the file. */
export function* stageCycles(draft: Draft): Iterable<Finding> {
  if (!draft.stepsAreWhole) return;
  const stages = draft.stages.map(({ name, path, value }) => ({ name, path, needs: [...(value.needs ?? [])] }));
  for (;;) {
    const ordering = orderSteps({ seeds: [], stages });
    if ("order" in ordering) return;
    const start = stages.find((stage) => ordering.cycle.includes(stage));
    if (start === undefined) return;
    const from = ordering.cycle.indexOf(start);
    const circle = [...ordering.cycle.slice(from), ...ordering.cycle.slice(0, from), start].map(({ name }) => name);
    const need = start.needs.indexOf(circle[1] ?? start.name);
    yield {
      path: [...start.path, "needs", need],
      message: "stages that need each other never start",
      expected: "an order in which every stage follows what it needs",
      got: circle.join(" needs "),
    };
    // With this need taken away the circle is broken, and the next one shows.
    start.needs[need] = "";
  }
}

/** Seeds whose stages leave them no place: found only where the stages alone can be ordered. */
export function* seedCycles(draft: Draft): Iterable<Finding> {
  if (!draft.stepsAreWhole) return;
  const stages = draft.stages.map(({ name, value }) => ({ name, path: [], needs: value.needs ?? [] }));
  if ("cycle" in orderSteps({ seeds: [], stages })) return;
  const seeds = draft.seeds.map(({ path, value }) => ({ name: `the seed into ${value.into ?? ""}`, path, after: asList(value.after) }));
  const ordering = orderSteps({ seeds, stages });
  if ("order" in ordering) return;
  const seed = ordering.cycle.find((step) => step.path.length > 0);
  if (seed === undefined) return;
  yield {
    path: [...seed.path, "after"],
    message: "seeds and stages wait for each other",
    expected: "a seed precedes every stage that needs a stage of its `after`",
    got: [...ordering.cycle, ...ordering.cycle.slice(0, 1)].map(({ name }) => name).join(" waits for "),
  };
}
