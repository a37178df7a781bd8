import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { digestCases } from "../digest-case.ts";
import { startServer, type TestServer } from "./server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server[Symbol.asyncDispose]());

const digest = async (table: string, ...ignore: string[]) => {
  await using snapshot = await server.session.snapshot();
  return (await snapshot.digest(table, { ignore }))?.digest;
};

const values = {
  "Nullable(String)": ["NULL", "''", "'a'", "'a '", "'caf\u00e9'", "'cafe\u0301'"],
  "LowCardinality(Nullable(String))": ["NULL", "''", "'a'"],
  UInt64: ["0", "1", "4294967296"],
  "Nullable(Int32)": ["NULL", "0", "1", "-1"],
  Int256: ["0", "1", "-1"],
  Float64: ["0.", "-0.", "nan", "inf", "0.3", "0.30000000000000004"],
  "Nullable(Decimal(38, 4))": ["NULL", "0", "1.0001"],
  "DateTime64(6)": ["'2024-01-01 00:00:00.000001'", "'2024-01-01 00:00:00.000002'"],
  Date: ["'1970-01-01'", "'2024-01-05'"],
  Bool: ["true", "false"],
  UUID: ["'00000000-0000-0000-0000-000000000000'", "'00000000-0000-0000-0000-000000000001'"],
  "Enum8('a' = 1, 'b' = 2)": ["'a'", "'b'"],
  "Array(Nullable(UInt8))": ["[]", "[NULL]", "[0]", "[0, NULL]", "[1, 2]"],
  "Tuple(Nullable(UInt8), Nullable(String))": ["(NULL, '')", "(0, NULL)", "(NULL, NULL)"],
  "Map(String, UInt8)": ["map()", "map('a', 1)", "map('a', 2)"],
  "FixedString(3)": ["'a'", "'b'"],
  "Array(Array(UInt8))": ["[]", "[[]]", "[[], []]", "[[1], [2]]", "[[1, 2]]", "[[], [1, 2]]"],
  "Array(String)": ["[]", "['']", "['', '']", "['a', 'b']", "['ab', '']", "['', 'ab']"],
  "Tuple(String, String)": ["('a', 'b')", "('ab', '')", "('', 'ab')"],
  "Map(String, Nullable(String))": ["map('a', NULL)", "map('a', '')", "map('a', 'b', 'c', NULL)", "map('c', NULL, 'a', 'b')"],
  "Variant(UInt8, String)": ["NULL", "1", "'1'", "''", "0"],
  JSON: [`'{}'`, `'{"a":1}'`, `'{"b":1}'`, `'{"a":"1"}'`, `'{"a":{"b":1}}'`, `'{"a":[1]}'`, `'{"a":[{"b":1}]}'`, `'{"a":[{"c":1}]}'`],
  "Array(LowCardinality(Nullable(String)))": ["[]", "[NULL]", "['']", "['a', NULL]", "[NULL, 'a']"],
  "Array(Tuple(UInt8, Nullable(String)))": ["[]", "[(1, NULL)]", "[(1, '')]", "[(1, 'a'), (2, 'b')]", "[(1, 'b'), (2, 'a')]"],
  "Array(Array(String))": ["[]", "[['a'], ['b']]", "[['a', 'b']]", "[['a', 'b'], []]", "[[], ['a', 'b']]"],
  "Map(String, Array(UInt8))": ["map()", "map('a', [1, 2], 'b', [])", "map('a', [1], 'b', [2])", "map('a', [], 'b', [1, 2])"],
  "Array(Float64)": ["[0.]", "[-0.]", "[nan]", "[inf]"],
  "Array(JSON)": [`['{"a":1}']`, `['{"b":1}']`, `['{"a":1}', '{}']`, `['{}', '{"a":1}']`],
  "Tuple(JSON, String)": [`('{"a":1}', '')`, `('{"b":1}', '')`, `('{}', 'a')`],
  Point: ["(0, 1)", "(1, 0)"],
  BFloat16: ["0", "1", "2"],
  IPv6: ["'::'", "'::1'"],
  "Decimal(76, 2)": ["0", "1.01", "-1.01"],
  Date32: ["'1900-01-01'", "'2024-01-05'"],
};

test("a digest is the same exactly where the rows are the same, whatever their types and values", async () => {
  await fc.assert(
    fc.asyncProperty(digestCases(values), async ({ types, before, after, same }) => {
      const columns = types.map((type, index) => `\`c ${index}\` ${type}`).join(", ");
      await server.run("DROP TABLE IF EXISTS any_table", `CREATE TABLE any_table (${columns}) ENGINE = MergeTree ORDER BY tuple()`);
      const fill = async (rows: readonly (readonly string[])[]): Promise<void> =>
        rows.length === 0 ? undefined : server.run(`INSERT INTO any_table VALUES ${rows.map((row) => `(${row.join(", ")})`).join(", ")}`);
      await fill(before);
      const one = await digest("any_table");
      await server.run("TRUNCATE TABLE any_table");
      await fill(after);
      const two = await digest("any_table");
      expect(one?.rows).toBe(before.length);
      expect(two?.rows).toBe(after.length);
      expect(two?.value === one?.value).toBe(same);
    }),
    { numRuns: 100 },
  );
});

