import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { openTables, relationOf, type Relation, type Tables } from "@rehearse/dataset";
import { allTypes } from "../../packages/dataset/test/support/nasty-values.ts";
import { arbitraryCase } from "./arbitrary-case.ts";
import { datasetOfCells } from "./dataset-of-cells.ts";
import type { Transport } from "./transport.ts";
import type { TruthTable } from "./truth-case.ts";

/** Through the files that engines hand over, CSV and NDJSON in turns, and datasets at rest; worked on by so many threads. */
export async function openFiles(threads: number): Promise<Transport> {
  const directory = await mkdtemp(path.join(tmpdir(), "rehearse-truth-"));
  const tables = await openTables({ directory, threads });
  return new Files(tables, directory);
}

class Files implements Transport {
  readonly name = "files";
  readonly cases = arbitraryCase(allTypes);
  readonly tables: Tables;
  readonly #directory: string;
  #made: string[] = [];
  #count = 0;

  constructor(tables: Tables, directory: string) {
    this.tables = tables;
    this.#directory = directory;
  }

  async carry(table: TruthTable): Promise<Relation> {
    this.#count += 1;
    const format = this.#count % 3 === 0 ? "ndjson" : "csv";
    const directory = path.join(this.#directory, `${this.#count}`);
    this.#made.push(`${directory}.${format}`, directory);
    const dataset = await datasetOfCells({ tables: this.tables, table, directory, format });
    // The digests of both sides are known, of neither, or of the reference alone.
    const digest = [1, 2, 5].includes(this.#count % 8) ? dataset.manifest.digest : undefined;
    return { ...relationOf(dataset), digest };
  }

  async clear(): Promise<void> {
    const made = this.#made;
    this.#made = [];
    await Promise.all(made.map((it) => rm(it, { recursive: true, force: true })));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.tables[Symbol.asyncDispose]();
    await rm(this.#directory, { recursive: true, force: true });
  }
}
