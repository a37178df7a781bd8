import { readScenarioName } from "@rehearse/config";
import { messageOf } from "@rehearse/errors";
import { maskFailure } from "@rehearse/rehearsal";
import { renderBrokenOff, type BrokenOff } from "@rehearse/report";
import { emitAnnotations } from "../annotations/emit-annotations.ts";
import { oweComment } from "../comment/owed-comment.ts";
import type { WorkflowRun } from "../event/workflow-run.ts";
import { writeLog } from "../log/write-log.ts";
import { breakOffWords, killedWords } from "./failure-words.ts";
import { tellPullRequest } from "./tell-pull-request.ts";

export interface VerdictDue {
  readonly config: string;
  readonly run: WorkflowRun;
  readonly token: string;
  readonly comment: boolean;
  readonly owed: string;
  readonly signal: AbortSignal;
  /** Ends what is said after `signal`. */
  readonly farewell: AbortSignal;
  /** Those that are known when something breaks off: no word of it has one. */
  readonly secrets: readonly string[];
}

/**
 * Rehearses, and owes the comment that says the verdict (`body`). Where the rehearsal breaks off, the comment says that there is no verdict before the
 * failure goes on: an older verdict must not pass for this run's. The same is owed from the beginning, for a step that is killed.
 */
export async function orNoVerdict<T extends { readonly body: string }>(due: VerdictDue, rehearse: () => Promise<T>): Promise<T> {
  const { config, run, token, owed, signal, secrets } = due;
  const mayComment = due.comment && token !== "" && run.pullRequest !== null;
  const scenario = mayComment ? await readScenarioName(config) : null;
  const bodyOf = (failure: BrokenOff["failure"]): string | null =>
    scenario === null ? null : renderBrokenOff({ scenario, commit: run.commit, failure });
  const killed = bodyOf(killedWords);
  if (killed !== null) await oweComment(owed, killed);
  try {
    const rehearsed = await rehearse();
    if (mayComment) await oweComment(owed, rehearsed.body);
    return rehearsed;
  } catch (thrown) {
    const failure = maskFailure(thrown, secrets);
    const body = bodyOf(breakOffWords(failure, signal));
    if (body !== null) await tell(due, body);
    else if (mayComment) writeLog(`No comment: ${config} names no scenario.`);
    throw failure;
  }
}

/** Where there is no time left, it stays owed: the post step does it. Never rejects: the failure that it tells of is what matters. */
async function tell({ run, token, owed, farewell }: VerdictDue, body: string): Promise<void> {
  try {
    await oweComment(owed, body);
    emitAnnotations(await tellPullRequest({ run, token, file: owed, body, signal: farewell }));
  } catch (thrown) {
    if (!farewell.aborted) writeLog(`No comment: ${messageOf(thrown)}`);
  }
}
