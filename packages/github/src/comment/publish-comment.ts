import { ApiFailure } from "../api/api-failure.ts";
import type { GitHubClient } from "../api/github-client.ts";
import type { Patience } from "../api/patience.ts";
import { createComment, deleteComment, knowOwnComments, listComments, updateComment, type Comment, type Pull } from "./comments.ts";

export interface Publication {
  readonly client: GitHubClient;
  readonly patience: Patience;
  readonly pull: Pull;
  /** Its first line is the hidden marker by which the comment is found again. */
  readonly body: string;
}

export interface PublishedComment {
  readonly done: "created" | "updated";
  readonly url: string;
}

/**
 * Makes the comment with the body's marker say `body`: one comment, whatever was lost on the way or is done by another job at the same time, and
 * never a comment that another account wrote. Rejects with an `ApiFailure`.
 */
export async function publishComment(publication: Publication): Promise<PublishedComment> {
  const { client, patience, pull, body } = publication;
  for (let attempt = 1; ; attempt += 1) {
    const own = await ownComments(publication, { resent: attempt > 1 });
    if (own[0] !== undefined) return { done: "updated", url: await keepOldest(publication, own) };
    try {
      const made = await createComment(client, pull, body);
      return { done: "created", url: await keepOldest(publication, await siblings(publication, made)) };
    } catch (thrown) {
      if (!(thrown instanceof ApiFailure)) throw thrown;
      // It may have been carried out all the same: look again before it is sent again.
      await patience.next(thrown, attempt);
    }
  }
}

/** The comments with our marker that are ours; after a lost answer also the one that says what was sent. */
async function ownComments(publication: Publication, { resent }: { readonly resent: boolean }): Promise<Comment[]> {
  const marked = await markedComments(publication);
  if (marked.length === 0) return [];
  const isOwn = await knowOwnComments(publication.client);
  return marked.filter((comment) => isOwn(comment) || (resent && says(comment, publication.body)));
}

/** A new comment with all others that its author made for the same marker: a job that ran at the same time made one too. */
async function siblings(publication: Publication, made: Comment): Promise<Comment[]> {
  const others = (await markedComments(publication)).filter(({ id, user }) => id !== made.id && user?.id === made.user?.id);
  return [made, ...others];
}

async function markedComments({ client, pull, body }: Publication): Promise<Comment[]> {
  const marker = firstLine(body);
  return (await listComments(client, pull)).filter((comment) => firstLine(comment.body) === marker);
}

/** Of several that are ours the oldest stays: jobs that do this at the same time agree on it. Resolves to its address. */
async function keepOldest({ client, pull, body }: Publication, own: readonly Comment[]): Promise<string> {
  const [kept, ...others] = own.toSorted((one, other) => one.id - other.id);
  if (kept === undefined) throw new Error("there is no comment to keep");
  if (!says(kept, body)) await updateComment(client, pull, { id: kept.id, body });
  for (const { id } of others) await deleteComment(client, pull, id);
  return kept.html_url;
}

function says(comment: Comment, body: string): boolean {
  return comment.body.replaceAll("\r\n", "\n").trim() === body.trim();
}

function firstLine(text: string): string {
  return (text.split("\n", 1)[0] ?? "").trim();
}
