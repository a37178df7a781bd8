// table-program.ts <work> <folder>: one piece of work on the table of the server in <folder>/address.json, as a process of its own, to be measured from the outside.
import { mkdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { compareDatasets, materialise, openTables, readDataset, type Dataset, type Tables } from "@rehearse/dataset";
import { engineNamed, type ServerAddress } from "@rehearse/services";
import pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import { byHand, tableName } from "./fill.ts";

const [work = "", folder = ""] = process.argv.slice(2);
const { engine, address }: { engine: "postgres" | "clickhouse"; address: ServerAddress } = JSON.parse(
  await readFile(path.join(folder, "address.json"), "utf8"),
);

const works: Readonly<Record<string, () => Promise<unknown>>> = {
  async digest() {
    await using session = await engineNamed(engine).connect(address, AbortSignal.timeout(60_000));
    await using snapshot = await session.snapshot();
    return (await snapshot.digest(tableName, { ignore: [] }))?.digest;
  },
  "digest-by-hand": async () => (engine === "postgres" ? await asked(byHand.postgres) : await answered(byHand.clickhouse)),
  copy: async () => await copied(),
  reference: () => withTables(async (tables) => (await dataset(tables, "reference")).manifest.rows),
  compare: () =>
    withTables(async (tables) => {
      const reference = await readDataset(path.join(folder, "reference"));
      const current = await dataset(tables, "current");
      const { added, removed, changed, rung } = await compareDatasets({ tables, reference, current, rules: { ignore: [] } });
      return { added, removed, changed, rung };
    }),
};

const result = await works[work]?.();
if (result === undefined) throw new Error(`no work ${work}`);
console.log(JSON.stringify(result));

async function withTables<T>(task: (tables: Tables) => Promise<T>): Promise<T> {
  await using tables = await openTables({ directory: path.join(folder, `tables-${process.pid}`) });
  return await task(tables);
}

/** As a stage's write becomes a dataset. */
async function dataset(tables: Tables, name: string): Promise<Dataset> {
  const files = path.join(folder, `${name}.rows`);
  await mkdir(files);
  const directory = path.join(folder, name);
  await rm(directory, { recursive: true, force: true });
  await using session = await engineNamed(engine).connect(address, AbortSignal.timeout(60_000));
  await using snapshot = await session.snapshot();
  const extraction = await snapshot.extract({ table: tableName }, path.join(files, "rows"));
  const made = await materialise({ tables, extraction, directory });
  await rm(files, { recursive: true });
  return made;
}

async function connected(): Promise<pg.Client> {
  const { host, ports, credentials, service } = address;
  const client = new pg.Client({ host, port: Number(ports["port"]), ...credentials, database: service });
  await client.connect();
  return client;
}

async function asked(sql: string): Promise<unknown> {
  const client = await connected();
  const { rows } = await client.query<Record<string, string>>(sql);
  await client.end();
  return rows;
}

async function copied(): Promise<number> {
  const client = await connected();
  let bytes = 0;
  for await (const chunk of client.query(copyTo(`COPY ${tableName} TO STDOUT (FORMAT binary)`))) bytes += Buffer.byteLength(chunk);
  await client.end();
  return bytes;
}

async function answered(sql: string): Promise<string> {
  const { host, ports, credentials, service } = address;
  const url = `http://${host}:${ports["http"]}/?database=${encodeURIComponent(service)}`;
  const headers = { "X-ClickHouse-User": credentials.user, "X-ClickHouse-Key": credentials.password };
  const response = await fetch(url, { method: "POST", body: sql, headers });
  if (!response.ok) throw new Error(await response.text());
  return await response.text();
}
