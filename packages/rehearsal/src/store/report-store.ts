import { readFile, rm } from "node:fs/promises";
import path from "node:path";
import type { Scenario } from "@rehearse/config";
import { notWritable, writeWhole } from "@rehearse/process";
import { z } from "zod";
import { verdictSchema, type Verdict } from "../model/verdict.ts";
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

/** The verdict of the latest report where it is this run's; null where it is another's, or there is none that can be read. */
export async function reportedVerdict(scenario: Pick<Scenario, "directory">, run: string): Promise<Verdict | null> {
  try {
    const text = await readFile(path.join(foldersOf(scenario).report, "report.json"), "utf8");
    const report = z.object({ run: z.string(), verdict: verdictSchema }).parse(JSON.parse(text));
    return report.run === run ? report.verdict : null;
  } catch {
    // Only said beside: what is accepted are the run's own files.
    return null;
  }
}
