import { readFile } from "node:fs/promises";
import path from "node:path";
import type { DatasetConfig, StageConfig } from "@rehearse/config";
import type { Dataset } from "@rehearse/dataset";
import { RehearseError } from "@rehearse/errors";
import type { Finished } from "@rehearse/process";
import type { DatasetSource, Snapshot } from "@rehearse/services";
import type { StageFact } from "../model/run.ts";
import { folderName } from "../store/scenario-folders.ts";
import { beginExtract } from "./extract-dataset.ts";
import { filesDataset } from "./files-dataset.ts";
import { later } from "./later.ts";
import { makeOutputFolder, otherFiles } from "./output-folder.ts";
import type { ReadDigests } from "./read-digests.ts";
import { runStepProgram } from "./run-step-program.ts";
import type { StepContext } from "./step-context.ts";
import { readingProgress } from "./step-progress.ts";
import { movedTables, type TableStates } from "./table-watch.ts";
import { vouchedDataset } from "./vouched-dataset.ts";

/** Reading so many rows takes long enough that a digest of them, which takes a tenth of the time, may spare it the next time. */
const manyRows = 100_000;

export interface EndedStage {
  readonly failed: boolean;
  /** What it did: resolves when all that was read of its services has become datasets. */
  readonly fact: Promise<StageFact>;
}

/**
 * Runs one stage: notes what it reads, runs its program, sees what it moved, and reads what it declares to write. Resolves when the services may
 * move on.
 */
export async function runStage(stage: StageConfig, context: StepContext, readDigests: ReadDigests): Promise<EndedStage> {
  const before = later(context.watch.known());
  const reads = await readDigests.of(stage, context);
  const output = await makeOutputFolder(context.runFolder, stage);
  const finished = await runStepProgram(
    { name: stage.name, program: stage, directory: context.scenario.directory, output, timeoutMs: stage.timeoutMs },
    context,
  );
  const succeeded = finished.exitCode === 0 && !finished.timedOut;
  await context.watch.settle();
  const [, { written, unread }, unnamed] = await Promise.all([
    context.watch.look(),
    succeeded ? extractWrites(stage, context) : nothing,
    otherFiles(output, patternsOf(stage, context)),
  ]);
  const after = later(context.watch.known());
  for (const write of written) readDigests.remember(write, context);
  const parts = { stage, finished, before, after, reads: reads.facts, written, unread, unnamed };
  return { failed: !succeeded, fact: later(factOf(parts)) };
}

interface StageParts extends Writes {
  readonly stage: StageConfig;
  readonly finished: Finished;
  readonly before: Promise<TableStates>;
  readonly after: Promise<TableStates>;
  readonly reads: Promise<StageFact["reads"]>;
  readonly unnamed: StageFact["unnamed"];
}

async function factOf({ stage, finished, before, after, reads, written, unread, unnamed }: StageParts): Promise<StageFact> {
  const { exitCode, signal, timedOut, wallMs, cpuMs, maxRssBytes, output, strays } = finished;
  const declared = new Set(stage.writes.map((write) => write.name));
  return {
    kind: "stage",
    name: stage.name,
    wallMs,
    cpuMs,
    maxRssBytes,
    exitCode,
    signal,
    timedOut,
    output,
    strays: [...strays],
    reads: await reads,
    writes: await Promise.all(written.map(writeFact)),
    unread: [...unread],
    undeclared: movedTables(await before, await after).filter((table) => !declared.has(table.dataset)),
    unnamed,
  };
}

/** The patterns by which the file names what the stage leaves in its output folder. */
function patternsOf({ name, writes }: StageConfig, { scenario }: StepContext): string[] {
  const datasets = writes.flatMap(({ source }) => ("files" in source ? [source.files] : []));
  const asserted = scenario.assertions.flatMap((one) => (one.kind === "files" && one.after === name ? [one.glob] : []));
  return [...datasets, ...asserted];
}

interface Writes {
  readonly written: readonly Written[];
  readonly unread: StageFact["unread"];
}
const nothing: Writes = { written: [], unread: [] };

interface Written {
  readonly name: string;
  readonly service: string | undefined;
  readonly dataset: Promise<Dataset>;
  /** Relative to the run's. */
  readonly directory: string;
  /** Whether the engine vouched for it, so that it was not read. */
  readonly vouched?: boolean;
}

async function writeFact({ name, dataset, directory, vouched = false }: Written): Promise<StageFact["writes"][number]> {
  const { rows, digest, engineDigest } = (await dataset).manifest;
  return { dataset: name, rows, digest: digest.value, directory, vouched: vouched ? engineDigest?.algorithm : undefined };
}

/** Reads all that the stage declares, side by side, each service at one moment. */
async function extractWrites(stage: StageConfig, context: StepContext): Promise<Writes> {
  await using stack = new AsyncDisposableStack();
  const snapshots = new Map<string, Snapshot>();
  for (const { service } of stage.writes)
    if (service !== undefined && !snapshots.has(service))
      snapshots.set(service, stack.use(await context.environment.session(service).snapshot()));
  const begun = await Promise.all(
    stage.writes.map(async (write) => {
      const directory = path.join("datasets", folderName(stage.name), folderName(write.name));
      const target = { stage: stage.name, write, directory: path.join(context.runFolder, directory), snapshots };
      return await beginDataset(target, context)
        .then((read) => ({ name: write.name, service: write.service, directory, ...read }))
        .catch((thrown: unknown) => unreadable(write.name, thrown));
    }),
  );
  return { written: begun.filter((one) => "directory" in one), unread: begun.filter((one) => "reason" in one) };
}

interface Target {
  readonly stage: string;
  readonly write: DatasetConfig;
  readonly directory: string;
  readonly snapshots: ReadonlyMap<string, Snapshot>;
}

/** What is read of a service becomes a dataset while the next stage runs; files are read at once. */
async function beginDataset(
  { stage, write, directory, snapshots }: Target,
  context: StepContext,
): Promise<Pick<Written, "dataset" | "vouched">> {
  const { service, source, ignore } = write;
  if ("files" in source) return { dataset: Promise.resolve(await filesDataset({ ...source, stage, directory }, context)) };
  const snapshot = service === undefined ? undefined : snapshots.get(service);
  if (service === undefined || snapshot === undefined) throw new Error(`${write.name} passed the configuration but is of no service`);
  const onMegabytes = (megabytes: number): void => context.progress(readingProgress(stage, { dataset: write.name, megabytes }));
  const place = { service, directory, snapshot, onMegabytes };
  if (!("table" in source)) return await beginExtract(context, { ...place, source: await queryOf(source) });
  const vouched = await vouchedDataset({ stage, dataset: write.name, table: source.table, ignore, snapshot, directory }, context);
  if (vouched !== null) return { dataset: Promise.resolve(vouched), vouched: true };
  return await beginExtract(context, { ...place, source, digest: { ignore, fromRows: manyRows } });
}

/** A declared table or file that is not there, a query that gets no answer, or a file that is no table is a finding about the stage. */
function unreadable(dataset: string, thrown: unknown): StageFact["unread"][number] {
  if (!(thrown instanceof RehearseError && (thrown.code === "DATASET_NOT_FOUND" || thrown.code === "QUERY_FAILED"))) throw thrown;
  return { dataset, missing: thrown.code === "DATASET_NOT_FOUND", reason: thrown.message };
}

async function queryOf({ queryFile }: { readonly queryFile: string }): Promise<DatasetSource> {
  return { query: await readFile(queryFile, "utf8") };
}
