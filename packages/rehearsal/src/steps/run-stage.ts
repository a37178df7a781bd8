import { readFile } from "node:fs/promises";
import path from "node:path";
import type { DatasetConfig, StageConfig } from "@rehearse/config";
import { RehearseError } from "@rehearse/errors";
import type { DatasetSource } from "@rehearse/services";
import type { StageFact } from "../model/run.ts";
import { folderName } from "../store/scenario-folders.ts";
import { extractDataset } from "./extract-dataset.ts";
import type { ReadDigests } from "./read-digests.ts";
import { runStepProgram } from "./run-step-program.ts";
import type { StepContext } from "./step-context.ts";
import { movedTables } from "./table-watch.ts";

/** Runs one stage: notes what it reads, runs its program, sees what it moved, and reads what it declares to write. */
export async function runStage(stage: StageConfig, context: StepContext, readDigests: ReadDigests): Promise<StageFact> {
  const before = context.watch.known();
  const reads = await readDigests.of(stage, context);
  const finished = await runStepProgram({ name: stage.name, program: stage, timeoutMs: stage.timeoutMs }, context);
  const after = await context.watch.look();
  const declared = new Set(stage.writes.map((write) => write.name));
  const { exitCode, signal, timedOut, wallMs, cpuMs, maxRssBytes, output, strays } = finished;
  const succeeded = exitCode === 0 && !timedOut;
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
    reads,
    writes: succeeded ? await extractWrites(stage, context) : [],
    undeclared: movedTables(before, after).filter((table) => !declared.has(table.dataset)),
  };
}

async function extractWrites(stage: StageConfig, context: StepContext): Promise<StageFact["writes"]> {
  const facts = [];
  for (const write of stage.writes) {
    const directory = path.join("datasets", folderName(stage.name), folderName(write.name));
    const source = await sourceOf(write);
    const dataset = await extractDataset(context, {
      service: write.service,
      source,
      directory: path.join(context.runFolder, directory),
    }).catch(ifNotThere);
    if (dataset !== null)
      facts.push({ dataset: write.name, rows: dataset.manifest.rows, digest: dataset.manifest.digest.value, directory });
  }
  return facts;
}

/** A declared table that the stage did not make is a finding about the stage, not a failure to read. */
function ifNotThere(thrown: unknown): null {
  if (thrown instanceof RehearseError && thrown.code === "DATASET_NOT_FOUND") return null;
  throw thrown;
}

async function sourceOf({ source }: DatasetConfig): Promise<DatasetSource> {
  return "table" in source ? source : { query: await readFile(source.queryFile, "utf8") };
}
