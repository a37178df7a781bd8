/** What the order must know of a stage and a seed. */
interface StageNode {
  readonly name: string;
  readonly needs: readonly string[];
}
interface SeedNode {
  readonly after: readonly string[];
}

/** All steps in the one order in which they run, or a circle in which each step waits for the next and the last for the first. */
export type Ordering<Step> = { readonly order: readonly Step[] } | { readonly cycle: readonly Step[] };

/** Of each stage, all stages that must have ended before it: what it needs, directly or through others. */
export function ancestorsOf(stages: readonly StageNode[]): ReadonlyMap<string, ReadonlySet<string>> {
  const needs = new Map(stages.map((stage) => [stage.name, stage.needs]));
  return new Map(
    stages.map((stage) => {
      const found = new Set<string>();
      const pending = [...stage.needs];
      for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
        if (found.has(name)) continue;
        found.add(name);
        pending.push(...(needs.get(name) ?? []));
      }
      return [stage.name, found];
    }),
  );
}

/**
 * Orders seeds and stages. A stage follows what it needs. A seed without `after` precedes every stage; one with `after` follows those stages and
 * precedes all that need one of them, save a stage that the seed itself waits for. Seeds run as early as they can; otherwise the file's order holds.
 */
export function orderSteps<Seed extends SeedNode, Stage extends StageNode>(steps: {
  readonly seeds: readonly Seed[];
  readonly stages: readonly Stage[];
}): Ordering<Seed | Stage> {
  const predecessors = predecessorsOf(steps);
  const order = new Set<Seed | Stage>();
  const waits = (step: Seed | Stage) => predecessors.get(step)?.find((before) => !order.has(before));
  while (order.size < predecessors.size) {
    const pending = [...predecessors.keys()].filter((step) => !order.has(step));
    const next = pending.find((step) => waits(step) === undefined);
    if (next === undefined) return { cycle: cycleFrom(pending, waits) };
    order.add(next);
  }
  return { order: [...order] };
}

/** What must have ended before each step; seeds first, so that of two steps that could run the seed is taken. */
function predecessorsOf<Seed extends SeedNode, Stage extends StageNode>(steps: {
  readonly seeds: readonly Seed[];
  readonly stages: readonly Stage[];
}): Map<Seed | Stage, readonly (Seed | Stage)[]> {
  const { seeds, stages } = steps;
  const ancestors = ancestorsOf(stages);
  const needs = (stage: string, other: string) => ancestors.get(stage)?.has(other) === true;
  const precedes = (seed: Seed, { name }: Stage) => {
    const isAwaited = seed.after.some((after) => after === name || needs(after, name));
    return !isAwaited && (seed.after.length === 0 || seed.after.some((after) => needs(name, after)));
  };
  return new Map<Seed | Stage, readonly (Seed | Stage)[]>([
    ...seeds.map((seed) => [seed, stages.filter((stage) => seed.after.includes(stage.name))] as const),
    ...stages.map(
      (stage) =>
        [stage, [...stages.filter((other) => stage.needs.includes(other.name)), ...seeds.filter((seed) => precedes(seed, stage))]] as const,
    ),
  ]);
}

/** Follows what each step waits for until a step comes again. */
function cycleFrom<Step>(pending: readonly Step[], waits: (step: Step) => Step | undefined): readonly Step[] {
  const trail: Step[] = [];
  for (let step = pending[0]; step !== undefined; step = waits(step)) {
    const start = trail.indexOf(step);
    if (start !== -1) return trail.slice(start);
    trail.push(step);
  }
  return trail;
}
