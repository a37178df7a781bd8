import { ApiFailure } from "../api/api-failure.ts";
import { githubClient } from "../api/github-client.ts";
import { Patience, usualPatience, type PatienceLimits } from "../api/patience.ts";
import type { WorkflowRun } from "../event/workflow-run.ts";
import { publishComment } from "./publish-comment.ts";

export interface CommentRequest {
  readonly run: Pick<WorkflowRun, "event" | "repository" | "apiUrl" | "pullRequest">;
  /** Empty: there is none. */
  readonly token: string;
  readonly body: string;
  readonly signal: AbortSignal;
  readonly limits?: PatienceLimits;
}

/** What became of the comment, in one line; `problem` where somebody should look into it. */
export interface CommentOutcome {
  readonly posted: boolean;
  readonly problem: boolean;
  readonly text: string;
}

/** In characters, as GitHub says; counted in bytes to be safe. */
const longestBody = 65_536;

/** Writes the comment on the run's pull request, or says why there is none. Takes no longer than its patience; rejects only when broken off. */
export async function commentOn({ run, token, body, signal, limits = usualPatience }: CommentRequest): Promise<CommentOutcome> {
  const { pullRequest, repository, apiUrl } = run;
  if (pullRequest === null) return none(`the event ${run.event} names no pull request`);
  if (token === "") return none("there is no token");
  if (Buffer.byteLength(body) > longestBody) return none(`it would be longer than ${longestBody} bytes`, { problem: true });
  const patience = new Patience(limits, signal);
  try {
    const client = await githubClient({ token, apiUrl, patience });
    const { done, url } = await publishComment({ client, patience, pull: { ...repository, number: pullRequest.number }, body });
    return { posted: true, problem: false, text: `Comment ${done}: ${url}` };
  } catch (thrown) {
    if (!(thrown instanceof ApiFailure)) throw thrown;
    return refused(thrown, pullRequest);
  }
}

function refused({ status, message }: ApiFailure, { fromFork }: { readonly fromFork: boolean }): CommentOutcome {
  if (status === 403 && /not accessible by/i.test(message)) {
    return fromFork
      ? none("the token of a pull request from a fork may only read")
      : none("the token may only read; give the job the permission `pull-requests: write`", { problem: true });
  }
  return none(`GitHub ${status === null ? "did not answer" : `answered ${status}`}: ${message}`, { problem: true });
}

function none(why: string, { problem } = { problem: false }): CommentOutcome {
  return { posted: false, problem, text: `No comment: ${why}.` };
}
