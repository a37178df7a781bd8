import { takeDownStale, type StaleTeardown } from "@rehearse/providers";
import { loadScenario } from "./load-scenario.ts";

/**
 * Takes down what earlier runs of a scenario, or of all, left: environments that were kept or whose rehearsal died, and every process or folder that
 * carries our mark and is in no ledger. A rehearsal that is going on is not touched.
 */
export async function takeDownEnvironments({ path, all }: { readonly path: string; readonly all: boolean }): Promise<StaleTeardown[]> {
  return takeDownStale(all ? "all" : { scenarioDirectory: (await loadScenario(path)).directory });
}
