import path from "node:path";
import type { Scenario, StageConfig } from "@rehearse/config";
import { readDataset, type Dataset } from "@rehearse/dataset";
import { RehearseError } from "@rehearse/errors";
import { factOf, failed } from "./judge/stage-facts.ts";
import type { Run, StageFact } from "./model/run.ts";
import type { Verdict } from "./model/verdict.ts";
import { provenanceOf } from "./store/provenance-of.ts";
import { reportedVerdict } from "./store/report-store.ts";
import { foldersOf } from "./store/scenario-folders.ts";
import { ReferenceStore } from "./store/reference-store.ts";
import { latestRun, runFolder } from "./store/run-store.ts";
import { idleRules, type IdleRule } from "./idle-rules.ts";
import { loadScenario } from "./load-scenario.ts";
import { openTableEngine } from "./open-table-engine.ts";

/** What accepting did to each reference; `stage/dataset`. */
export interface Accepted {
  readonly scenario: string;
  /** The absolute path of its file. */
  readonly file: string;
  /** The run that was taken: its id, when it began, what was rehearsed, and the verdict of its report where that is the latest. */
  readonly run: string;
  readonly startedAt: string;
  readonly commit: string | null;
  readonly verdict: Verdict | null;
  readonly folder: string;
  readonly written: readonly string[];
  readonly unchanged: readonly string[];
  readonly removed: readonly string[];
  /** Rules of `checks.expect` that match nothing from now on. */
  readonly idleRules: readonly IdleRule[];
}

/** Takes exactly what the latest run wrote as the references: nothing runs again, and equal rows rewrite nothing. */
export async function accept({ path: file }: { readonly path: string }): Promise<Accepted> {
  const scenario = await loadScenario(file);
  const run = await latestRun(scenario);
  const stages = scenario.stages.map((stage) => finishedStage(stage, { run, scenario }));
  await using tables = await openTableEngine({ directory: foldersOf(scenario).state });
  const references = new ReferenceStore(scenario, tables);
  const provenance = await provenanceOf(run);
  const done = { written: [] as string[], unchanged: [] as string[], removed: [] as string[] };
  for (const stage of stages) {
    const reads = Object.fromEntries(stage.reads.map((read) => [read.dataset, read.digest]));
    if (stage.reads.length > 0) done[await references.acceptReads(stage.name, reads)].push(`${stage.name}/reads.json`);
    for (const write of stage.writes) {
      const rows = await readDataset(path.join(runFolder(scenario, run.id), write.directory));
      const ignore = scenario.stages.find((it) => it.name === stage.name)?.writes.find((it) => it.name === write.dataset)?.ignore ?? [];
      if (write.vouched !== undefined) requireRead(rows, { name: write.dataset, ignore, scenario });
      done[await references.accept(stage.name, { name: write.dataset, rows, ignore, provenance })].push(`${stage.name}/${write.dataset}`);
    }
  }
  const current = new Set(scenario.stages.flatMap((stage) => stage.writes.map((write) => `${stage.name}/${write.name}`)));
  for (const { stage, dataset } of await references.list()) {
    if (current.has(`${stage}/${dataset}`)) continue;
    await references.remove(stage, dataset);
    done.removed.push(`${stage}/${dataset}`);
  }
  const { id, startedAt, commit } = run;
  const taken = { run: id, startedAt, commit, verdict: await reportedVerdict(scenario, id) };
  const folder = foldersOf(scenario).references;
  return { scenario: scenario.name, file: scenario.file, ...taken, folder, ...done, idleRules: idleRules(scenario, done.written) };
}

/** The facts of a stage that ended well and wrote all that it declares. */
function finishedStage(stage: StageConfig, { run, scenario }: { readonly run: Run; readonly scenario: Scenario }): StageFact {
  const fact = factOf(run, stage.name);
  const missing = stage.writes.find((write) => !fact?.writes.some((written) => written.dataset === write.name));
  if (fact !== undefined && !failed(fact) && missing === undefined) return fact;
  const why = fact === undefined ? "did not run in it" : failed(fact) ? "failed in it" : `wrote no ${missing?.name} in it`;
  throw new RehearseError({
    code: "RUN_NOT_FOUND",
    message: `The latest run cannot be accepted: ${stage.name} ${why}.`,
    expected: "a run in which every stage ended well and wrote what it declares",
    hint: `rehearse test ${scenario.directory}`,
  });
}

/** A run in which the engine vouched for a table did not read the columns that were ignored then: they can only be accepted from one that does. */
function requireRead(
  { manifest }: Dataset,
  { name, ignore, scenario }: { readonly name: string; readonly ignore: readonly string[]; readonly scenario: Scenario },
): void {
  const unread = manifest.columns.find((it) => manifest.engineDigest?.ignore.includes(it.name) && !ignore.includes(it.name));
  if (unread === undefined) return;
  throw new RehearseError({
    code: "RUN_NOT_FOUND",
    message: `The latest run cannot be accepted: it did not read the column ${unread.name} of ${name}, which was ignored then.`,
    expected: "a run under the rules of today",
    hint: `rehearse test ${scenario.directory}`,
  });
}
