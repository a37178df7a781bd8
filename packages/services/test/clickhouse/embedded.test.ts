import { existsSync, readdirSync, readFileSync } from "node:fs";
import { connect as connectSocket } from "node:net";
import { expect, test } from "vitest";
import { createClient } from "@clickhouse/client";
import { clickhouse } from "../../src/clickhouse/index.ts";
import { askAs, startProcess, startServer } from "./server.ts";

test("a server answers the application's user in its own database, by the connection values", async () => {
  await using server = await startServer();
  const values = clickhouse.connection(server.address);
  expect(Object.keys(values).toSorted()).toEqual([...clickhouse.connectionNames].toSorted());
  const client = createClient({ url: values["url"] ?? "" });
  const answer = await client.query({ query: "SELECT currentUser() AS user, currentDatabase() AS database, timezone() AS zone", format: "JSONEachRow" });
  expect(await answer.json()).toEqual([{ user: "rehearse", database: "ware house", zone: "UTC" }]);
  await client.close();
  expect(server.session.version).toMatch(/^26\.7\./);
  expect(await server.ask(`SELECT count() FROM remote('127.0.0.1:${values["tcpPort"]}', system, one, 'rehearse', 'p@ss/w:rd')`)).toBe("1");
  expect(await server.ask("SELECT engine FROM system.databases WHERE name IN ('default', 'ware house')")).toBe("Atomic\nAtomic");
});

test("nobody else gets in: no password, a wrong one, or `default` with its empty one", async () => {
  await using server = await startServer();
  const wrong = { user: "rehearse", password: "wrong" };
  expect(await askAs(server.address, "SELECT 1", wrong)).toContain("Code: 516");
  expect(await askAs(server.address, "SELECT 1", null)).toContain("Code: 700");
  expect(await askAs(server.address, "SELECT 1", { user: "default", password: "" })).toContain("Code: 700");
  const tcp = `remote('127.0.0.1:${server.address.ports["tcp"]}', system, one, 'default', '')`;
  expect(await server.ask(`SELECT count() FROM ${tcp}`)).toContain("Code: 700");
  await expect(clickhouse.connect({ ...server.address, credentials: wrong }, AbortSignal.timeout(10_000))).rejects.toMatchObject({ code: "ENGINE_NOT_READY" });
});

test("connect gives up with the signal's reason", async () => {
  const reason = new Error("the process ended");
  const nowhere = { service: "a", host: "127.0.0.1", ports: { http: 1, tcp: 2 }, credentials: { user: "u", password: "p" } };
  const signal = AbortSignal.any([AbortSignal.timeout(100)]);
  await expect(clickhouse.connect(nowhere, signal)).rejects.toMatchObject({ name: "TimeoutError" });
  await expect(clickhouse.connect(nowhere, AbortSignal.abort(reason))).rejects.toBe(reason);
});

test("two servers run at once, each with its own data", async () => {
  await using one = await startServer();
  await using two = await startServer();
  await one.ask("CREATE TABLE only_here (n UInt8) ENGINE = Memory");
  expect((await one.session.states()).map(({ table }) => table)).toEqual(["only_here"]);
  expect(await two.session.states()).toEqual([]);
});

test("the query log has what the application asked, with its comment, and nothing of the rehearsal", async () => {
  await using server = await startServer();
  await server.ask("CREATE TABLE t (n UInt8) ENGINE = MergeTree ORDER BY n");
  await server.ask("SELECT count() FROM t SETTINGS log_comment = 'service:backfill'");
  await server.session.load({ kind: "rows", name: "seed", table: "t", rows: [{ n: 1 }].values().map(async (row) => row) as never });
  await server.session.states();
  const asked = await server.session.extract(
    { query: "SELECT log_comment, query FROM system.query_log WHERE type = 'QueryFinish' AND has(databases, 'ware house')" },
    `${server.directory}/log.parquet`,
  );
  expect(asked.columns.map(({ name }) => name)).toEqual(["log_comment", "query"]);
  expect(await server.ask("SELECT log_comment, query_kind FROM system.query_log WHERE type = 'QueryFinish' AND has(databases, 'ware house') ORDER BY event_time_microseconds")).toBe("\tCreate\nservice:backfill\tSelect");
});

test("clients that break off do not hurt the server", async () => {
  await using server = await startServer();
  const port = server.address.ports["http"] ?? 0;
  for (const garbage of ["\u0016\u0003\u0001\u0002", "GET / HTTP/1.1\r\nExpect: 100-continue\r\n", "nonsense\r\n\r\n"]) {
    for (const to of [port, server.address.ports["tcp"] ?? 0]) {
      const socket = connectSocket({ port: to, host: "127.0.0.1" });
      await new Promise<void>((resolve) => socket.write(garbage, () => resolve()));
      socket.resetAndDestroy();
    }
  }
  expect(await server.ask("SELECT 1")).toBe("1");
});

test("twenty servers, every second one killed: each answers, and none leaves a process or a terminal", { timeout: 120_000 }, async () => {
  const terminals = readdirSync("/dev/pts").length;
  for (let cycle = 0; cycle < 20; cycle += 1) {
    await using server = await startProcess();
    await using session = await clickhouse.connect(server.address, server.ended);
    expect(session.version).not.toBe("");
    const { pid } = server.child;
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8");
    expect(children).toBe("");
    const gone = new Promise((resolve) => server.child.on("exit", resolve));
    server.child.kill(cycle % 2 === 0 ? "SIGTERM" : "SIGKILL");
    const start = performance.now();
    await gone;
    expect(performance.now() - start).toBeLessThan(1000);
    expect(existsSync(`/proc/${pid}`)).toBe(false);
  }
  expect(readdirSync("/dev/pts").length).toBeLessThanOrEqual(terminals);
});
