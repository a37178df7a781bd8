import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openServer } from "../../src/clickhouse/server.ts";
import { settle } from "../../src/clickhouse/settle.ts";
import { startServer, type TestServer } from "./server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
  await server.run("CREATE TABLE written (n UInt8) ENGINE = MergeTree ORDER BY n");
});
afterAll(() => server[Symbol.asyncDispose]());

const rows = async (): Promise<number | undefined> => (await server.session.states())[0]?.rows;
const slowInsert = (seconds: number): string =>
  `INSERT INTO written SELECT sleepEachRow(0.1) FROM numbers(${seconds * 10}) SETTINGS max_block_size = 1`;

/** Asks, and is gone before the answer. */
async function askAndGo(sql: string): Promise<void> {
  const { address } = server;
  const headers = { "X-ClickHouse-User": address.credentials.user, "X-ClickHouse-Key": address.credentials.password };
  const url = `http://${address.host}:${address.ports["http"]}/`;
  await fetch(url, { method: "POST", body: sql, headers, signal: AbortSignal.timeout(150) }).catch(() => undefined);
}

test("what a client that is gone has asked is written when the server has settled", async () => {
  await askAndGo(slowInsert(1));
  const before = await rows();
  await server.session.settle();
  const after = await rows();
  await delay(300);
  expect([before, after, await rows()]).toEqual([0, 10, 10]);
});

test("rows of asynchronous inserts are there when the server has settled", async () => {
  const before = (await rows()) ?? 0;
  await server.run(
    "INSERT INTO written SETTINGS async_insert = 1, wait_for_async_insert = 0, async_insert_busy_timeout_ms = 5000 VALUES (1)",
  );
  await server.session.settle();
  expect(await rows()).toBe(before + 1);
});

test("an idle server, with work of our own, settles at once", async () => {
  const own = server.extract({ query: "SELECT sleep(1) AS v" });
  await server.session.settle();
  const took: number[] = [];
  for (let round = 0; round < 10; round += 1) {
    const start = performance.now();
    await server.session.settle();
    took.push(performance.now() - start);
  }
  // Others may use the machine as well.
  expect(Math.min(...took)).toBeLessThan(10);
  await own;
});

test("what takes too long is ended", async () => {
  await using doors = openServer(server.address);
  await askAndGo(slowInsert(60));
  const start = performance.now();
  await settle(doors, 300);
  expect(performance.now() - start).toBeLessThan(10_000);
  const after = await rows();
  await delay(300);
  expect(await rows()).toBe(after);
});
