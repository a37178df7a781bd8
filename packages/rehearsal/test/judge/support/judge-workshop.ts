import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { materialise, openTables, readDataset, type Cell, type Column, type Dataset, type Tables } from "@rehearse/dataset";
import { runReferences } from "../../../src/against/run-references.ts";
import type { References } from "../../../src/judge/references.ts";
import type { StageFact } from "../../../src/model/run.ts";
import { stageFact } from "./facts.ts";

/** Rows as canonical text, with the types of their columns. */
export interface Table {
  readonly types: Readonly<Record<string, Column["type"]>>;
  readonly rows: readonly (readonly Cell[])[];
  readonly key?: readonly string[];
}

/** What stages wrote, by `stage/dataset`. */
export type Written = Readonly<Record<string, Table>>;

/** What a rehearsal left: its facts, and where its datasets lie. */
export interface Rehearsed {
  readonly folder: string;
  readonly stages: readonly StageFact[];
  readonly open: (directory: string) => Promise<Dataset>;
  readonly references: References;
}

/** A table engine and a folder for the tests of one file. */
export class JudgeWorkshop implements AsyncDisposable {
  readonly tables: Tables;
  readonly #folder: string;
  #made = 0;

  constructor(tables: Tables, folder: string) {
    this.tables = tables;
    this.#folder = folder;
  }

  async dataset(table: Table, directory = this.#path("dataset")): Promise<Dataset> {
    const columns = Object.entries(table.types).map(([name, type]) => ({ name, type, source: "any" }));
    const file = this.#path("rows.csv");
    await writeFile(file, csv(table.rows));
    const extraction = { format: "csv", file, columns, rows: table.rows.length, key: table.key ?? [] } as const;
    return await materialise({ tables: this.tables, extraction, directory });
  }

  /** As if stages had run and written this. */
  async rehearsed(written: Written): Promise<Rehearsed> {
    const folder = this.#path("run");
    const stages = new Map<string, StageFact["writes"]>();
    for (const [place, table] of Object.entries(written)) {
      const [stage = "", dataset = ""] = place.split("/");
      const { manifest } = await this.dataset(table, path.join(folder, place));
      const fact = { dataset, rows: table.rows.length, digest: manifest.digest.value, directory: place };
      stages.set(stage, [...(stages.get(stage) ?? []), fact]);
    }
    const facts = [...stages].map(([name, writes]) => stageFact(name, { writes }));
    return {
      folder,
      stages: facts,
      open: (directory) => readDataset(path.join(folder, directory)),
      references: runReferences({ run: { steps: facts }, folder, title: "the other run", failure: null }),
    };
  }

  #path(name: string): string {
    this.#made += 1;
    return path.join(this.#folder, `${this.#made}-${name}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.tables[Symbol.asyncDispose]();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

export async function openWorkshop(): Promise<JudgeWorkshop> {
  const folder = await mkdtemp(path.join(tmpdir(), "rehearse-judge-"));
  return new JudgeWorkshop(await openTables({ directory: folder, threads: 1 }), folder);
}

function csv(rows: Table["rows"]): string {
  const field = (cell: Cell): string => (cell === null ? String.raw`\N` : `"${cell.replaceAll('"', '""')}"`);
  return rows.map((cells) => `${cells.map(field).join(",")}\n`).join("");
}
