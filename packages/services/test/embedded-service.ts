import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { materialise, openTables, readCells, writeRestoration, type Cell, type Extraction, type Restoration } from "@rehearse/dataset";
import { createEnvironment, startEmbedded, takeDown, type RunningServer } from "@rehearse/providers";
import { engineNamed, type DatasetSource, type EngineSession } from "../src/index.ts";

/** What an extraction gave: its description, its file as written, and its cells after a trip through DuckDB and Parquet. */
export interface Extracted {
  readonly extraction: Extraction;
  readonly text: string;
  readonly cells: readonly (readonly Cell[])[];
}

/** A real engine in an environment of the test's own. */
export interface EmbeddedService extends AsyncDisposable {
  readonly server: RunningServer;
  readonly session: EngineSession;
  /** The file of the environment's ledger. */
  readonly ledger: string;
  /** A directory of the test's own. */
  readonly scratch: string;
  readonly values: Readonly<Record<string, string>>;
  extract(source: DatasetSource): Promise<Extracted>;
  /** What a source has, as an engine takes it back. */
  restoration(source: DatasetSource): Promise<Restoration>;
}

export const credentials = { user: "rehearse", password: "p@ss/w:rd'%" };

/** Starts an engine through the embedded provider; disposing takes it down, and fails where something is left. */
export async function startService(
  engine: string,
  { name = "core", port }: { name?: string; port?: number } = {},
): Promise<EmbeddedService> {
  await using undo = new AsyncDisposableStack();
  const scratch = await mkdtemp(join(tmpdir(), "rehearse-service-"));
  undo.defer(() => rm(scratch, { recursive: true }));
  const environment = await createEnvironment({ scenario: "test", scenarioDirectory: scratch, mode: "test", ttlSeconds: 600 });
  undo.defer(async () => {
    const { left, leftovers } = await takeDown(environment.ledger.file);
    if (left > 0) throw new Error(`left behind: ${leftovers.join(", ")}`);
  });
  const signal = new AbortController().signal;
  const server = await startEmbedded({
    engine: engineNamed(engine),
    service: { name, port },
    environment,
    credentials,
    signal,
    onProgress: () => undefined,
  });
  const session = undo.use(server.session);
  const owned = undo.move();
  let count = 0;
  const dataset = async (source: DatasetSource, place: string) => {
    await using stack = new AsyncDisposableStack();
    const extraction = await session.extract(source, `${place}.rows`);
    const tables = stack.use(await openTables({ directory: `${place}.tables` }));
    const made = await materialise({ tables, extraction, directory: `${place}.dataset` });
    const owned = stack.move();
    return { extraction, tables, made, [Symbol.asyncDispose]: () => owned.disposeAsync() };
  };
  return {
    server,
    session,
    ledger: environment.ledger.file,
    scratch,
    values: server.engine.connection(server.address),
    async extract(source) {
      count += 1;
      await using read = await dataset(source, join(scratch, String(count)));
      const { rows } = await readCells({ tables: read.tables, dataset: read.made, limit: 1000 });
      return { extraction: read.extraction, text: await readFile(read.extraction.file, "utf8"), cells: rows };
    },
    async restoration(source) {
      count += 1;
      const place = join(scratch, String(count));
      await using read = await dataset(source, place);
      return await writeRestoration({ tables: read.tables, dataset: read.made, file: `${place}.csv` });
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** The process that was written down for a service. */
export async function pidOf({ ledger }: EmbeddedService): Promise<number> {
  const entries = (await readFile(ledger, "utf8"))
    .split("\n")
    .filter((line) => line.includes('"kind":"process"') && line.includes('"state":"made"'));
  return Number(/"pid":(\d+)/.exec(entries.at(-1) ?? "")?.[1]);
}

/** The rows as a seed hands them over. */
export async function* rowsOf(...rows: Record<string, unknown>[]): AsyncGenerator<Record<string, unknown>> {
  yield* rows;
}
