import { mkdir, readdir, readFile, rm, stat } from "node:fs/promises";
import path from "node:path";
import type { Scenario } from "@rehearse/config";
import { messageOf, RehearseError, type Failure } from "@rehearse/errors";
import { notWritable, writeWhole } from "@rehearse/process";
import { listEnvironments } from "@rehearse/providers";
import { runSchema, type Run } from "../model/run.ts";
import { ifMissing } from "./if-missing.ts";
import { foldersOf } from "./scenario-folders.ts";

/** Runs kept on disk, the newest among them; older ones make room when a new one begins. */
const runsKept = 5;
const longestRunMs = 24 * 60 * 60 * 1000;

/** The folder of one run: `run.json` and its datasets. */
export function runFolder(scenario: Scenario, id: string): string {
  return path.join(foldersOf(scenario).runs, id);
}

/** Makes the folder of a new run, and removes the oldest ones beyond the few that are kept, but for `needed`: what the new one is compared with. */
export async function beginRun(
  scenario: Scenario,
  { id, needed }: { readonly id: string; readonly needed: string | null },
): Promise<string> {
  const folder = runFolder(scenario, id);
  await mkdir(folder, { recursive: true }).catch((thrown: unknown) => Promise.reject(notWritable(folder, thrown)));
  const ids = await runIds(scenario);
  for (const old of ids.slice(0, -runsKept))
    if (old !== needed && !(await mayGoOn(scenario, old))) await rm(runFolder(scenario, old), { recursive: true, force: true });
  return folder;
}

/** A run without facts may still be going on, unless it began long ago. */
async function mayGoOn(scenario: Scenario, id: string): Promise<boolean> {
  const folder = runFolder(scenario, id);
  const [facts, { mtimeMs }] = await Promise.all([stat(path.join(folder, "run.json")).catch(ifMissing(null)), stat(folder)]);
  return facts === null && Date.now() - mtimeMs < longestRunMs;
}

/** Writes the facts of a run. */
export async function writeRun(scenario: Scenario, run: Run): Promise<void> {
  await writeFacts(runFolder(scenario, run.id), run);
}

/** Writes the facts of a run into its folder. */
export async function writeFacts(folder: string, run: Run): Promise<void> {
  await writeWhole(path.join(folder, "run.json"), `${JSON.stringify(run, null, 2)}\n`);
}

/** Reads the facts out of a run's folder; null where it broke off. RUN_NOT_FOUND where they are damaged. */
export async function readFacts(folder: string): Promise<Run | null> {
  const text = await readFile(path.join(folder, "run.json"), "utf8").catch(ifMissing(null));
  return text === null ? null : parseRun(text, path.basename(folder));
}

/** The newest run. RUN_NOT_FOUND where there is none, or where it goes on or broke off: an older one is not what the user has just seen. */
export async function latestRun(scenario: Scenario): Promise<Run> {
  const id = (await runIds(scenario)).at(-1);
  const run = id === undefined ? null : await readFacts(runFolder(scenario, id));
  if (run !== null) return run;
  if (id !== undefined) throw withoutFacts(id, { scenario, hint: `rehearse test ${scenario.directory}` });
  throw new RehearseError({
    code: "RUN_NOT_FOUND",
    message: `${scenario.name} has not been rehearsed here yet: there is no run to take from.`,
    hint: `rehearse test ${scenario.directory}`,
  });
}

/** The facts of the run with this id. RUN_NOT_FOUND, with those that there are. */
export async function readRun(scenario: Scenario, id: string): Promise<Run> {
  const ids = await runIds(scenario);
  const run = ids.includes(id) ? await readFacts(runFolder(scenario, id)) : null;
  if (run !== null) return run;
  const known = {
    expected: ids.length === 0 ? "a run; there is none yet" : `one of ${ids.toReversed().join(", ")}`,
    got: id,
    hint: ids.length === 0 ? `rehearse test ${scenario.directory}` : "Take one of those, the latest comes first, or rehearse again.",
  };
  if (ids.includes(id)) throw withoutFacts(id, { scenario, ...known });
  throw new RehearseError({
    code: "RUN_NOT_FOUND",
    message: `${scenario.name} has no run ${id} here: the latest ${runsKept} are kept.`,
    ...known,
  });
}

/** Why a run has no facts: it goes on, or it broke off. */
function withoutFacts(
  id: string,
  { scenario, ...words }: { readonly scenario: Scenario } & Pick<Failure, "hint" | "expected" | "got">,
): RehearseError {
  const owner = listEnvironments().find((environment) => environment.ownerAlive && id.endsWith(`-${environment.id}`))?.owner;
  const broken = { message: `The run ${id} of ${scenario.name} broke off: it has no facts.`, ...words };
  const running = {
    message: `The run ${id} of ${scenario.name} is still going on (pid ${owner?.pid}): it has no facts yet.`,
    ...words,
    hint: "Wait until it has ended, then run the command again.",
  };
  return new RehearseError({ code: "RUN_NOT_FOUND", ...(owner === undefined ? broken : running) });
}

/** The ids of the runs on disk, the latest last. */
async function runIds(scenario: Scenario): Promise<string[]> {
  const ids = await readdir(foldersOf(scenario).runs).catch(ifMissing<string[]>([]));
  return ids.toSorted();
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
