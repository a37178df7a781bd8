import { setTimeout as delay } from "node:timers/promises";
import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openPool } from "../../src/postgres/pool.ts";
import { settle } from "../../src/postgres/settle.ts";
import { startService, type EmbeddedService } from "../embedded-service.ts";

let service: EmbeddedService;
beforeAll(async () => {
  service = await startService("postgres");
  await service.session.load({ kind: "script", text: "CREATE TABLE written (id int)", name: "tables" });
});
afterAll(() => service[Symbol.asyncDispose]());

const rows = async (): Promise<number | undefined> => (await service.session.states())[0]?.rows;

async function client(): Promise<Client> {
  const opened = new Client({ connectionString: service.values["url"] });
  opened.on("error", () => undefined);
  await opened.connect();
  return opened;
}

test("what a client that is gone has asked is written when the server has settled", async () => {
  const gone = await client();
  gone.query("INSERT INTO written SELECT 1 FROM pg_sleep(0.5)").catch(() => undefined);
  await delay(100);
  gone.connection.stream.destroy();
  const before = await rows();
  await service.session.settle();
  expect([before, await rows()]).toEqual([0, 1]);
});

test("what a client left unread in its socket is written when the server has settled", async () => {
  const gone = await client();
  const { rows: told } = await gone.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
  const pid = told[0]?.pid ?? 0;
  const before = (await rows()) ?? 0;
  process.kill(pid, "SIGSTOP");
  gone.query("INSERT INTO written VALUES (3)").catch(() => undefined);
  await delay(50);
  gone.connection.stream.destroy();
  const seen = service.session.settle().then(rows);
  await delay(100);
  process.kill(pid, "SIGCONT");
  expect(await seen).toBe(before + 1);
});

test("an idle client that stays is waited for half a second, and goes on", async () => {
  const idle = await client();
  const start = performance.now();
  await service.session.settle();
  const took = performance.now() - start;
  expect(took).toBeGreaterThan(450);
  expect(took).toBeLessThan(5_000);
  expect((await idle.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
  await idle.end();
});

test("an idle server, with work of our own, settles at once", async () => {
  const own = service.extract({ query: "SELECT 1 FROM pg_sleep(1)" });
  await service.session.settle();
  const took: number[] = [];
  for (let round = 0; round < 10; round += 1) {
    const start = performance.now();
    await service.session.settle();
    took.push(performance.now() - start);
  }
  // Others may use the machine as well.
  expect(Math.min(...took)).toBeLessThan(10);
  await own;
});

test("a client that is still there and busy again and again is not waited for, nor ended", async () => {
  const busy = await client();
  let stop = false;
  const working = (async () => {
    while (!stop) await busy.query("SELECT pg_sleep(0.03)").then(() => delay(10));
    return "still there";
  })();
  await delay(50);
  const start = performance.now();
  await service.session.settle();
  expect(performance.now() - start).toBeLessThan(10_000);
  stop = true;
  expect(await working).toBe("still there");
  await busy.end();
});

test("what takes too long is ended, and rolled back", async () => {
  await using stack = new AsyncDisposableStack();
  const pool = stack.adopt(openPool(service.server.address), (opened) => opened.end());
  const slow = await client();
  const holding = await client();
  const before = await rows();
  const ended = slow.query("INSERT INTO written SELECT 1 FROM pg_sleep(60)").then(() => "done", String);
  await holding.query("BEGIN");
  await holding.query("INSERT INTO written VALUES (2)");
  await delay(100);
  await settle(pool, 300);
  expect(await ended).toMatch(/terminat/);
  await expect(holding.query("COMMIT")).rejects.toThrow(/terminat|not queryable/i);
  expect(await rows()).toBe(before);
});
