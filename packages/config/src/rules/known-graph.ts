import type { Draft } from "../draft.ts";
import { splitTable } from "../split-table.ts";

/** Whether every need names a stage. Where one does not, which is said there, no order can be judged: the stage that was meant may make it right. */
export function needsAreKnown({ stages, stageNames }: Draft): boolean {
  return stages.every(({ value }) => (value.needs ?? []).every((need) => stageNames.includes(need)));
}

/** Whether every table that is written names a service. Where one does not, which is said there, it may be the very dataset that seems to be missing. */
export function writesAreKnown({ stages, serviceNames }: Draft): boolean {
  const written = stages.flatMap(({ value }) => value.writes ?? []);
  return written.every((write) => typeof write !== "string" || serviceNames.includes(splitTable(write).service));
}
