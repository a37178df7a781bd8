import { stat } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Cell } from "@rehearse/dataset";
import type { DatasetSource } from "../../src/index.ts";
import { inOrder, startServer, type TestServer } from "./server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server[Symbol.asyncDispose]());

async function cells(source: DatasetSource): Promise<readonly (readonly Cell[])[]> {
  return inOrder((await server.extract(source)).cells);
}

test("engines that merge rows are read as merged, with their sorting key as the key", async () => {
  await server.run("CREATE TABLE latest (a UInt8, `b c` String, v UInt8) ENGINE = ReplacingMergeTree(v) ORDER BY (a, `b c`)");
  await server.run(
    "SYSTEM STOP MERGES latest",
    "INSERT INTO latest VALUES (1, 'x', 1), (2, 'x', 1)",
    "INSERT INTO latest VALUES (1, 'x', 2)",
  );
  const { extraction, cells: rows } = await server.extract({ table: "latest" });
  expect(extraction).toMatchObject({ format: "parquet", key: ["a", "b c"], read: "final", rows: 2 });
  expect(inOrder(rows)).toEqual([
    ["1", "x", "2"],
    ["2", "x", "1"],
  ]);
});

test("a plain MergeTree's sorting key is no key, nor is one with an expression in it", async () => {
  await server.run("CREATE TABLE plain (a UInt8) ENGINE = MergeTree ORDER BY a", "INSERT INTO plain VALUES (1), (1)");
  const { extraction, cells: rows } = await server.extract({ table: "plain" });
  expect([extraction.key, extraction.read, rows]).toEqual([[], undefined, [["1"], ["1"]]]);
  await server.run("CREATE TABLE computed (a UInt16) ENGINE = ReplacingMergeTree ORDER BY (a, intDiv(a, 2))");
  expect((await server.extract({ table: "computed" })).extraction).toMatchObject({ key: [], read: "final", rows: 0 });
});

test("a sorting key in parentheses is the key", async () => {
  await server.run("CREATE TABLE bracketed (id UInt8) ENGINE = ReplacingMergeTree ORDER BY (id)");
  expect((await server.extract({ table: "bracketed" })).extraction.key).toEqual(["id"]);
});

test("tables of other databases, materialized views and views are read by name", async () => {
  await server.run("CREATE DATABASE aside", "CREATE TABLE aside.t (v UInt8) ENGINE = Memory", "INSERT INTO aside.t VALUES (5)");
  expect(await cells({ table: "aside.t" })).toEqual([["5"]]);
  await server.run("CREATE VIEW seen AS SELECT v + 1 AS v FROM aside.t");
  expect(await cells({ table: "seen" })).toEqual([["6"]]);
  await server.run("CREATE MATERIALIZED VIEW sums ENGINE = SummingMergeTree ORDER BY k AS SELECT 1 AS k, toUInt64(v) AS v FROM aside.t");
  await server.run("SYSTEM STOP MERGES", "INSERT INTO aside.t VALUES (6)", "INSERT INTO aside.t VALUES (7)");
  expect(await cells({ table: "sums" })).toEqual([["1", "13"]]);
});

test("columns that are kept are read, columns that are only shown are not", async () => {
  await server.run("CREATE TABLE derived (n UInt8, m UInt8 MATERIALIZED n + 1, a UInt8 ALIAS n + 2) ENGINE = MergeTree ORDER BY n");
  await server.run("INSERT INTO derived VALUES (1)");
  expect(await cells({ table: "derived" })).toEqual([["1", "2"]]);
});

test("columns with names like those of other columns, SQL or paths keep their own values", async () => {
  const { extraction, cells: rows } = await server.extract({
    query: "SELECT 'one' AS `a.b`, 'two' AS `t`, 'three' AS `select \\`x\\``, 'four' AS \"it's\", t || '!' AS a",
  });
  expect(extraction.columns.map(({ name }) => name)).toEqual(["a.b", "t", "select `x`", "it's", "a"]);
  expect(rows).toEqual([["one", "two", "three", "four", "two!"]]);
});

test("a column that has fields of its own does not stand in for its neighbours", async () => {
  const query = `SELECT '{"v":"field"}'::JSON AS t, 'own' AS v, tuple('field')::Tuple(v String) AS source`;
  expect(await cells({ query })).toEqual([['{"v":"field"}', "own", '{"v":"field"}']]);
});

test("a query may have comments, WITH, a semicolon and UNION", async () => {
  expect(await cells({ query: "-- counts;\nWITH 1 AS one SELECT one AS v UNION ALL SELECT 2; -- the end;" })).toEqual([["1"], ["2"]]);
});

test("a query is asked on a connection that cannot write, and leaves no trace in the log", async () => {
  expect(await cells({ query: "SELECT getSetting('readonly') AS a, getSetting('log_queries') AS b" })).toEqual([["2", "false"]]);
});

test.each([
  ["that does not parse", "SELEKT 1", /SELEKT|Syntax/],
  ["of a missing table", "SELECT * FROM nowhere", /nowhere/],
  ["of two statements", "SELECT 1; SELECT 2", /not one statement/],
  ["of none", "-- nothing", /not one statement/],
  ["that does not end", "SELECT 'a", /not one statement/],
  ["with two columns of one name", "SELECT number AS v, number AS v FROM numbers(1)", /two columns named "v"/],
  ["that fails after a million rows", "SELECT throwIf(number = 3000000, 'too far') AS v FROM numbers(4000000)", /too far/],
  ["that writes", "INSERT INTO FUNCTION null('n UInt8') SELECT 1", /Syntax|readonly|INSERT/],
])("a query %s is refused", async (_, query, message) => {
  await expect(server.extract({ query })).rejects.toMatchObject({
    code: "QUERY_FAILED",
    exitCode: 2,
    message: expect.stringMatching(message),
  });
});

test("a missing table is not found, and those that are there are named", async () => {
  await server.run("CREATE TABLE present (n UInt8) ENGINE = Memory");
  const missing = server.extract({ table: "presnt" });
  await expect(missing).rejects.toMatchObject({ code: "DATASET_NOT_FOUND", got: "presnt", expected: expect.stringContaining("present") });
});

test("a file that cannot be written is said", async () => {
  const unwritable = server.session.extract({ query: "SELECT 1 AS v" }, join(server.directory, "missing", "file.parquet"));
  await expect(unwritable).rejects.toMatchObject({ code: "DIRECTORY_NOT_WRITABLE", message: expect.stringContaining("file.parquet") });
});

test("a million rows are read in under ten seconds, without being held in memory", async () => {
  const select = "SELECT number AS id, toString(cityHash64(number)) AS v, now64(6) AS at FROM numbers(1000000)";
  await server.run(`CREATE TABLE large ENGINE = MergeTree ORDER BY id AS ${select}`);
  const [start, before] = [performance.now(), process.memoryUsage().rss];
  const { file, rows } = await server.session.extract({ table: "large" }, join(server.directory, "large.parquet"));
  expect(performance.now() - start).toBeLessThan(10_000);
  expect(process.memoryUsage().rss - before).toBeLessThan(100 * 2 ** 20);
  expect([rows, (await stat(file)).size > 10_000_000]).toEqual([1_000_000, true]);
});
