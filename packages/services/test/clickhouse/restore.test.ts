import { afterAll, beforeAll, expect, test } from "vitest";
import { inOrder, startServer, type TestServer } from "./server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server[Symbol.asyncDispose]());

const cells = async (query: string) => inOrder((await server.extract({ query })).cells);

test("a restored table has the rows that were read of it, and nothing else", async () => {
  await server.run("CREATE TABLE kept (id UInt8, v Nullable(String)) ENGINE = MergeTree ORDER BY id");
  await server.run("INSERT INTO kept VALUES (1, 'a\\n\"'), (2, NULL), (3, ''), (4, '\\\\N')");
  const restoration = await server.restoration({ table: "kept" });
  await server.run("INSERT INTO kept VALUES (5, 'more')");
  expect(await server.session.restore("kept", restoration)).toBe(4);
  expect(await cells("SELECT * FROM kept")).toEqual([
    ["1", 'a\n"'],
    ["2", null],
    ["3", ""],
    ["4", "\\N"],
  ]);
});

test("columns that the restoration lacks take their default; those that are computed are", async () => {
  await server.run(
    "CREATE TABLE lacking (id UInt8, a UInt8 DEFAULT id + 4, b String, c Nullable(UInt8), at DateTime DEFAULT toDateTime(7), m UInt8 MATERIALIZED id + 1, n UInt8 ALIAS 3) ENGINE = ReplacingMergeTree(at) ORDER BY id",
  );
  await server.session.restore("lacking", await server.restoration({ query: "SELECT 1::UInt8 AS id, 9::UInt8 AS m" }));
  expect(await cells("SELECT id, a, b, c, toUInt32(at) AS at, m FROM lacking")).toEqual([["1", "5", "", null, "7", "2"]]);
});

test("materialized views hear nothing of it, and hear what comes afterwards", async () => {
  await server.run("CREATE TABLE source (v UInt8) ENGINE = MergeTree ORDER BY v", "CREATE DATABASE `by the side`");
  await server.run("CREATE MATERIALIZED VIEW `by the side`.seen ENGINE = MergeTree ORDER BY v AS SELECT v FROM `ware-house`.source");
  await server.run("INSERT INTO source VALUES (1)");
  await server.session.restore("source", await server.restoration({ table: "source" }));
  expect(await cells("SELECT v FROM `by the side`.seen")).toEqual([["1"]]);
  await server.run("INSERT INTO source VALUES (2)");
  expect(await cells("SELECT v FROM `by the side`.seen")).toEqual([["1"], ["2"]]);
});

test("a table that is not there is made with its types and key", async () => {
  await server.run(
    "CREATE TABLE was (k String, `v w` LowCardinality(Nullable(String)), d Decimal(76, 2)) ENGINE = ReplacingMergeTree ORDER BY k",
  );
  await server.run("INSERT INTO was VALUES ('a', NULL, 1.5)");
  const [restoration, before] = [await server.restoration({ table: "was" }), await server.extract({ table: "was" })];
  await server.run("DROP TABLE was");
  await server.session.restore("was", restoration);
  const after = await server.extract({ table: "was" });
  expect([after.extraction.columns, after.extraction.key, after.cells]).toEqual([before.extraction.columns, ["k"], [["a", null, "1.50"]]]);
});

test.each([
  ["wraps numbers", "UInt8", "SELECT 300::UInt16 AS v", /column v of the table does not keep its values exactly/],
  ["moves days", "Date", "SELECT '1950-01-01'::Date32 AS v", /column v of the table does not (keep its values exactly|take a value)/],
  ["knows no NULL", "UInt8", "SELECT NULL::Nullable(UInt8) AS v", /column v of the table does not take a value/],
  [
    "is a list, which is never NULL",
    "Array(UInt8)",
    "SELECT NULL::Nullable(String) AS v",
    /column v is text in the reference and Array\(UInt8\)/,
  ],
  ["wraps numbers in a list", "Array(UInt8)", "SELECT [300]::Array(UInt16) AS v", /column v of the table does not take a value/],
  ["cuts", "FixedString(2)", "SELECT 'abc' AS v", /column v of the table does not take a value/],
  ["is of another kind", "UUID", "SELECT 'abc' AS v", /column v is text in the reference and UUID in the table/],
  ["has another name", "UInt8", "SELECT 1 AS w", /the table has no column w/],
])("a column that %s is named", async (_, type, query, message) => {
  await server.run("DROP TABLE IF EXISTS narrow", `CREATE TABLE narrow (v ${type}) ENGINE = MergeTree ORDER BY tuple()`);
  const restoration = await server.restoration({ query });
  await expect(server.session.restore("narrow", restoration)).rejects.toMatchObject({
    code: "REFERENCE_INVALID",
    exitCode: 2,
    message: expect.stringMatching(message),
  });
});

test("tables that merge rows are restored as they are read", async () => {
  await server.run("CREATE TABLE sums (k UInt8, n UInt64) ENGINE = SummingMergeTree ORDER BY k", "SYSTEM STOP MERGES sums");
  await server.run("INSERT INTO sums VALUES (1, 1)", "INSERT INTO sums VALUES (1, 2)");
  await server.session.restore("sums", await server.restoration({ table: "sums" }));
  expect((await server.extract({ table: "sums" })).cells).toEqual([["1", "3"]]);
});

test("what a table of versions held stays below as superseded versions, unless it would show", async () => {
  await server.run(
    "CREATE TABLE versions (id UInt8, v UInt8, at DateTime64(6) DEFAULT now64(6)) ENGINE = ReplacingMergeTree(at) ORDER BY id",
  );
  const restore = async (query: string) => server.session.restore("versions", await server.restoration({ query }));
  await server.run("SYSTEM STOP MERGES versions");
  await restore("SELECT number::UInt8 AS id, 1::UInt8 AS v FROM numbers(2)");
  await restore("SELECT number::UInt8 AS id, 2::UInt8 AS v FROM numbers(3)");
  expect(await cells("SELECT id, v FROM versions FINAL ORDER BY id")).toEqual([
    ["0", "2"],
    ["1", "2"],
    ["2", "2"],
  ]);
  expect(await cells("SELECT count() FROM versions")).toEqual([["5"]]);
  // A row is gone, and then one is older than what is there.
  await restore("SELECT 7::UInt8 AS id, 7::UInt8 AS v");
  expect(await cells("SELECT id, v FROM versions")).toEqual([["7", "7"]]);
  await restore("SELECT 7::UInt8 AS id, 6::UInt8 AS v, toDateTime64(1, 6) AS at");
  expect(await cells("SELECT id, v FROM versions FINAL")).toEqual([["7", "6"]]);
});

test("nothing is left of a restoration but its table", async () => {
  const tables = async () => await cells("SELECT name FROM system.tables WHERE database = 'ware-house' OR is_temporary");
  const before = await tables();
  const restoration = await server.restoration({ query: "SELECT 1::UInt8 AS v" });
  await server.run("CREATE TABLE alone (v UInt8) ENGINE = MergeTree ORDER BY v");
  await server.session.restore("alone", restoration);
  expect(await tables()).toEqual(inOrder([...before, ["alone"]]));
});
