import { rm } from "node:fs/promises";
import path from "node:path";
import type { Scenario } from "@rehearse/config";
import { notWritable, writeWhole } from "@rehearse/process";
import { foldersOf } from "./scenario-folders.ts";

/** Writes the files of the latest report and resolves to their folder. */
export async function writeReport(scenario: Pick<Scenario, "directory">, files: Readonly<Record<string, string>>): Promise<string> {
  const folder = foldersOf(scenario).report;
  for (const [name, content] of Object.entries(files)) await writeWhole(path.join(folder, name), content);
  return folder;
}

/** Removes the latest report: while a rehearsal runs, or if it breaks off, an older verdict must not pass for its own. */
export async function removeReport(scenario: Pick<Scenario, "directory">): Promise<void> {
  const { report } = foldersOf(scenario);
  await rm(report, { recursive: true, force: true }).catch((thrown: unknown) => Promise.reject(notWritable(report, thrown)));
}
