import { orderSteps, type Scenario, type SeedConfig, type StageConfig } from "@rehearse/config";

/**
 * The scenario of a base as it is rehearsed beside the head: its own stages, on the head's seeds, with the head's reads noted, for only what is noted
 * in the same way can be compared. Nothing is asked: assertions are about the head. A text says why it cannot be rehearsed so.
 */
export function onHeadSeeds(base: Scenario, head: Scenario): Scenario | string {
  const problem = head.seeds.map((seed) => problemOf(seed, { base, head })).find((it) => it !== null);
  if (problem !== undefined) return problem;
  const stages = base.stages.map((stage) => withReads(stage, { base, head }));
  const ordering = orderSteps({ seeds: head.seeds, stages });
  if ("cycle" in ordering) return `the head's seeds and its stages would wait for each other`;
  return { ...base, seeds: head.seeds, stages, assertions: [], order: ordering.order };
}

interface Both {
  readonly base: Scenario;
  readonly head: Scenario;
}

function problemOf(seed: SeedConfig, both: Both): string | null {
  const awaited = seed.after.find((name) => !both.base.stages.some((stage) => stage.name === name));
  if (awaited !== undefined) return `it has no stage ${awaited}, after which the seed ${seed.name} goes in`;
  return isAlike(seed.service, both) ? null : `it has no such service as ${seed.service}, into which the seed ${seed.name} goes`;
}

function withReads(stage: StageConfig, both: Both): StageConfig {
  const own = both.head.stages.find(({ name }) => name === stage.name);
  return own === undefined ? stage : { ...stage, reads: own.reads.filter(({ service }) => isAlike(service, both)) };
}

function isAlike(service: string, { base, head }: Both): boolean {
  const engineOf = ({ services }: Scenario): string | undefined => services.find(({ name }) => name === service)?.engine;
  return engineOf(base) !== undefined && engineOf(base) === engineOf(head);
}
