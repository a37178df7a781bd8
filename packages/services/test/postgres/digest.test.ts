import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { engineNamed } from "../../src/index.ts";
import { rowHash, type BytesHash } from "../../src/postgres/row-hash.ts";
import { digestCases } from "../digest-case.ts";
import { startService, type EmbeddedService } from "../embedded-service.ts";

let service: EmbeddedService;
beforeAll(async () => {
  service = await startService("postgres");
  await run("CREATE TYPE mood AS ENUM ('sad', 'glad'); CREATE TYPE pair AS (a int, b text); CREATE DOMAIN word AS text");
});
afterAll(() => service[Symbol.asyncDispose]());

const run = (text: string): Promise<number> => service.session.load({ kind: "script", text, name: "test" });
const digest = async (table: string, ...ignore: string[]) => {
  await using snapshot = await service.session.snapshot();
  return (await snapshot.digest(table, { ignore }))?.digest;
};

const quoted = (...values: string[]): string[] => ["NULL", ...values.map((value) => `'${value}'`)];
const values = {
  bigint: quoted("0", "1", "-1", "4294967296", "9223372036854775807"),
  int: quoted("0", "1", "-1"),
  smallint: quoted("0", "1"),
  boolean: quoted("true", "false"),
  numeric: quoted("0", "1.0", "1.00", "NaN", "Infinity", "12345678901234567890.00000000000000000001"),
  real: quoted("0", "-0", "NaN", "0.1"),
  float8: quoted("0", "-0", "NaN", "Infinity", "0.3", "0.30000000000000004"),
  text: quoted("", "a", "a ", "caf\u00e9", "cafe\u0301", "NULL"),
  varchar: quoted("", "a", "a "),
  "char(3)": quoted("a", "b", ""),
  word: quoted("", "a"),
  bytea: quoted("\\x", "\\x00", "\\x0000", "\\xff"),
  date: quoted("infinity", "2024-01-05", "0044-03-15 BC", "2000-01-01"),
  time: quoted("00:00", "24:00", "00:00:00.000001"),
  timetz: quoted("00:00+00", "01:00+01"),
  timestamp: quoted("-infinity", "2024-01-05 10:00:00", "2024-01-05 10:00:00.000001", "2000-01-01"),
  timestamptz: quoted("infinity", "2024-01-05 10:00:00+00", "2024-01-05 10:00:00+01"),
  interval: quoted("1 day", "24 hours", "0", "1 month", "30 days"),
  uuid: quoted("00000000-0000-0000-0000-000000000000", "00000000-0000-0000-0000-000000000001"),
  json: quoted("1", '{"a":1}', '{"a": 1}', "null"),
  jsonb: quoted("1", "1.0", '{"a":1}', '{"b":1}', "null"),
  mood: quoted("sad", "glad"),
  pair: quoted("(1,)", '(1,"")', "(,)", "(1,a)"),
  "int[]": quoted("{}", "{1,2,3,4}", "{{1,2},{3,4}}", "[0:1]={1,2}", "{1,2}", "{NULL}"),
  "text[]": quoted("{}", "{NULL}", '{"NULL"}', "{a,b}", '{"a,b"}', '{""}', "{{a},{b}}"),
  "numeric[]": quoted("{1.0}", "{1.00}", "{NaN}", "{NULL}"),
  "float8[]": quoted("{0}", "{-0}", "{0.3}", "{0.30000000000000004}"),
  "pair[]": quoted('{"(1,)"}', '{"(1,\\"\\")"}', '{"(1,a)"}', '{"(,)"}', "{NULL}"),
  "mood[]": quoted("{sad}", "{glad}", "{sad,glad}"),
  xml: quoted("<a/>", "<a></a>", "<a> </a>"),
  tsvector: quoted("a b", "a", "a:1 b"),
  tstzrange: quoted("empty", "[2024-01-01 00:00+00,2024-01-02 00:00+00)", "(,)"),
  inet: quoted("1.2.3.4", "1.2.3.4/24"),
  point: quoted("(1,2)", "(1,2.0000000000000004)"),
  money: quoted("1", "1.01"),
  "bit varying": quoted("", "0", "00"),
};

