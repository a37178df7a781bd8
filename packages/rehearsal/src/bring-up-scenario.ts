import type { ProviderName } from "@rehearse/providers";
import { bringUp } from "./environment/bring-up.ts";
import { leftEnvironment, type LeftEnvironment } from "./environment/left-environment.ts";
import { loadScenario } from "./load-scenario.ts";
import type { Progress } from "./progress.ts";
import { maskFailure } from "./steps/mask-secrets.ts";
import { runSeed } from "./steps/run-seed.ts";
import { seedProgress } from "./steps/step-progress.ts";
import { TableWatch } from "./steps/table-watch.ts";

/** Starts a scenario's services, puts in the seeds that wait for no stage, and leaves the environment running. */
export async function bringUpScenario({
  path: file,
  provider,
  signal,
  progress,
}: {
  readonly path: string;
  readonly provider: ProviderName;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}): Promise<LeftEnvironment> {
  const scenario = await loadScenario(file);
  await using running = await bringUp({ scenario, directory: scenario.directory, provider, mode: "up", signal, progress });
  const watch = new TableWatch(running.sessions);
  const context = { environment: running, watch, seedsOf: scenario, signal: AbortSignal.any([signal, running.lost]) };
  try {
    for (const seed of scenario.seeds.filter((it) => it.after.length === 0)) progress(seedProgress(await runSeed(seed, context), seed));
    signal.throwIfAborted();
    return await leftEnvironment(running);
  } catch (thrown) {
    throw maskFailure(thrown, running.secrets);
  }
}
