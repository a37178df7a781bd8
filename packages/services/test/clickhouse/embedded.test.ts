import { existsSync, readFileSync } from "node:fs";
import { connect as connectSocket } from "node:net";
import { createClient } from "@clickhouse/client";
import { expect, test } from "vitest";
import { clickhouse } from "../../src/clickhouse/index.ts";
import { rowsOf } from "../embedded-service.ts";
import { askAs, inOrder, startServer } from "./server.ts";

test("a server answers the application's user in its own database, by the connection values", async () => {
  await using server = await startServer();
  const { values } = server;
  expect(Object.keys(values).toSorted()).toEqual([...clickhouse.connectionNames].toSorted());
  const client = createClient({ url: values["url"] ?? "" });
  const query = "SELECT currentUser() AS user, currentDatabase() AS database, timezone() AS zone";
  const answer = await client.query({ query, format: "JSONEachRow" });
  expect(await answer.json()).toEqual([{ user: "rehearse", database: "ware-house", zone: "UTC" }]);
  await client.close();
  expect(server.session.version).toMatch(/^26\.7\./);
  const { user, password } = server.address.credentials;
  const native = `remote('127.0.0.1:${values["tcpPort"]}', system, one, '${user}', '${password.replace("'", "\\'")}')`;
  expect(await server.ask(`SELECT count() FROM ${native}`)).toBe("1");
  expect(await server.ask("SELECT engine FROM system.databases WHERE name IN ('default', 'ware-house')")).toBe("Atomic\nAtomic");
  expect(await server.ask("1")).toContain("Code: 62");
});

test("nobody else gets in: no password, a wrong one, or `default` with its empty one", async () => {
  await using server = await startServer();
  const wrong = { user: "rehearse", password: "wrong" };
  expect(await askAs(server.address, "SELECT 1", wrong)).toContain("Code: 516");
  expect(await askAs(server.address, "SELECT 1", null)).toContain("Code: 700");
  expect(await askAs(server.address, "SELECT 1", { user: "default", password: "" })).toContain("Code: 700");
  const native = `remote('127.0.0.1:${server.address.ports["tcp"]}', system, one, 'default', '')`;
  expect(await server.ask(`SELECT count() FROM ${native}`)).toContain("Code: 700");
  const refused = clickhouse.connect({ ...server.address, credentials: wrong }, AbortSignal.timeout(10_000));
  await expect(refused).rejects.toMatchObject({ code: "ENGINE_NOT_READY" });
});

test("connect gives up with the signal's reason", async () => {
  const reason = new Error("the process ended");
  const nowhere = { service: "a", host: "127.0.0.1", ports: { http: 1, tcp: 2 }, credentials: { user: "u", password: "p" } };
  await expect(clickhouse.connect(nowhere, AbortSignal.timeout(100))).rejects.toMatchObject({ name: "TimeoutError" });
  await expect(clickhouse.connect(nowhere, AbortSignal.abort(reason))).rejects.toBe(reason);
});

test("two servers run at once, each with its own data", async () => {
  const [one, two] = await Promise.all([startServer(), startServer()]);
  await using first = one;
  await using second = two;
  await first.run("CREATE TABLE only_here (n UInt8) ENGINE = Memory");
  expect((await first.session.states()).map(({ table }) => table)).toEqual(["only_here"]);
  expect(await second.session.states()).toEqual([]);
});

test("the query log has what the application asked, with its comment, and nothing of the rehearsal", async () => {
  await using server = await startServer();
  await server.run("CREATE TABLE t (n UInt8) ENGINE = MergeTree ORDER BY n");
  await server.ask("SELECT count() FROM t SETTINGS log_comment = 'service:backfill'");
  await server.session.load({ kind: "rows", name: "seed", table: "t", rows: rowsOf({ n: 1 }) });
  await server.session.load({ kind: "script", name: "seed", text: "INSERT INTO t VALUES (2)" });
  await server.session.states();
  await server.extract({ table: "t" });
  const query = "SELECT log_comment, query_kind FROM system.query_log WHERE type = 'QueryFinish' AND current_database = 'ware-house'";
  const { cells } = await server.extract({ query });
  expect(inOrder(cells)).toEqual([
    ["", "Create"],
    ["service:backfill", "Select"],
  ]);
});

test("clients that break off do not hurt the server", async () => {
  await using server = await startServer();
  for (const garbage of ["\u0016\u0003\u0001\u0002", "GET / HTTP/1.1\r\nExpect: 100-continue\r\n", "nonsense\r\n\r\n"]) {
    for (const port of Object.values(server.address.ports)) {
      const socket = connectSocket({ port, host: "127.0.0.1" });
      await new Promise<void>((resolve) => socket.write(garbage, () => resolve()));
      socket.resetAndDestroy();
    }
  }
  expect(await server.ask("SELECT 1")).toBe("1");
});

test("twenty servers, every second one killed: each answers, is one process, and leaves nothing", { timeout: 120_000 }, async () => {
  for (let cycle = 0; cycle < 20; cycle += 1) {
    await using server = await startServer();
    const { pid, directory } = server;
    await server.run("CREATE TABLE t (n UInt8) ENGINE = MergeTree ORDER BY n", "INSERT INTO t VALUES (1)");
    expect(readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8")).toBe("");
    if (cycle % 2 === 0) process.kill(pid, "SIGKILL");
    await server[Symbol.asyncDispose]();
    expect(existsSync(directory)).toBe(false);
    // The system keeps the process's entry until this one has been told of its end.
    await expect.poll(() => existsSync(`/proc/${pid}`)).toBe(false);
  }
});

test("SIGTERM ends a server at once, whatever it is doing", async () => {
  await using server = await startServer();
  const asked = server.ask("SELECT sleepEachRow(1) FROM numbers(60) SETTINGS max_block_size = 1").catch(() => "broken off");
  const start = performance.now();
  process.kill(server.pid, "SIGTERM");
  expect(await asked).toBe("broken off");
  expect(performance.now() - start).toBeLessThan(1000);
  const lost = { code: "ENGINE_LOST", exitCode: 3 };
  await expect(server.session.states()).rejects.toMatchObject(lost);
  await expect(server.extract({ table: "t" })).rejects.toMatchObject(lost);
  await expect(server.extract({ query: "SELECT 1" })).rejects.toMatchObject(lost);
  await expect(server.session.load({ kind: "script", name: "s", text: "SELECT 1" })).rejects.toMatchObject(lost);
  await expect(server.session.load({ kind: "rows", name: "r", table: "t", rows: rowsOf({ n: 1 }) })).rejects.toMatchObject(lost);
});
