import { rm } from "node:fs/promises";
import path from "node:path";
import { materialise, openTables, relationOf, writeRestoration, type Cell, type Relation, type Tables } from "@rehearse/dataset";
import { startService, type EmbeddedService } from "../../packages/services/test/embedded-service.ts";
import { arbitraryCase } from "./arbitrary-case.ts";
import { arbitraryItems } from "./arbitrary-items.ts";
import { datasetOfCells } from "./dataset-of-cells.ts";
import type { Transport } from "./transport.ts";
import type { TruthTable } from "./truth-case.ts";

const withoutNul = (cell: Cell): boolean => cell === null || !/\0|\\u0000/.test(cell);

/** For each engine, cases whose tables arrive there as what they were. */
const cases = {
  postgres: arbitraryCase(
    [
      "boolean",
      "int16",
      "int32",
      "int64",
      "float32",
      "float64",
      "text",
      "bytes",
      "date",
      "time",
      "timestamp",
      "timestamptz",
      "interval",
      "uuid",
      "json",
    ],
    withoutNul,
  ),
  // It has no tables without columns.
  clickhouse: arbitraryCase([
    ...([
      "boolean",
      "int8",
      "int16",
      "int32",
      "int64",
      "int128",
      "int256",
      "uint8",
      "uint16",
      "uint32",
      "uint64",
      "uint128",
      "uint256",
    ] as const),
    ...(["decimal(10,2)", "decimal(18,4)", "decimal(38,10)", "decimal(76,20)", "float32", "float64", "text", "uuid"] as const),
  ]).filter(({ reference, current }) => reference.columns.length > 0 && current.columns.length > 0),
  dynamodb: arbitraryItems,
};

/** Through a real engine: tables are put in as references are, and read as a stage's are. */
export async function openEngine(engine: keyof typeof cases): Promise<Transport> {
  await using undo = new AsyncDisposableStack();
  const service = undo.use(await startService(engine));
  const tables = undo.use(await openTables({ directory: path.join(service.scratch, "tables"), threads: 1 }));
  return new ThroughEngine({ engine, service, tables, owned: undo.move() });
}

class ThroughEngine implements Transport {
  readonly name: keyof typeof cases;
  readonly cases;
  readonly tables: Tables;
  readonly #service: EmbeddedService;
  readonly #owned: AsyncDisposableStack;
  #made: string[] = [];
  /** Tables are used again: to make one takes longer than to fill it. */
  readonly #known = new Map<string, string>();
  #count = 0;
  #used = new Set<string>();

  constructor(open: { engine: keyof typeof cases; service: EmbeddedService; tables: Tables; owned: AsyncDisposableStack }) {
    this.name = open.engine;
    this.cases = cases[open.engine];
    this.tables = open.tables;
    this.#service = open.service;
    this.#owned = open.owned;
  }

  async carry(table: TruthTable): Promise<Relation> {
    this.#count += 1;
    const place = path.join(this.#service.scratch, `case-${this.#count}`);
    const [before, after] = [`${place}-before`, `${place}-after`];
    this.#made.push(before, after, `${place}.csv`, `${place}.rows`);
    // Only DynamoDB's tables cannot be without a key, and only there is it unique in every case.
    const keyed = { ...table, key: this.name === "dynamodb" ? table.key : [] };
    const dataset = await datasetOfCells({ tables: this.tables, table: keyed, directory: before });
    const restoration = await writeRestoration({ tables: this.tables, dataset, file: `${place}.csv` });
    const name = this.#tableFor(table);
    await this.#service.session.restore(name, restoration);
    const extraction = await this.#service.session.extract({ table: name }, `${place}.rows`);
    const relation = relationOf(await materialise({ tables: this.tables, extraction, directory: after }));
    return { ...relation, key: table.key };
  }

  /** A table with these columns that this case has not used yet. */
  #tableFor({ columns, key }: TruthTable): string {
    for (let copy = 0; ; copy += 1) {
      const shape = JSON.stringify([columns, this.name === "dynamodb" ? key : [], copy]);
      const name = this.#known.get(shape) ?? `truth${this.#known.size}`;
      this.#known.set(shape, name);
      if (this.#used.has(name)) continue;
      this.#used.add(name);
      return name;
    }
  }

  async clear(): Promise<void> {
    const made = this.#made;
    this.#made = [];
    this.#used = new Set();
    await Promise.all(made.map((it) => rm(it, { recursive: true, force: true })));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#owned.disposeAsync();
  }
}