test("a digest names the engine and its version", async () => {
  await server.run("CREATE TABLE named (a UInt8) ENGINE = MergeTree ORDER BY a");
  expect(await digest("named")).toMatchObject({ algorithm: `clickhouse-cityhash64-1/${server.session.version}`, rows: 0 });
});

test("merging parts changes no digest, and rows that a merge would drop do not count", async () => {
  await server.run(
    "CREATE TABLE merged (id UInt8, version UInt8, v String) ENGINE = ReplacingMergeTree(version) ORDER BY id",
    "SYSTEM STOP MERGES merged",
    "INSERT INTO merged VALUES (1, 1, 'old'), (2, 1, 'kept')",
    "INSERT INTO merged VALUES (1, 2, 'new')",
  );
  const before = await digest("merged");
  expect(before?.rows).toBe(2);
  await server.run("SYSTEM START MERGES merged", "OPTIMIZE TABLE merged FINAL");
  expect(await digest("merged")).toEqual(before);
});

test("ignored columns do not count; the names and types of the others do, and computed ones are not read", async () => {
  await server.run(
    "CREATE TABLE known (a UInt8, seen DateTime, twice UInt8 ALIAS a * 2) ENGINE = MergeTree ORDER BY tuple()",
    "INSERT INTO known VALUES (1, '2024-01-05 10:00:00')",
  );
  const before = await digest("known", "seen");
  await server.run("ALTER TABLE known UPDATE seen = '2024-01-06 10:00:00' WHERE true SETTINGS mutations_sync = 2");
  expect(await digest("known", "seen")).toEqual(before);
  await server.run("ALTER TABLE known MODIFY COLUMN a UInt16");
  expect((await digest("known", "seen"))?.value).not.toBe(before?.value);
  expect(await digest("known", "seen", "a")).toMatchObject({ rows: 1 });
});

test("the sorting key of a table that merges rows counts, and how it is read", async () => {
  const seen: (string | undefined)[] = [];
  for (const made of [
    "MergeTree ORDER BY a",
    "ReplacingMergeTree ORDER BY a",
    "ReplacingMergeTree ORDER BY (a, b)",
    "ReplacingMergeTree ORDER BY (b, a)",
  ]) {
    await server.run(`CREATE OR REPLACE TABLE keyed (a UInt8, b UInt8) ENGINE = ${made}`, "INSERT INTO keyed VALUES (1, 2)");
    seen.push((await digest("keyed"))?.value);
  }
  expect(new Set(seen).size).toBe(seen.length);
});

test("a digest goes with the rows that were read, says what reading them would, and is left out where they moved meanwhile", async () => {
  await server.run(
    "CREATE TABLE moving (id UInt64, seen String) ENGINE = MergeTree ORDER BY id",
    "INSERT INTO moving SELECT number, '' FROM numbers(10)",
  );
  await using snapshot = await server.session.snapshot();
  const file = join(server.directory, "moving.parquet");
  const read = async (fromRows: number) => await snapshot.extract({ table: "moving" }, file, { ignore: ["seen"], fromRows });
  const digested = await snapshot.digest("moving", { ignore: ["seen"] });
  const { columns, key, engineDigest } = await read(10);
  expect(digested).toMatchObject({ shape: { columns, key }, digest: { ignore: ["seen"], rows: 10 } });
  expect(engineDigest).toEqual(digested?.digest);
  expect((await read(11)).engineDigest).toBeUndefined();
  let done = false;
  const writing = async (): Promise<void> => {
    while (!done) await server.run("INSERT INTO moving VALUES (99, '')");
  };
  const writer = writing();
  let torn = await read(10);
  // On a busy machine a reading may find a moment without a write.
  for (let attempt = 1; attempt < 50 && torn.engineDigest !== undefined; attempt += 1) torn = await read(10);
  done = true;
  await writer;
  expect(torn.engineDigest).toBeUndefined();
});

test("a view has no digest, for two looks may see two things, and a table that is not there is named", async () => {
  await server.run("CREATE VIEW looking AS SELECT rand() AS n FROM numbers(3)");
  expect(await digest("looking")).toBeUndefined();
  await expect(digest("nowhere")).rejects.toMatchObject({ code: "DATASET_NOT_FOUND" });
});
