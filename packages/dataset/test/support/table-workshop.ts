import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { materialise, openTables, type Cell, type Column, type Dataset, type Extraction, type Tables } from "../../src/index.ts";

interface TextExtraction {
  readonly text: string | Buffer;
  readonly format: Extraction["format"];
  readonly columns: readonly Column[];
  readonly rows: number;
  readonly key?: readonly string[];
}

/** A table engine and a directory for one test, both gone after it. */
export class TableWorkshop implements AsyncDisposable {
  readonly tables: Tables;
  readonly directory: string;
  #made = 0;

  constructor(tables: Tables, directory: string) {
    this.tables = tables;
    this.directory = directory;
  }

  /** A path below the directory that nothing uses yet. */
  path(name: string): string {
    this.#made += 1;
    return join(this.directory, `${this.#made}-${name}`);
  }

  /** Materialises cells of canonical text, handed over the way an engine does. */
  async dataset(table: {
    columns: readonly Column[];
    rows: readonly (readonly Cell[])[];
    key?: readonly string[];
    format?: "csv" | "ndjson";
  }): Promise<Dataset> {
    const { columns, rows, key = [], format = "csv" } = table;
    const text = format === "csv" ? csv(rows) : ndjson(columns, rows);
    return this.materialiseText({ text, columns, key, format, rows: rows.length });
  }

  /** Materialises an extraction whose file has this text. */
  async materialiseText({ text, key = [], ...extraction }: TextExtraction): Promise<Dataset> {
    const file = this.path(`rows.${extraction.format}`);
    await writeFile(file, text);
    return materialise({ tables: this.tables, extraction: { ...extraction, key, file }, directory: this.path("dataset") });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.tables[Symbol.asyncDispose]();
    await rm(this.directory, { recursive: true, force: true });
  }
}

/** So few rows as most tests have give a second thread nothing to do but to find that out, for a sixth of the time. */
export async function openWorkshop({ threads = 1 }: { readonly threads?: number } = {}): Promise<TableWorkshop> {
  const directory = await mkdtemp(join(tmpdir(), "rehearse-dataset-"));
  return new TableWorkshop(await openTables({ directory, threads }), directory);
}

/** Columns by name, each named for its type. */
export function columns(types: Readonly<Record<string, Column["type"]>>): Column[] {
  return Object.entries(types).map(([name, type]) => ({ name, type, source: typeof type === "string" ? type : "unreadable" }));
}

function csv(rows: readonly (readonly Cell[])[]): string {
  return rows
    .map((cells) => `${cells.map((cell) => (cell === null ? String.raw`\N` : `"${cell.replaceAll('"', '""')}"`)).join(",")}\n`)
    .join("");
}

function ndjson(of: readonly Column[], rows: readonly (readonly Cell[])[]): string {
  const names = of.filter(({ type }) => typeof type === "string").map(({ name }) => JSON.stringify(name));
  return rows.map((cells) => `{${cells.map((cell, index) => `${names[index]}:${JSON.stringify(cell)}`).join(",")}}\n`).join("");
}
