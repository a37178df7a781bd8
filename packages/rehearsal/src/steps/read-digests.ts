import path from "node:path";
import type { ReadConfig, StageConfig } from "@rehearse/config";
import { digestDataset, type Dataset } from "@rehearse/dataset";
import type { TableState } from "@rehearse/services";
import { beginExtract } from "./extract-dataset.ts";
import { later } from "./later.ts";
import type { StepContext } from "./step-context.ts";

interface WrittenTable {
  readonly name: string;
  readonly service: string | undefined;
  readonly dataset: Promise<Dataset>;
}

interface ReadFact {
  readonly dataset: string;
  readonly rows: number;
  readonly digest: string;
}

/**
 * The digests of what stages read, at the moment they start, as `<algorithm>:<value>`. A table without ignored columns is known by its state, which
 * was just looked at; any other is read, unless it stands as it stood when it was last read or written.
 */
export class ReadDigests {
  readonly #datasets = new Map<string, Promise<Dataset>>();

  /** Remembers what a stage wrote, as the table stands now. */
  remember({ name, service, dataset }: WrittenTable, { watch }: StepContext): void {
    if (service === undefined) return;
    const remembering = watch.known([service]).then((states) => {
      const state = states.get(name);
      if (state !== undefined) this.#datasets.set(keyOf(name, state), dataset);
    });
    void later(remembering);
  }

  /**
   * The digest of each of the stage's reads; a table that is not there has no rows. Columns that every check ignores do not count.
   * Resolves when the services need not stand still any more.
   */
  async of(stage: StageConfig, context: StepContext): Promise<{ readonly facts: Promise<ReadFact[]> }> {
    const facts: Promise<ReadFact>[] = [];
    for (const read of stage.reads) facts.push(later((await this.#begin(read, context)).fact));
    return { facts: later(Promise.all(facts)) };
  }

  async #begin(read: ReadConfig, context: StepContext): Promise<{ readonly fact: Promise<ReadFact> }> {
    const { name, service, ignore } = read;
    const seen = context.watch.known([service]).then((states) => states.get(name));
    if (ignore.length === 0) return { fact: stateFact(name, seen) };
    const state = await seen;
    if (state === undefined) return { fact: stateFact(name, seen) };
    const { dataset } = await this.#dataset(read, { state, context });
    return { fact: digest(name, { dataset, ignore, context }) };
  }

  async #dataset(
    read: ReadConfig,
    { state, context }: { state: TableState; context: StepContext },
  ): Promise<{ readonly dataset: Promise<Dataset> }> {
    const key = keyOf(read.name, state);
    const known = this.#datasets.get(key);
    if (known !== undefined) return { dataset: known };
    const directory = path.join(context.environment.scratch, "reads", crypto.randomUUID());
    const begun = await beginExtract(context, { service: read.service, source: { table: read.table }, directory });
    this.#datasets.set(key, begun.dataset);
    return begun;
  }
}

/** A table as its service knows it; one that is not there has no state. */
async function stateFact(dataset: string, seen: Promise<TableState | undefined>): Promise<ReadFact> {
  const state = await seen;
  return state === undefined ? { dataset, rows: 0, digest: "absent" } : { dataset, rows: state.rows, digest: `state:${state.digest}` };
}

interface DigestRequest {
  readonly dataset: Promise<Dataset>;
  readonly ignore: readonly string[];
  readonly context: StepContext;
}

async function digest(name: string, { dataset, ignore, context: { tables } }: DigestRequest): Promise<ReadFact> {
  const { rows, algorithm, value } = await digestDataset({ tables, dataset: await dataset, ignore });
  return { dataset: name, rows, digest: `rows/${algorithm}:${value}` };
}

function keyOf(name: string, state: TableState): string {
  return `${name} ${state.digest}`;
}
