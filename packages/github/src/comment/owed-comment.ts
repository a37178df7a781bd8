import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import path from "node:path";
import { writeWhole } from "@rehearse/process";
import { commentOn, type CommentOutcome, type CommentRequest } from "./comment-on.ts";

// What the comment must say lies in a file from before anything is made until GitHub has it, so that the post step can post what the main step,
// killed, could not. Until there is a verdict it says that there is none.

/** A file for the comment that a step will owe, in a folder that ends with the job. */
export function owedCommentFile(temporary: string): string {
  return path.join(temporary, `rehearse-${randomUUID()}.md`);
}

/** Notes what the comment must say if the step dies now. */
export async function oweComment(file: string, body: string): Promise<void> {
  await writeWhole(file, body);
}

/** What is owed; null where nothing is. */
export async function owedComment(file: string): Promise<string | null> {
  return existsSync(file) ? await readFile(file, "utf8") : null;
}

/** Posts the comment that is owed, until GitHub took or refused it: where this is broken off, whoever comes after can do it again. */
export async function settleComment({ file, ...request }: CommentRequest & { readonly file: string }): Promise<CommentOutcome> {
  const outcome = await commentOn(request);
  await rm(file, { force: true });
  return outcome;
}
