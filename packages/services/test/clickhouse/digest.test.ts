import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { digestCases } from "../digest-case.ts";
import { startServer, type TestServer } from "./server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server[Symbol.asyncDispose]());

const digest = async (table: string, ...ignore: string[]) => server.session.digest(table, { ignore });

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
    { numRuns: 60 },
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

test("a view has the digest of its rows, and a table that is not there is named", async () => {
  await server.run("CREATE VIEW looking AS SELECT number AS n FROM numbers(3)");
  expect(await digest("looking")).toMatchObject({ rows: 3 });
  await expect(digest("nowhere")).rejects.toMatchObject({ code: "DATASET_NOT_FOUND" });
});
