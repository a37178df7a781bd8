import { RehearseError } from "@rehearse/errors";
import type { WorkflowRun } from "./workflow-run.ts";

/** Events whose jobs have the base repository's secrets and a token that may write, whoever wrote the code they look at. */
const privileged: readonly string[] = ["pull_request_target", "workflow_run"];

/** Throws CODE_NOT_TRUSTED where code that anybody may have written would run beside secrets, unless that is allowed. */
export function refuseUntrustedCode({ event }: Pick<WorkflowRun, "event">, { allowed }: { readonly allowed: boolean }): void {
  if (allowed || !privileged.includes(event)) return;
  throw new RehearseError({
    code: "CODE_NOT_TRUSTED",
    message: `A workflow run on ${event} has the repository's secrets and a token that may write: it must not run a pull request's code.`,
    expected: "on: pull_request",
    got: `on: ${event}`,
    hint: "Rehearse on pull_request: from a fork the findings are in the job summary. Where only reviewed code is checked out, set allow-untrusted-code: true.",
  });
}
