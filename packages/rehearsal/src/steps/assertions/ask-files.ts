import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import path from "node:path";
import type { FilesAssertion } from "@rehearse/config";
import type { FactOf } from "../../model/assertion-fact.ts";
import { outputFiles, outputFolder } from "../output-folder.ts";
import type { StepContext } from "../step-context.ts";
import { refusal } from "./ask-query.ts";

/** More files than anybody would claim something of. */
const mostFiles = 1000;

type Found = Pick<FactOf<"files">, "files" | "more" | "error">;

/** Looks at what a stage left in its output folder. */
export async function askFiles({ after, glob, contains }: FilesAssertion, { runFolder }: StepContext): Promise<Found> {
  const folder = outputFolder(runFolder, after);
  try {
    const names = await outputFiles(folder, glob);
    const files: Found["files"] = [];
    for (const name of names.slice(0, mostFiles)) files.push({ path: name, ...(await lookInto(path.join(folder, name), contains)) });
    return { files, more: names.length - files.length, error: null };
  } catch (thrown) {
    return { files: [], more: 0, error: refusal(thrown) };
  }
}

async function lookInto(file: string, contains: string | undefined): Promise<Omit<Found["files"][number], "path">> {
  const hash = createHash("sha256");
  const wanted = contains === undefined ? null : Buffer.from(contains);
  let bytes = 0;
  let found = false;
  // What is looked for may begin at the end of one chunk.
  let tail = Buffer.alloc(0);
  for await (const chunk of createReadStream(file)) {
    const piece: Buffer = chunk;
    hash.update(piece);
    bytes += piece.length;
    if (wanted === null || found) continue;
    const joined = Buffer.concat([tail, piece]);
    found = joined.includes(wanted);
    tail = joined.subarray(Math.max(0, joined.length - wanted.length + 1));
  }
  return { bytes, sha256: hash.digest("hex"), holds: wanted === null ? null : found };
}
