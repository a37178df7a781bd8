import { annotation, type Annotation } from "../annotations/annotations-of.ts";
import type { CommentRequest } from "../comment/comment-on.ts";
import { settleComment } from "../comment/owed-comment.ts";
import { writeLog } from "../log/write-log.ts";

/** Posts the comment, says what became of it, and makes a remark of what somebody should look into. Rejects only when broken off. */
export async function tellPullRequest(request: CommentRequest & { readonly file: string }): Promise<Annotation[]> {
  const { text, problem } = await settleComment(request);
  writeLog(text);
  return problem ? [annotation({ level: "warning", title: "Rehearse could not comment", message: text, place: null })] : [];
}
