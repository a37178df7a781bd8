import type { Dirent } from "node:fs";
import { mkdir, readdir } from "node:fs/promises";
import path from "node:path";
import type { StageConfig } from "@rehearse/config";
import { linkedFolder } from "@rehearse/dataset";
import { RehearseError } from "@rehearse/errors";
import { notWritable } from "@rehearse/process";
import { folderName } from "../store/scenario-folders.ts";
import { ifMissing } from "../store/if-missing.ts";

/** Where a stage of a run leaves files, `${output}` in the file: new with each run, so that nothing of an earlier one can pass for its own. */
export function outputFolder(runFolder: string, stage: string): string {
  return path.join(runFolder, "output", folderName(stage));
}

/** Makes the output folder of a stage that is told where it is, and returns its path. DIRECTORY_NOT_WRITABLE. */
export async function makeOutputFolder(runFolder: string, { name, env }: StageConfig): Promise<string> {
  const folder = outputFolder(runFolder, name);
  const told = Object.values(env).some((template) => template.some((part) => typeof part !== "string" && "folder" in part));
  if (told) await mkdir(folder, { recursive: true }).catch((thrown: unknown) => Promise.reject(notWritable(folder, thrown)));
  return folder;
}

/** The files below a stage's output folder that a pattern names, by their paths from there, sorted. QUERY_FAILED where a link is among them, or leads to more. */
export async function outputFiles(folder: string, glob: string): Promise<string[]> {
  const entries = await entriesOf(folder);
  const named = entries.filter(({ name }) => path.matchesGlob(name, glob));
  const link = await linkedFolder(folder, glob, { named: true });
  const odd = named.find(({ entry }) => !entry.isFile())?.name ?? (link === undefined ? undefined : path.relative(folder, link));
  if (odd !== undefined)
    throw new RehearseError({
      code: "QUERY_FAILED",
      message: `${odd} in the output folder is no file of its own: what it leads to may be older than the run`,
      hint: "Write or copy the file itself there.",
    });
  return named.map(({ name }) => name).toSorted();
}

/** The files below a stage's output folder that none of the patterns names, by their paths from there, sorted. */
export async function otherFiles(folder: string, globs: readonly string[]): Promise<string[]> {
  const names = (await entriesOf(folder)).map(({ name }) => name);
  return names.filter((name) => !globs.some((glob) => path.matchesGlob(name, glob))).toSorted();
}

interface Entry {
  readonly entry: Dirent;
  readonly name: string;
}

async function entriesOf(folder: string): Promise<Entry[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(ifMissing([]));
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => ({ entry, name: path.relative(folder, path.join(entry.parentPath, entry.name)) }));
}
