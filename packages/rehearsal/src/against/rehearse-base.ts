import type { Scenario } from "@rehearse/config";
import type { Tables } from "@rehearse/dataset";
import type { Teardown } from "@rehearse/providers";
import { bringUp, type BringUp } from "../environment/bring-up.ts";
import { performRun } from "../perform-run.ts";
import { maskFailure } from "../steps/mask-secrets.ts";
import { planSteps } from "../steps/plan-steps.ts";
import { writeFacts } from "../store/run-store.ts";
import { runReferences } from "./run-references.ts";

export interface BaseRehearsal {
  /** The head's: its seeds are read in its folder, and the environment is found as its own. */
  readonly scenario: Scenario;
  readonly base: Scenario;
  readonly commit: string;
  /** Absolute: where facts and datasets go. */
  readonly folder: string;
  readonly tables: Promise<Tables>;
  readonly up: Pick<BringUp, "provider" | "secrets" | "onSecret" | "signal" | "progress">;
}

/** Runs every step of a base in an environment of its own, which is gone when this resolves. Its facts and datasets lie in `folder`. */
export async function rehearseBase({ scenario, base, commit, folder, tables, up }: BaseRehearsal): Promise<Teardown> {
  const { signal, progress } = up;
  const started = { at: new Date(), time: performance.now() };
  await using running = await bringUp({ ...up, scenario: base, directory: scenario.directory, mode: "test" });
  try {
    const run = await performRun({
      id: running.environment.id,
      scenario: base,
      commit: Promise.resolve(commit),
      plan: planSteps(base, null),
      only: null,
      running,
      tables: await tables,
      seedsOf: scenario,
      folder,
      against: { kind: "stored" },
      references: runReferences({ run: null, folder, title: "a base", failure: null }),
      started,
      signal,
      progress,
    });
    const teardown = await running.down();
    await writeFacts(folder, run);
    return teardown;
  } catch (thrown) {
    throw maskFailure(thrown, running.secrets);
  }
}
