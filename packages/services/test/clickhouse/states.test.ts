import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { TableState } from "../../src/engine.ts";
import { startServer, type TestServer } from "./server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

async function stateOf(table: string): Promise<TableState | undefined> {
  return (await server.session.states()).find((state) => state.table === table);
}

/** The states of one table after each statement. */
async function statesAfter(table: string, ...statements: string[]): Promise<(TableState | undefined)[]> {
  const found = [];
  for (const statement of statements) {
    await server.run(statement);
    found.push(await stateOf(table));
  }
  return found;
}

// Each pair is two rows that a careless digest takes for one.
test.each([
  ["NULL and empty text", "Nullable(String)", "NULL", "''"],
  ["NULL and zero", "Nullable(UInt64)", "NULL", "0"],
  ["NULL and a default in a low cardinality column", "LowCardinality(Nullable(String))", "NULL", "''"],
  ["text and number in a document", "JSON", `'{"a":"1"}'`, `'{"a":1}'`],
  ["a missing and an empty field of a document", "JSON", `'{}'`, `'{"a":""}'`],
  ["two fields of a document", "JSON", `'{"a":1}'`, `'{"b":1}'`],
  ["lists in a document", "JSON", `'{"a":[1,[2]]}'`, `'{"a":[1,2]}'`],
  ["objects in a list of a document", "JSON", `'{"a":[{"b":1}]}'`, `'{"a":[{"b":"1"}]}'`],
  ["2^53 and 2^53 + 1 in a document", "JSON", `'{"a":9007199254740992}'`, `'{"a":9007199254740993}'`],
  ["a date and its text in a document", "JSON", `'{"a":"2024-01-05"}'`, `'{"a":"2024-01-05"}' SETTINGS input_format_try_infer_dates = 0`],
  ["0 and -0", "Float64", "0.0", "-0.0"],
  ["trailing space", "String", "'a'", "'a '"],
  ["two unicode forms", "String", "'é'", "'e\u0301'"],
  ["the last microsecond", "DateTime64(6)", "'2024-01-01 00:00:00.000001'", "'2024-01-01 00:00:00.000002'"],
  ["variants of two types", "Variant(String, UInt64)", "'1' SETTINGS cast_string_to_variant_use_inference = 0", "1::UInt64"],
  ["dynamic values of two types", "Dynamic", "'1'::String", "1::UInt64"],
  ["elements of an array", "Array(Nullable(UInt8))", "[NULL, 1]", "[1]"],
  ["tuples with NULL", "Tuple(Nullable(UInt8), Nullable(UInt8))", "(1, NULL)", "(NULL, 1)"],
  ["maps", "Map(String, UInt8)", "map('a', 1)", "map('a', 2)"],
  ["enums", "Enum8('a' = 1, 'b' = 2)", "'a'", "'b'"],
  ["wide decimals", "Decimal(76, 2)", "1.10", "1.11"],
])("a digest tells apart: %s", async (_, type, one, two) => {
  await server.run("DROP TABLE IF EXISTS pair", `CREATE TABLE pair (id UInt8, v ${type}) ENGINE = MergeTree ORDER BY id`);
  const [first, , second] = await statesAfter(
    "pair",
    `INSERT INTO pair SELECT 1, ${one}`,
    "TRUNCATE TABLE pair",
    `INSERT INTO pair SELECT 1, ${two}`,
  );
  expect(first?.rows).toBe(1);
  expect(second?.rows).toBe(1);
  expect(second?.digest).not.toBe(first?.digest);
  const [, again] = await statesAfter("pair", "TRUNCATE TABLE pair", `INSERT INTO pair SELECT 1, ${one}`);
  expect(again).toEqual(first);
});

test("a digest does not depend on the order of rows or parts, and sees a row that comes twice", async () => {
  await server.run("CREATE TABLE parts (id Nullable(UInt8), v String) ENGINE = MergeTree ORDER BY tuple()", "SYSTEM STOP MERGES parts");
  const [one] = await statesAfter("parts", "INSERT INTO parts VALUES (1, 'a'), (NULL, 'b'), (3, 'c')");
  const [, , two] = await statesAfter(
    "parts",
    "TRUNCATE TABLE parts",
    "INSERT INTO parts VALUES (3, 'c')",
    "INSERT INTO parts VALUES (NULL, 'b'), (1, 'a')",
  );
  expect(two).toEqual(one);
  const [twice] = await statesAfter("parts", "INSERT INTO parts VALUES (1, 'a'), (1, 'a')");
  expect(twice?.rows).toBe(5);
  expect(twice?.digest).not.toBe(one?.digest);
});

test("a changed column moves a digest although no row does", async () => {
  const [before, after] = await statesAfter(
    "retyped",
    "CREATE TABLE retyped (id UInt8) ENGINE = MergeTree ORDER BY tuple()",
    "ALTER TABLE retyped MODIFY COLUMN id UInt16",
  );
  expect(after?.digest).not.toBe(before?.digest);
});

