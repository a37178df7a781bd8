import type { DatasetSource, EngineSession } from "../../src/index.ts";
import { startService, type EmbeddedService } from "../embedded-service.ts";
import { clickhouseCases } from "./clickhouse-values.ts";
import type { FidelityCase } from "./fidelity-case.ts";
import { postgresCases, postgresTypes } from "./postgres-values.ts";

/** An engine on which fidelity is measured. */
export interface Ground extends AsyncDisposable {
  readonly title: string;
  readonly session: EngineSession;
  readonly cases: readonly FidelityCase[];
  /** Makes a table of `id`, from 0, and `v` with the values; resolves to how many rows it has, one with NULL where `v` may be NULL among them. */
  fill(table: string, one: FidelityCase): Promise<number>;
  /** Makes an empty table like another. */
  copyEmpty(from: string, to: string): Promise<void>;
  /** Whether two tables with values of that type hold the same, as the engine itself sees it. */
  identical(tables: { readonly one: string; readonly other: string; readonly type: string }): Promise<boolean>;
}

export async function postgresGround(): Promise<Ground> {
  const { service, run, ask } = await open("postgres");
  await run(postgresTypes);
  return {
    ...grounded(service),
    title: "Postgres",
    cases: postgresCases,
    async fill(table, { type, values, notNull }) {
      const rows = [...values, ...(notNull === true ? [] : ["NULL"])].map((value, id) => `(${id}, ${value})`);
      await run(`CREATE TABLE ${table} (id int PRIMARY KEY, v ${type}); INSERT INTO ${table} VALUES ${rows.join(", ")}`);
      return rows.length;
    },
    copyEmpty: (from, to) => run(`CREATE TABLE ${to} (LIKE ${from} INCLUDING ALL)`),
    // The bytes that the server would send, but of documents, which are values however they are written.
    identical: async ({ one, other, type }) => {
      const rows = (table: string): string => `SELECT ${/json|nest/.test(type) ? "id" : `record_send(${table})`} FROM ${table}`;
      return (await ask(`SELECT count(*) FROM (${rows(one)} EXCEPT ALL ${rows(other)}) AS left_over`)) === "0";
    },
  };
}

export async function clickhouseGround(): Promise<Ground> {
  const { service, run, ask } = await open("clickhouse");
  return {
    ...grounded(service),
    title: "ClickHouse",
    cases: clickhouseCases,
    async fill(table, { type, values }) {
      const all = /^(Nullable|LowCardinality\(Nullable|Variant|Dynamic)/.test(type) ? [...values, "NULL"] : values;
      await run(`CREATE TABLE ${table} (id UInt8, v ${type}) ENGINE = MergeTree ORDER BY id`);
      for (const [id, value] of all.entries())
        await run(`INSERT INTO ${table} SELECT ${id}, CAST(${value} AS ${type}) SETTINGS cast_string_to_variant_use_inference = 0`);
      return all.length;
    },
    copyEmpty: (from, to) => run(`CREATE TABLE ${to} AS ${from}`),
    // A map has no order, though the server keeps one.
    identical: async ({ one, other, type }) => {
      const value = type.startsWith("Map") ? "mapSort(v)" : "v";
      const digest = (table: string): string => `(SELECT (count(), sum(cityHash64(tuple(id, ${value})))) FROM ${table})`;
      return (await ask(`SELECT toUInt8(${digest(one)} = ${digest(other)}) AS same`)) === "1";
    },
  };
}

interface Open {
  readonly service: EmbeddedService;
  readonly run: (text: string) => Promise<void>;
  readonly ask: (query: string) => Promise<string | null | undefined>;
}

async function open(engine: string): Promise<Open> {
  const service = await startService(engine);
  return {
    service,
    async run(text) {
      await service.session.load({ kind: "script", text, name: "fidelity" });
    },
    ask: async (query) => (await service.extract({ query } satisfies DatasetSource)).cells[0]?.[0],
  };
}

function grounded(service: EmbeddedService): Pick<Ground, "session" | typeof Symbol.asyncDispose> {
  return { session: service.session, [Symbol.asyncDispose]: () => service[Symbol.asyncDispose]() };
}
