import { takeDownStale, type StaleTeardown } from "@rehearse/providers";
import { environmentStatus, type EnvironmentStatus } from "./environment-status.ts";
import { loadScenario } from "./load-scenario.ts";

/** What there was of a scenario, or of all. */
export interface TakenDown {
  readonly ended: readonly StaleTeardown[];
  /** Rehearsals that are going on: these were not touched. */
  readonly running: readonly EnvironmentStatus[];
}

/**
 * Takes down what earlier runs of a scenario, or of all, left: environments that were kept or whose rehearsal died, and every process or folder that
 * carries our mark and is in no ledger. A rehearsal that is going on is not touched.
 */
export async function takeDownEnvironments({ path, all }: { readonly path: string; readonly all: boolean }): Promise<TakenDown> {
  const directory = all ? null : (await loadScenario(path)).directory;
  const ended = await takeDownStale(directory === null ? "all" : { scenarioDirectory: directory });
  const isMeant = ({ scenarioDirectory }: EnvironmentStatus): boolean => directory === null || scenarioDirectory === directory;
  return { ended, running: environmentStatus().filter((one) => one.state === "running" && isMeant(one)) };
}