test.each([
  ["ReplacingMergeTree(version)", "(1, 1, 'old')", "(1, 2, 'new')", 1],
  ["ReplacingMergeTree", "(1, 1, 'old')", "(1, 2, 'new')", 1],
  ["SummingMergeTree", "(1, 1, 'a')", "(1, 2, 'a')", 1],
  ["CoalescingMergeTree", "(1, 1, 'a')", "(1, 2, 'a')", 1],
  ["MergeTree", "(1, 1, 'a')", "(1, 2, 'a')", 2],
])("merging the parts of %s moves nothing", async (engine, one, two, rows) => {
  await server.run("DROP TABLE IF EXISTS merged", `CREATE TABLE merged (id UInt8, version Int64, v String) ENGINE = ${engine} ORDER BY id`);
  await server.run("SYSTEM STOP MERGES merged", `INSERT INTO merged VALUES ${one}`);
  const [before] = await statesAfter("merged", `INSERT INTO merged VALUES ${two}`);
  expect(before?.rows).toBe(rows);
  const [, after] = await statesAfter("merged", "SYSTEM START MERGES merged", "OPTIMIZE TABLE merged FINAL");
  expect(await server.ask("SELECT count() FROM system.parts WHERE table = 'merged' AND active")).toBe("1");
  expect(after).toEqual(before);
});

test("aggregate states are told apart, and merging them moves nothing", async () => {
  await server.run(
    "CREATE TABLE totals (id UInt8, s AggregateFunction(sum, UInt64), u AggregateFunction(uniq, String)) ENGINE = AggregatingMergeTree ORDER BY id",
    "SYSTEM STOP MERGES totals",
  );
  const insert = (value: number): string => `INSERT INTO totals SELECT 1, sumState(toUInt64(${value})), uniqState('${value}')`;
  const [one, two] = await statesAfter("totals", insert(1), insert(2));
  expect(two?.rows).toBe(1);
  expect(two?.digest).not.toBe(one?.digest);
  const [, merged] = await statesAfter("totals", "SYSTEM START MERGES totals", "OPTIMIZE TABLE totals FINAL");
  expect(merged).toEqual(two);
});

test("a document's digest does not depend on how the engine keeps its fields, which merging changes", async () => {
  await server.run(
    "CREATE TABLE kept (id UInt32, doc JSON(max_dynamic_paths = 2)) ENGINE = MergeTree ORDER BY id",
    "SYSTEM STOP MERGES kept",
  );
  const part = (of: number): string =>
    `INSERT INTO kept SELECT number + ${of} * 100, concat('{"p', toString(number * 7 % ${5 + of}), '":', if(number % 2, '"x"', toString(number)), ',"q${of}":[1,"b"]}') FROM numbers(100)`;
  const [, , before] = await statesAfter("kept", part(0), part(1), part(2));
  const keptAsColumns = "SELECT arraySort(groupUniqArrayArray(JSONDynamicPaths(doc))) FROM kept";
  const columns = await server.ask(keptAsColumns);
  const [, after] = await statesAfter("kept", "SYSTEM START MERGES kept", "OPTIMIZE TABLE kept FINAL");
  expect(await server.ask(keptAsColumns)).not.toBe(columns);
  expect(after).toEqual(before);
});

test("a table of the engine File has no rows before its first, and one that cannot be read is named", async () => {
  await using other = await startServer();
  await other.run("CREATE TABLE filed (n UInt8) ENGINE = File(CSV)", "CREATE TABLE plain (n UInt8) ENGINE = MergeTree ORDER BY n");
  expect((await other.session.states()).map(({ table, rows }) => [table, rows])).toEqual([
    ["filed", 0],
    ["plain", 0],
  ]);
  expect((await other.extract({ table: "filed" })).cells).toEqual([]);
  await other.run("INSERT INTO filed FORMAT CSV 7");
  expect((await other.session.states())[0]?.rows).toBe(1);
  await other.run("CREATE TABLE broken (n UInt8) ENGINE = File(CSV)", "INSERT INTO broken FORMAT CSV 7");
  const [file = ""] = (await readdir(join(other.directory, "data", "store"), { recursive: true })).filter((name) =>
    name.endsWith("data.CSV"),
  );
  await writeFile(join(other.directory, "data", "store", file), '"x"\n');
  await expect(other.session.states()).rejects.toMatchObject({
    code: "QUERY_FAILED",
    message: expect.stringMatching(/table "(?:filed|broken)" \(File\)/),
  });
});

test("every stored table is listed by its name in files; views and the server's own tables are not", async () => {
  await using other = await startServer();
  await other.run(
    "CREATE TABLE b (n UInt8) ENGINE = Memory",
    "CREATE TABLE a (n UInt8, double UInt16 MATERIALIZED n * 2, shown String ALIAS toString(n)) ENGINE = MergeTree ORDER BY n",
    "CREATE VIEW v AS SELECT n FROM a",
    "CREATE MATERIALIZED VIEW sums ENGINE = SummingMergeTree ORDER BY k AS SELECT n % 2 AS k, toUInt64(n) AS total FROM a",
    "CREATE DATABASE side",
    "CREATE TABLE side.`odd. name` (n UInt8) ENGINE = Log",
    "CREATE DICTIONARY d (n UInt64, v String) PRIMARY KEY n SOURCE(CLICKHOUSE(TABLE 'a' DB 'ware-house')) LIFETIME(0) LAYOUT(FLAT())",
    "INSERT INTO a VALUES (1), (2), (3)",
  );
  const states = await other.session.states();
  expect(states.map(({ table, rows }) => [table, rows])).toEqual([
    ["a", 3],
    ["b", 0],
    ["side.odd. name", 0],
    ["sums", 2],
  ]);
});
