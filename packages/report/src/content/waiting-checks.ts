import type { Check, Report } from "@rehearse/rehearsal";
import { plural } from "./amounts.ts";
import { say, type Phrase } from "./phrase.ts";

/** Checks that came to nothing because a stage failed: there is one thing to say of all of them. */
export interface WaitingChecks {
  readonly checks: readonly Check[];
  /** `6 checks wait for clean`; no words where none do. */
  readonly words: Phrase;
}

/** The checks that wait for the stage that failed: its own, and those of the stages that did not run after it. */
export function waitingChecks({ checks, stages }: Report): WaitingChecks {
  const failed = checks.find(({ kind, verdict }) => kind === "stage" && verdict === "failed");
  if (failed === undefined) return { checks: [], words: [] };
  const idle = new Set([failed.stage, ...stages.filter(({ wallMs }) => wallMs === null).map(({ name }) => name)]);
  // What has a hint of its own waits for that.
  const waiting = checks.filter(
    ({ verdict, counts, hint, stage }) => verdict === "not compared" && counts === null && hint === "" && idle.has(stage),
  );
  if (waiting.length === 0) return { checks: [], words: [] };
  return {
    checks: waiting,
    words: say`${[`${plural(waiting.length, "check")} ${waiting.length === 1 ? "waits" : "wait"} for `]}${failed.stage}`,
  };
}
