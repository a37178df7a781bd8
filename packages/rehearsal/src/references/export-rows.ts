import path from "node:path";
import type { Scenario } from "@rehearse/config";
import { exportDataset, readDataset, verifyBytes, type Dataset, type Tables } from "@rehearse/dataset";
import { RehearseError } from "@rehearse/errors";
import { loadScenario } from "../load-scenario.ts";
import type { Run } from "../model/run.ts";
import { openTableEngine } from "../open-table-engine.ts";
import { ReferenceStore } from "../store/reference-store.ts";
import { latestRun, readRun, runFolder } from "../store/run-store.ts";
import { foldersOf } from "../store/scenario-folders.ts";
import { referenceNamed, storedReferences } from "./stored-references.ts";

export interface ExportRequest {
  /** The scenario's folder or file. */
  readonly path: string;
  /** `<stage>/<dataset>` */
  readonly name: string;
  /** `latest`, `reference`, or the id of a run. */
  readonly from: string;
  /** Where the rows go; the ending says in which form. */
  readonly file: string;
}

/** What was exported. */
export interface Exported {
  /** Absolute. */
  readonly file: string;
  readonly rows: number;
  /** The id of the run; null for the reference. */
  readonly run: string | null;
}

/** Writes the rows of a dataset of a run, or of its reference, to a file. DATASET_NOT_FOUND, RUN_NOT_FOUND, and whatever reading and writing them meets. */
export async function exportRows({ path: named, name, from, file }: ExportRequest): Promise<Exported> {
  const scenario = await loadScenario(named);
  const run = from === "reference" ? null : from === "latest" ? await latestRun(scenario) : await readRun(scenario, from);
  await using tables = await openTableEngine({ directory: foldersOf(scenario).state });
  const dataset = await (run === null ? referenceRows({ path: named, name, tables }) : runRows({ scenario, run, name, tables }));
  const target = path.resolve(file);
  return { file: target, rows: await exportDataset({ tables, dataset, file: target }), run: run?.id ?? null };
}

async function referenceRows({ tables, ...request }: Pick<ExportRequest, "path" | "name"> & { readonly tables: Tables }): Promise<Dataset> {
  const stored = await storedReferences(request);
  const { stage, dataset } = referenceNamed(request.name, stored);
  const rows = await new ReferenceStore(stored.scenario, tables).read(stage, dataset);
  if (rows === null)
    throw new RehearseError({
      code: "REFERENCE_MISSING",
      message: `The reference ${request.name} went while it was read.`,
      hint: "rehearse reference list",
    });
  return rows;
}

interface RunRows {
  readonly scenario: Scenario;
  readonly run: Run;
  readonly name: string;
  readonly tables: Tables;
}

async function runRows({ scenario, run, name, tables }: RunRows): Promise<Dataset> {
  const writes = run.steps.flatMap((step) =>
    step.kind === "stage" ? step.writes.map((write) => ({ name: `${step.name}/${write.dataset}`, directory: write.directory })) : [],
  );
  const found = writes.find((write) => write.name === name);
  if (found === undefined)
    throw new RehearseError({
      code: "DATASET_NOT_FOUND",
      message: `The run ${run.id} wrote no such dataset.`,
      expected: writes.length === 0 ? "a run that wrote something" : `one of ${writes.map((write) => write.name).join(", ")}`,
      got: name,
      hint: "Take one of those; of the references: --run reference.",
    });
  const dataset = await readDataset(path.join(runFolder(scenario, run.id), found.directory));
  await verifyBytes(tables, dataset);
  return dataset;
}
