import { emitAnnotations } from "../annotations/emit-annotations.ts";
import { owedComment } from "../comment/owed-comment.ts";
import { readWorkflowRun } from "../event/workflow-run.ts";
import { tellPullRequest } from "./tell-pull-request.ts";

export interface OwedComment {
  /** Where the main step noted it; it owes nothing if there is no such file. */
  readonly file: string;
  readonly token: string;
  readonly signal: AbortSignal;
}

/** Posts the comment that a main step could not post because it was killed; silent, and no request, where it owes none. */
export async function postOwedComment({ file, token, signal }: OwedComment): Promise<void> {
  const body = await owedComment(file);
  if (body === null) return;
  const run = await readWorkflowRun(process.env);
  emitAnnotations(await tellPullRequest({ run, token, file, body, signal }));
}
