import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import type { Scenario } from "@rehearse/config";
import { messageOf, RehearseError } from "@rehearse/errors";
import { notWritable } from "@rehearse/process";
import { runSchema, type Run } from "../model/run.ts";
import { foldersOf } from "./scenario-folders.ts";
import { writeWhole } from "./write-whole.ts";

/** Runs kept on disk, the newest among them; older ones make room when a new one begins. */
const runsKept = 5;

/** The folder of one run: `run.json` and its datasets. */
export function runFolder(scenario: Scenario, id: string): string {
  return path.join(foldersOf(scenario).runs, id);
}

/** Makes the folder of a new run, and removes the oldest ones beyond the few that are kept. */
export async function beginRun(scenario: Scenario, id: string): Promise<string> {
  const folder = runFolder(scenario, id);
  await mkdir(folder, { recursive: true }).catch((thrown: unknown) => Promise.reject(notWritable(folder, thrown)));
  const ids = (await readdir(foldersOf(scenario).runs)).toSorted();
  for (const old of ids.slice(0, -runsKept)) await rm(runFolder(scenario, old), { recursive: true, force: true });
  return folder;
}

/** Writes the facts of a run. */
export async function writeRun(scenario: Scenario, run: Run): Promise<void> {
  await writeWhole(path.join(runFolder(scenario, run.id), "run.json"), `${JSON.stringify(run, null, 2)}\n`);
}

/** The newest run that has its facts. RUN_NOT_FOUND where there is none. */
export async function latestRun(scenario: Scenario): Promise<Run> {
  const ids: string[] = await readdir(foldersOf(scenario).runs).catch(() => []);
  for (const id of ids.toSorted().toReversed()) {
    const text = await readFile(path.join(runFolder(scenario, id), "run.json"), "utf8").catch(() => null);
    if (text !== null) return parseRun(text, id);
  }
  throw new RehearseError({
    code: "RUN_NOT_FOUND",
    message: `${scenario.name} has not been rehearsed here yet: there is no run to take from.`,
    hint: `rehearse test ${scenario.directory}`,
  });
}

function parseRun(text: string, id: string): Run {
  try {
    return runSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new RehearseError({
      code: "RUN_NOT_FOUND",
      message: `The facts of run ${id} cannot be read: ${messageOf(cause)}`,
      hint: "They were damaged or written by another version: rehearse again.",
      cause,
    });
  }
}