test("a digest is the same exactly where the rows are the same, whatever their types and values", async () => {
  await fc.assert(
    fc.asyncProperty(digestCases(values), async ({ types, before, after, same }) => {
      const fill = (rows: readonly (readonly string[])[]): string =>
        rows.map((row) => `INSERT INTO any_table VALUES (${row.join(", ")});`).join("\n");
      const columns = types.map((type, index) => `"c ${index}" ${type}`).join(", ");
      await run(`DROP TABLE IF EXISTS any_table; CREATE TABLE any_table (${columns}); ${fill(before)}`);
      const one = await digest("any_table");
      await run(`TRUNCATE any_table; ${fill(after)}`);
      const two = await digest("any_table");
      expect(one?.rows).toBe(before.length);
      expect(two?.rows).toBe(after.length);
      expect(two?.value === one?.value).toBe(same);
    }),
    { numRuns: 100 },
  );
});

test("a digest names the engine and its version", async () => {
  await run("CREATE TABLE named (a int)");
  expect(await digest("named")).toMatchObject({ algorithm: `postgres-chain-1/${service.session.version}`, rows: 0 });
});

test("values that change places between columns or rows change a digest", async () => {
  const before = "INSERT INTO swapped VALUES (1, 'x', NULL), (2, 'y', 'z')";
  await run(`CREATE TABLE swapped (a int, b text, c text); ${before}`);
  const seen = [(await digest("swapped"))?.value];
  for (const rows of [
    "(1, 'y', NULL), (2, 'x', 'z')",
    "(1, NULL, 'x'), (2, 'y', 'z')",
    "(1, 'x', 'z'), (2, 'y', NULL)",
    "(1, 'x', ''), (2, 'y', 'z')",
  ]) {
    await run(`TRUNCATE swapped; INSERT INTO swapped VALUES ${rows}`);
    seen.push((await digest("swapped"))?.value);
  }
  expect(new Set(seen).size).toBe(seen.length);
  await run(`TRUNCATE swapped; ${before}`);
  expect((await digest("swapped"))?.value).toBe(seen[0]);
});

test("ignored columns do not count; the names and types of the others do", async () => {
  await run("CREATE TABLE known (a int, seen timestamptz); INSERT INTO known VALUES (1, now())");
  const before = await digest("known", "seen");
  await run("UPDATE known SET seen = 'infinity'");
  expect(await digest("known", "seen")).toEqual(before);
  await run("ALTER TABLE known ALTER a TYPE bigint");
  const retyped = await digest("known", "seen");
  expect(retyped?.value).not.toBe(before?.value);
  await run("ALTER TABLE known RENAME a TO b");
  expect((await digest("known", "seen"))?.value).not.toBe(retyped?.value);
  expect(await digest("known", "seen", "b")).toMatchObject({ rows: 1 });
});

test("the primary key and what a type is made of count, though no value changes", async () => {
  await run(
    "CREATE TYPE size AS (w int, h int); CREATE TABLE keyed (a int NOT NULL, b int NOT NULL, s size); INSERT INTO keyed VALUES (1, 2, '(3,4)')",
  );
  const seen = [(await digest("keyed"))?.value];
  for (const change of [
    "ALTER TABLE keyed ADD PRIMARY KEY (a)",
    "ALTER TABLE keyed DROP CONSTRAINT keyed_pkey, ADD PRIMARY KEY (a, b)",
    "ALTER TABLE keyed DROP CONSTRAINT keyed_pkey, ADD PRIMARY KEY (b, a)",
    "ALTER TYPE size RENAME ATTRIBUTE w TO width",
  ]) {
    await run(change);
    seen.push((await digest("keyed"))?.value);
  }
  expect(new Set(seen).size).toBe(seen.length);
});

test("a digest is of the snapshot's moment, goes with the rows that were read at it, and says what reading them would", async () => {
  await run("CREATE TABLE moving (id int PRIMARY KEY, seen text); INSERT INTO moving SELECT i, i FROM generate_series(1, 10) AS i");
  await using snapshot = await service.session.snapshot();
  await run("DELETE FROM moving WHERE id > 5");
  const file = join(service.scratch, "moving.csv");
  const read = async (fromRows: number) => await snapshot.extract({ table: "moving" }, file, { ignore: ["seen"], fromRows });
  const digested = await snapshot.digest("moving", { ignore: ["seen"] });
  const { columns, key, engineDigest } = await read(10);
  expect(digested).toMatchObject({ shape: { columns, key }, digest: { ignore: ["seen"], rows: 10 } });
  expect(engineDigest).toEqual(digested?.digest);
  expect((await read(11)).engineDigest).toBeUndefined();
  expect(await digest("moving", "seen")).toMatchObject({ rows: 5 });
});

