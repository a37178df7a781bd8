import path from "node:path";
import type { StageConfig } from "@rehearse/config";
import { digestDataset, type Dataset } from "@rehearse/dataset";
import type { TableState } from "@rehearse/services";
import { extractDataset } from "./extract-dataset.ts";
import type { StepContext } from "./step-context.ts";

interface ReadFact {
  readonly dataset: string;
  readonly rows: number;
  readonly digest: string;
}

/**
 * The digests of what stages read, at the moment they start. A table without ignored columns is known by its state, which was just looked at; any other
 * is read, unless it stands as it stood when it was last read or written.
 */
export class ReadDigests {
  readonly #datasets = new Map<string, Dataset>();

  /** Remembers what a stage wrote, as the table stands now. */
  remember(name: string, dataset: Dataset, context: StepContext): void {
    const state = context.watch.known().get(name);
    if (state !== undefined) this.#datasets.set(keyOf(name, state), dataset);
  }

  /** The digest of each of the stage's reads; a table that is not there has no rows. Columns that every check ignores do not count. */
  async of(stage: StageConfig, context: StepContext): Promise<ReadFact[]> {
    const states = context.watch.known();
    const facts: ReadFact[] = [];
    for (const read of stage.reads) {
      const state = states.get(read.name);
      const { ignore } = read;
      if (state === undefined) facts.push({ dataset: read.name, rows: 0, digest: "absent" });
      else if (ignore.length === 0) facts.push({ dataset: read.name, rows: state.rows, digest: `state:${state.digest}` });
      else facts.push(await this.#digest(read, { state, ignore, context }));
    }
    return facts;
  }

  async #digest(
    read: StageConfig["reads"][number],
    { state, ignore, context }: { state: TableState; ignore: readonly string[]; context: StepContext },
  ): Promise<ReadFact> {
    const { tables } = context;
    const key = keyOf(read.name, state);
    const directory = path.join(context.environment.scratch, "reads", crypto.randomUUID());
    const dataset =
      this.#datasets.get(key) ?? (await extractDataset(context, { service: read.service, source: { table: read.table }, directory }));
    this.#datasets.set(key, dataset);
    const { rows, value } = await digestDataset({ tables, dataset, ignore });
    return { dataset: read.name, rows, digest: `rows:${value}` };
  }
}

function keyOf(name: string, state: TableState): string {
  return `${name} ${state.digest}`;
}
