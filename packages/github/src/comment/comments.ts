import { z } from "zod";
import { ApiFailure } from "../api/api-failure.ts";
import type { GitHubClient } from "../api/github-client.ts";

const commentSchema = z.object({
  id: z.number(),
  body: z.string().default(""),
  html_url: z.string(),
  /** Null when the account was deleted. */
  user: z.object({ id: z.number(), login: z.string() }).nullable(),
});
export type Comment = z.infer<typeof commentSchema>;

/** The pull request that is commented on. */
export interface Pull {
  readonly owner: string;
  readonly repo: string;
  readonly number: number;
}

/** The bot behind a job's own token. Nobody can register its name: logins have no brackets. */
const workflowBot = "github-actions[bot]";

/** An answer as GitHub describes it; from something between it and us comes a failure of the request. */
function understood<T>(schema: z.ZodType<T>, answer: unknown): T {
  const { data, success } = schema.safeParse(answer);
  if (success) return data;
  throw new ApiFailure({ status: null, message: "the answer is not one of GitHub's", passing: false, waitMs: null });
}

/** All comments of a pull request, oldest first. */
export async function listComments(client: GitHubClient, { owner, repo, number }: Pull): Promise<Comment[]> {
  const comments = await client.paginate(client.rest.issues.listComments, { owner, repo, issue_number: number, per_page: 100 });
  return understood(z.array(commentSchema), comments);
}

export async function createComment(client: GitHubClient, { owner, repo, number }: Pull, body: string): Promise<Comment> {
  return understood(commentSchema, (await client.rest.issues.createComment({ owner, repo, issue_number: number, body })).data);
}

export async function updateComment(
  client: GitHubClient,
  { owner, repo }: Pull,
  { id, body }: Pick<Comment, "id" | "body">,
): Promise<void> {
  await client.rest.issues.updateComment({ owner, repo, comment_id: id, body });
}

/** Deletes a comment; gone already is fine. */
export async function deleteComment(client: GitHubClient, { owner, repo }: Pull, id: number): Promise<void> {
  try {
    await client.rest.issues.deleteComment({ owner, repo, comment_id: id });
  } catch (thrown) {
    if (!(thrown instanceof ApiFailure && thrown.status === 404)) throw thrown;
  }
}

/**
 * How to know the comments that the token's own account wrote. A person's token names its account; the token of an app may not ask, and counts as
 * the job's own. (The account of another app is known only once it wrote: by the answer.)
 */
export async function knowOwnComments(client: GitHubClient): Promise<(comment: Comment) => boolean> {
  try {
    const me = understood(z.object({ id: z.number() }), (await client.rest.users.getAuthenticated()).data);
    return ({ user }) => user?.id === me.id;
  } catch (thrown) {
    if (!(thrown instanceof ApiFailure && thrown.status === 403 && !thrown.passing)) throw thrown;
    return ({ user }) => user?.login === workflowBot;
  }
}