test("what keeps no rows of its own has no digest: two looks may see two things", async () => {
  await run(`CREATE VIEW looking AS SELECT random() AS r; CREATE MATERIALIZED VIEW looked AS SELECT 1 AS a;
    CREATE TABLE parted (id int) PARTITION BY LIST (id); CREATE TABLE part PARTITION OF parted DEFAULT; INSERT INTO parted VALUES (1), (2)`);
  expect(await digest("looking")).toBeUndefined();
  expect(await digest("looked")).toMatchObject({ rows: 1 });
  expect(await digest("parted")).toMatchObject({ rows: 2 });
});

test("what the application sets for its database does not count", async () => {
  await run(`CREATE TABLE zoned (a timestamptz, b tstzrange, c float8, d interval, e bytea);
    INSERT INTO zoned VALUES ('2024-01-05 10:00:00+00', '[2024-01-01 00:00+00,2024-01-02 00:00+00)', 0.1, '1 day', '\\x01')`);
  const before = await digest("zoned");
  await run(`ALTER DATABASE core SET timezone = 'Asia/Tokyo'; ALTER DATABASE core SET datestyle = 'German';
    ALTER DATABASE core SET extra_float_digits = -15; ALTER DATABASE core SET bytea_output = 'escape'`);
  await using session = await engineNamed("postgres").connect(service.server.address, new AbortController().signal);
  await using snapshot = await session.snapshot();
  const after = await snapshot.digest("zoned", { ignore: [] });
  await run("ALTER DATABASE core RESET ALL");
  expect(after?.digest).toEqual(before);
});

test("large tables are shared among the server's workers and come to the same digest", async () => {
  await run("CREATE TABLE large AS SELECT i::bigint AS id, md5(i::text) AS word FROM generate_series(1, 200000) AS i");
  const shared = await digest("large");
  await run("ALTER TABLE large SET (parallel_workers = 0)");
  expect(await digest("large")).toEqual(shared);
  await run("UPDATE large SET word = 'x' WHERE id = 77777");
  expect((await digest("large"))?.value).not.toBe(shared?.value);
});

test("a table of as many columns as there can be has a digest, as has one of none", async () => {
  await run(
    `CREATE TABLE widest (${Array.from({ length: 1600 }, (_, index) => `c${index} int`).join(", ")}); INSERT INTO widest (c1599) VALUES (1)`,
  );
  const before = await digest("widest");
  await run("UPDATE widest SET c0 = 0");
  expect((await digest("widest"))?.value).not.toBe(before?.value);
  await run("CREATE TABLE none (); INSERT INTO none DEFAULT VALUES");
  expect(await digest("none")).toMatchObject({ rows: 1 });
});

test("a table that is not there is named", async () => {
  await expect(digest("nowhere")).rejects.toMatchObject({ code: "DATASET_NOT_FOUND" });
});

// Servers up to version 17 hash bytes as text: a server of today can do so as well.
test.each<BytesHash>(["as bytes", "as text"])("values of one column that differ have hashes that differ, bytes %s", async (bytes) => {
  const counts = Object.entries(values).map(([sql, literals]) => {
    const kind = { kind: "base", sql, name: baseNames[sql] ?? "", home: "pg_catalog", schema: "pg_catalog" } as const;
    const rows = literals.map((one) => `(${one}::${sql})`).join(", ");
    return `SELECT '${sql}' AS type, count(DISTINCT ${rowHash([{ value: "v", type: kind }], bytes)})::text AS hashes FROM (VALUES ${rows}) AS r(v)`;
  });
  const { cells } = await service.extract({ query: counts.join(" UNION ALL ") });
  expect(cells).toEqual(Object.entries(values).map(([sql, literals]) => [sql, String(literals.length)]));
});

const baseNames: Readonly<Record<string, string>> = {
  bigint: "int8",
  int: "int4",
  smallint: "int2",
  boolean: "bool",
  real: "float4",
  ...Object.fromEntries(
    [
      "numeric",
      "float8",
      "text",
      "varchar",
      "bytea",
      "date",
      "time",
      "timetz",
      "timestamp",
      "timestamptz",
      "interval",
      "uuid",
      "json",
      "jsonb",
    ].map((name) => [name, name]),
  ),
};
