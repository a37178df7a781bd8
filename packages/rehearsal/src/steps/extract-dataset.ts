import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { materialise, type Dataset } from "@rehearse/dataset";
import type { DatasetSource, Snapshot, WantedDigest } from "@rehearse/services";
import { later } from "./later.ts";
import type { StepContext } from "./step-context.ts";
import { watchSize } from "./watch-size.ts";

export interface Extract {
  readonly service: string;
  readonly source: DatasetSource;
  /** Where the dataset goes. */
  readonly directory: string;
  /** The moment of the service to read; left out: its own. */
  readonly snapshot?: Snapshot | undefined;
  /** The digest of its rows to put into its manifest; of a snapshot only. */
  readonly digest?: WantedDigest | undefined;
  /** Told every few seconds how much was read. */
  readonly onMegabytes?: ((megabytes: number) => void) | undefined;
}

/** Reads a table or a query of a service into a dataset. */
export async function extractDataset(context: Pick<StepContext, "environment" | "tables">, request: Extract): Promise<Dataset> {
  return (await beginExtract(context, request)).dataset;
}

/** Resolves when the service has answered and may move on; `dataset` resolves when its answer has become one. */
export async function beginExtract(
  { environment, tables }: Pick<StepContext, "environment" | "tables">,
  { service, source, directory, snapshot, digest, onMegabytes }: Extract,
): Promise<{ readonly dataset: Promise<Dataset> }> {
  const files = path.join(environment.scratch, `extract-${crypto.randomUUID()}`);
  await using undo = new AsyncDisposableStack();
  await mkdir(files);
  undo.defer(() => rm(files, { recursive: true, force: true }));
  const file = path.join(files, "rows");
  using _watched = onMegabytes === undefined ? undefined : watchSize(files, onMegabytes);
  const extraction = await (snapshot?.extract(source, file, digest) ?? environment.session(service).extract(source, file));
  return { dataset: later(becomeDataset({ tables, extraction, directory, files: undo.move() })) };
}

type Answered = Parameters<typeof materialise>[0] & {
  /** The engine's files, which go. */
  readonly files: AsyncDisposableStack;
};

async function becomeDataset({ files, ...request }: Answered): Promise<Dataset> {
  await using _files = files;
  return await materialise(request);
}
