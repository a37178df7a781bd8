import { takeDown, type Environment, type Teardown } from "@rehearse/providers";
import type { Progress } from "../progress.ts";

/** Takes an environment down and says how that ended, whether a rehearsal ended well or broke off. */
export async function takeDownEnvironment(environment: Environment, progress: Progress): Promise<Teardown> {
  const start = performance.now();
  progress({ state: "running", step: "down", text: "", wallMs: null, maxRssBytes: null });
  const teardown = await takeDown(environment.ledger.file);
  const { created, removed, left, leftovers } = teardown;
  const text = `created ${created} · removed ${removed} · left ${left}`;
  progress({ state: left === 0 ? "done" : "failed", step: "down", text, wallMs: performance.now() - start, maxRssBytes: null });
  // A rehearsal that broke off has no report that would name them.
  for (const leftover of leftovers) progress({ state: "failed", step: "left", text: leftover, wallMs: null, maxRssBytes: null });
  return teardown;
}
