import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { ifMissing } from "./if-missing.ts";
import { folderName, nameOfFolder } from "./scenario-folders.ts";

/** A dataset by its stage: the identity of a reference. */
export interface ReferenceName {
  readonly stage: string;
  readonly dataset: string;
}

/** The folder of a reference below the root of all. */
export function referenceFolder(root: string, { stage, dataset }: ReferenceName): string {
  return path.join(root, folderName(stage), folderName(dataset));
}

/** Every dataset with a reference below a root: a folder without a manifest is somebody else's. */
export async function referenceNames(root: string): Promise<ReferenceName[]> {
  const stages = await namedFolders(root);
  const found = await Promise.all(stages.map((stage) => ofStage(root, stage)));
  return found.flat();
}

/** The names behind the folders of a folder, in order; none where it is not there. */
export async function namedFolders(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(ifMissing([]));
  return entries.flatMap((entry) => (entry.isDirectory() ? (nameOfFolder(entry.name) ?? []) : [])).toSorted();
}

async function ofStage(root: string, stage: string): Promise<ReferenceName[]> {
  const names = (await namedFolders(path.join(root, folderName(stage)))).map((dataset) => ({ stage, dataset }));
  const mine = await Promise.all(
    names.map((name) => stat(path.join(referenceFolder(root, name), "manifest.json")).then(() => true, ifMissing(false))),
  );
  return names.filter((_, index) => mine[index]);
}
