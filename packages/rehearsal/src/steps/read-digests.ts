import path from "node:path";
import type { Scenario, StageConfig } from "@rehearse/config";
import { digestDataset, type Digest } from "@rehearse/dataset";
import { extractDataset } from "./extract-dataset.ts";
import type { StepContext } from "./step-context.ts";
import type { TableStates } from "./table-watch.ts";

/**
 * The digests of what stages read, at the moment they start. A table that stands as it stood when it was last read is not read again.
 */
export class ReadDigests {
  readonly #known = new Map<string, Digest>();

  /** The digest of each of the stage's reads; a table that is not there has no rows. Columns that every check ignores do not count. */
  async of(stage: StageConfig, context: StepContext): Promise<{ dataset: string; rows: number; digest: string }[]> {
    const states = context.watch.known();
    const facts = [];
    for (const read of stage.reads) {
      const state = states.get(read.name);
      if (state === undefined) facts.push({ dataset: read.name, rows: 0, digest: "absent" });
      else facts.push({ dataset: read.name, ...factOf(await this.#digest(read, states, context)) });
    }
    return facts;
  }

  async #digest(read: StageConfig["reads"][number], states: TableStates, context: StepContext): Promise<Digest> {
    const key = `${read.name} ${states.get(read.name)?.digest ?? ""}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const directory = path.join(context.environment.scratch, "reads", crypto.randomUUID());
    const dataset = await extractDataset(context, { service: read.service, source: { table: read.table }, directory });
    const digest = await digestDataset({ tables: context.tables, dataset, ignore: ignoredColumns(context.scenario, read.name) });
    this.#known.set(key, digest);
    return digest;
  }
}

function factOf({ rows, value }: Digest): { rows: number; digest: string } {
  return { rows, digest: value };
}

/** The columns of a table that its check ignores, whichever stage writes it. */
function ignoredColumns(scenario: Scenario, dataset: string): readonly string[] {
  return scenario.stages.flatMap((stage) => stage.writes).find((write) => write.name === dataset)?.ignore ?? [];
}
