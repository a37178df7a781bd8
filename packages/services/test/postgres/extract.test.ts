import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startService, type EmbeddedService } from "../embedded-service.ts";

let service: EmbeddedService;
beforeAll(async () => {
  service = await startService("postgres");
  await run(`CREATE SCHEMA types; CREATE TYPE types.mood AS ENUM ('sad', 'glad');
    CREATE DOMAIN types.amount AS numeric(12,4) CHECK (value >= 0); CREATE DOMAIN types.price AS types.amount; CREATE DOMAIN types.code AS char(4)`);
});
afterAll(() => service[Symbol.asyncDispose]());

const run = (text: string): Promise<number> => service.session.load({ kind: "script", text, name: "test" });

// Type, literal, canonical type, canonical text.
const values: [string, string, string, string][] = [
  ["boolean", "true", "boolean", "true"],
  ["boolean", "false", "boolean", "false"],
  ["smallint", "-32768", "int16", "-32768"],
  ["integer", "2147483647", "int32", "2147483647"],
  ["bigint", "9007199254740993", "int64", "9007199254740993"],
  ["bigint", "-9223372036854775808", "int64", "-9223372036854775808"],
  ["numeric", "1.10", "number", "1.10"],
  ["numeric", "1.1", "number", "1.1"],
  ["numeric", `${"9".repeat(60)}.${"1".repeat(40)}`, "number", `${"9".repeat(60)}.${"1".repeat(40)}`],
  ["numeric(10,2)", "1.1", "number", "1.10"],
  ["numeric(10,2)", "NaN", "number", "NaN"],
  ["numeric", "-Infinity", "number", "-Infinity"],
  ["numeric(3,-2)", "12345", "number", "12300"],
  ["real", "0.1", "float32", "0.1"],
  ["double precision", "0.1", "float64", "0.1"],
  ["double precision", "-0", "float64", "-0"],
  ["double precision", "NaN", "float64", "NaN"],
  ["double precision", "Infinity", "float64", "Infinity"],
  ["double precision", "-Infinity", "float64", "-Infinity"],
  ["double precision", "0.30000000000000004", "float64", "0.30000000000000004"],
  ["text", "", "text", ""],
  ["text", "\\N", "text", "\\N"],
  ["text", " trailing ", "text", " trailing "],
  ["text", `a,"b"\r\n\tc`, "text", `a,"b"\r\n\tc`],
  ["text", "caf\u00e9", "text", "caf\u00e9"],
  ["text", "cafe\u0301 😀", "text", "cafe\u0301 😀"],
  ["varchar(10)", "NULL", "text", "NULL"],
  ["char(5)", "ab", "text", "ab   "],
  ["name", "pg_class", "text", "pg_class"],
  ["types.mood", "glad", "text", "glad"],
  ["types.price", "1.5", "number", "1.5000"],
  ["types.code", "ab", "text", "ab  "],
  ["bytea", "\\x00ff5C", "bytes", "00ff5c"],
  ["bytea", "", "bytes", ""],
  ["date", "2024-01-05", "date", "2024-01-05"],
  ["date", "0044-03-15 BC", "date", "0044-03-15 BC"],
  ["date", "infinity", "date", "infinity"],
  ["time", "10:00", "time", "10:00:00.000000"],
  ["time", "24:00:00", "time", "24:00:00.000000"],
  ["time(3)", "23:59:59.9994", "time", "23:59:59.999000"],
  ["timestamp", "2024-01-05 10:00:00.000001", "timestamp", "2024-01-05 10:00:00.000001"],
  ["timestamp", "12024-12-31 23:59:59.999999", "timestamp", "12024-12-31 23:59:59.999999"],
  ["timestamp", "0044-03-15 12:00:00 BC", "timestamp", "0044-03-15 12:00:00.000000 BC"],
  ["timestamp", "-infinity", "timestamp", "-infinity"],
  ["timestamptz", "2024-01-05 10:00:00.5+05:30", "timestamptz", "2024-01-05 04:30:00.500000+00"],
  ["timestamptz", "0001-01-01 00:00:00+01", "timestamptz", "0001-12-31 23:00:00.000000+00 BC"],
  ["timestamptz", "infinity", "timestamptz", "infinity"],
  ["uuid", "A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11", "uuid", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"],
  ["json", '{"b": 1.10,  "a":[]}', "json", '{"b": 1.10,  "a":[]}'],
  ["jsonb", '{"b": 1.10,  "a":[]}', "json", '{"a": [], "b": 1.10}'],
];

test("every value of every comparable type comes out as its canonical text, also after Parquet", async () => {
  const columns = values.map(([type, literal], index) => `'${literal.replaceAll("'", "''")}'::${type} AS c${index}`);
  await run(`CREATE TABLE types.all_values AS SELECT ${columns.join(", ")}`);
  const { extraction, text, cells } = await service.extract({ table: "types.all_values" });
  expect(text).toBe(`${values.map(([, , , canonical]) => `"${canonical.replaceAll('"', '""')}"`).join(",")}\n`);
  const types = extraction.columns.map(({ type }) => type);
  expect(values.map(([type, literal], index) => [type, literal, types[index], cells[0]?.[index]])).toEqual(values);
  expect(extraction.columns.map(({ source }) => source).slice(9, 10)).toEqual(["numeric(10,2)"]);
});

test("what the application sets for its role and database changes no text", async () => {
  await run(`ALTER DATABASE core SET timezone = 'Asia/Kolkata'; ALTER ROLE rehearse SET datestyle = 'SQL, DMY';
    ALTER DATABASE core SET extra_float_digits = 0; ALTER DATABASE core SET bytea_output = 'escape'; ALTER DATABASE core SET intervalstyle = 'iso_8601'`);
  const before = await service.session.states();
  await run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = 'core'");
  const query =
    "SELECT '2024-01-05 10:00+00'::timestamptz AS at, '2024-01-05'::date AS day, 0.1::float8 + 0.2 AS sum, '\\x0001'::bytea AS raw";
  await expect
    .poll(() => service.extract({ query }))
    .toMatchObject({ cells: [["2024-01-05 10:00:00.000000+00", "2024-01-05", "0.30000000000000004", "0001"]] });
  expect(await service.session.states()).toEqual(before);
  await run("ALTER DATABASE core RESET ALL; ALTER ROLE rehearse RESET ALL");
});

test("NULL is not the empty string, in every type", async () => {
  const { text, cells } = await service.extract({
    query: `SELECT NULL::text AS a, '' AS b, NULL::date AS c, NULL::timestamptz AS d, NULL::boolean AS e, NULL::bytea AS f`,
  });
  expect(text).toBe('\\N,"",\\N,\\N,\\N,\\N\n');
  expect(cells).toEqual([[null, "", null, null, null, null]]);
});

test("a type that cannot be compared exactly is left out, with the reason", async () => {
  await run(`CREATE TYPE types.pair AS (a int, b int);
    CREATE TABLE types.others (id int PRIMARY KEY, tags text[], net inet, span interval, cash money, doc xml, during int4range, pair types.pair, bits bit(3), at timetz);
    INSERT INTO types.others VALUES (1, '{a}', '10.0.0.1', '1 day', '1.50', '<a/>', '[1,2)', '(1,2)', B'101', '10:00+02')`);
  const { extraction, cells } = await service.extract({ table: "types.others" });
  expect(cells).toEqual([["1"]]);
  expect(extraction).toMatchObject({ key: ["id"], rows: 1 });
  const others = extraction.columns.slice(1);
  expect(others.map(({ source }) => source)).toEqual([
    "text[]",
    "inet",
    "interval",
    "money",
    "xml",
    "int4range",
    "types.pair",
    "bit(3)",
    "time with time zone",
  ]);
  for (const { source, type } of others) expect(type).toEqual({ notComparable: expect.stringContaining(source) });
});

test("the primary key comes in its own order, without the columns it only carries along", async () => {
  await run(
    'CREATE TABLE types.keyed (a int, "B c" int, d int, note text, PRIMARY KEY (d, "B c") INCLUDE (a)); CREATE TABLE keyless (a int UNIQUE)',
  );
  expect((await service.extract({ table: "types.keyed" })).extraction.key).toEqual(["d", "B c"]);
  expect((await service.extract({ table: "keyless" })).extraction.key).toEqual([]);
});

test("tables are found however they are named, partitioned or empty of columns", async () => {
  await run(`CREATE SCHEMA "We ird"; CREATE TABLE "We ird"."Ta""ble" ("Col ""umn" int, "select" int); INSERT INTO "We ird"."Ta""ble" VALUES (1, 2);
    CREATE TABLE parts (id int, part text) PARTITION BY LIST (part); CREATE TABLE parts_a PARTITION OF parts FOR VALUES IN ('a');
    INSERT INTO parts VALUES (1, 'a'); CREATE TABLE nothing (); INSERT INTO nothing DEFAULT VALUES; INSERT INTO nothing DEFAULT VALUES`);
  const weird = await service.extract({ table: 'We ird.Ta"ble' });
  expect([weird.extraction.columns.map(({ name }) => name), weird.cells]).toEqual([['Col "umn', "select"], [["1", "2"]]]);
  expect((await service.extract({ table: "parts" })).cells).toEqual([["1", "a"]]);
  expect((await service.extract({ table: "nothing" })).extraction.rows).toBe(2);
});

test("a table or view that is not there is named, with those that are", async () => {
  await run("CREATE TABLE present ()");
  await expect(service.extract({ table: "absent" })).rejects.toMatchObject({
    code: "DATASET_NOT_FOUND",
    message: expect.stringContaining("absent"),
    hint: expect.stringContaining("present"),
  });
});

test("a query may be anything that reads, with its semicolon, comments and repeated expressions", async () => {
  const query = "-- how many\nWITH n AS (SELECT generate_series(1, 3) AS i)\nSELECT count(*), sum(i) AS total FROM n -- all\n;\n";
  const { extraction, cells } = await service.extract({ query });
  expect([extraction.columns, extraction.key, cells]).toEqual([
    [
      { name: "count", source: "bigint", type: "int64" },
      { name: "total", source: "bigint", type: "int64" },
    ],
    [],
    [["3", "6"]],
  ]);
});

test.each([
  ["deletes", "DELETE FROM victims RETURNING *"],
  ["deletes in WITH", "WITH gone AS (DELETE FROM victims RETURNING *) SELECT * FROM gone"],
  ["deletes in a function", "SELECT empty_victims()"],
  ["closes the bracket and deletes", "SELECT 1) AS a; DELETE FROM victims; SELECT * FROM (SELECT 2"],
  ["closes the bracket, commits and deletes", "SELECT 1) AS a; COMMIT; DELETE FROM victims; SELECT * FROM (SELECT 2"],
  ["draws from a sequence", "SELECT nextval('victims_id_seq')"],
])("a query that %s is refused and changes nothing", async (_, query) => {
  await run(`DROP TABLE IF EXISTS victims; CREATE TABLE victims (id serial); INSERT INTO victims VALUES (1);
    CREATE OR REPLACE FUNCTION empty_victims() RETURNS int LANGUAGE sql AS 'DELETE FROM victims RETURNING 1'`);
  const before = await service.session.states();
  await expect(service.extract({ query })).rejects.toMatchObject({ code: "QUERY_FAILED" });
  expect(await service.session.states()).toEqual(before);
  expect((await service.extract({ query: "SELECT is_called FROM victims_id_seq" })).cells).toEqual([["false"]]);
});

test("a query that fails says on which line, and two columns of one name are refused", async () => {
  await expect(service.extract({ query: "SELECT 1 AS a,\n  '😀',\n  missing\nFROM pg_class" })).rejects.toMatchObject({
    code: "QUERY_FAILED",
    message: expect.stringMatching(/line 3.*"missing" does not exist/),
  });
  await expect(service.extract({ query: "SELECT 1 / (relpages - relpages) FROM pg_class" })).rejects.toMatchObject({
    code: "QUERY_FAILED",
    message: expect.stringContaining("division by zero"),
  });
  await expect(service.extract({ query: "SELECT 1 AS a, 2 AS a" })).rejects.toMatchObject({
    code: "QUERY_FAILED",
    message: expect.stringContaining("two columns"),
  });
  expect((await service.extract({ query: "SELECT 1 AS a" })).cells).toEqual([["1"]]);
});

test("rows stream: a million go into the file, counted", async () => {
  const file = join(service.server.address.directory ?? "", "..", "tmp", "million.csv");
  const { rows } = await service.session.extract({ query: "SELECT i, 'row ' || i AS name FROM generate_series(1, 1000000) AS i" }, file);
  expect(rows).toBe(1_000_000);
});
