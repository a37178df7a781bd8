import { listEnvironment, sumOfTeardowns, type Teardown as TakenDown } from "@rehearse/providers";
import type { RunningEnvironment } from "./environment/running-environment.ts";
import type { Teardown } from "./model/run.ts";

/** All that a run made and removed: its own environment, taken down, and what it was compared with, which went before. */
export function wholeTeardown(own: TakenDown, before: TakenDown | null): Teardown {
  const { leftovers, ...counts } = sumOfTeardowns(before === null ? [own] : [own, before]);
  return { ...counts, leftovers: [...leftovers], kept: false };
}

/** The same for a run whose environment is kept. */
export function keptTeardown(running: RunningEnvironment, before: TakenDown | null): Teardown {
  const things = listEnvironment(running.environment.ledger.file)?.things ?? 0;
  const { leftovers, ...counts } = sumOfTeardowns([
    { created: things, removed: 0, left: things, leftovers: [] },
    ...(before === null ? [] : [before]),
  ]);
  return { ...counts, leftovers: [...leftovers], kept: true };
}
