import { join } from "node:path";
import { materialise, openTables, type Extraction } from "@rehearse/dataset";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startService, type EmbeddedService } from "../embedded-service.ts";

let service: EmbeddedService;
beforeAll(async () => {
  service = await startService("postgres");
  await run(`CREATE SCHEMA types; CREATE TYPE types.mood AS ENUM ('sad', 'glad');
    CREATE DOMAIN types.amount AS numeric(12,4) CHECK (value >= 0); CREATE DOMAIN types.price AS types.amount; CREATE DOMAIN types.code AS char(4);
    CREATE TYPE types.pair AS (a int, "b c" text[]); CREATE EXTENSION hstore`);
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
  ["types.mood", "glad", "enum", "glad"],
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
  ["interval", "1 mon -3 day 04:05:06.7", "interval", "1 mon -3 day 14706700000 us"],
  ["interval", "178000000 years", "interval", "2136000000 mon 0 day 0 us"],
  ["money", "-1.50", "decimal(19,2)", "-1.50"],
  ["oid", "4294967295", "uint32", "4294967295"],
  ["xid8", "18446744073709551615", "uint64", "18446744073709551615"],
  ["inet", "10.0.0.1", "text", "10.0.0.1"],
  ["cidr", "10.0.0.0/8", "text", "10.0.0.0/8"],
  ["timetz", "10:00+02", "text", "10:00:00+02"],
  ["bit(3)", "101", "text", "101"],
  ["xml", "<a/>", "text", "<a/>"],
  ["int4range", "[1,5]", "text", "[1,6)"],
  ["point", "(1,-0)", "text", "(1,-0)"],
  ["tsvector", "b a", "text", "'a' 'b'"],
  ["integer[]", "{1,NULL}", "list(int32)", '["1",null]'],
  ["char(3)[]", "{ab}", "list(text)", '["ab "]'],
  ["inet[]", "{10.0.0.1}", "list(text)", '["10.0.0.1"]'],
  ["types.mood[]", "{}", "list(enum)", "[]"],
  ["types.pair", "(1,)", 'struct("a" int32, "b c" list(text))', '{"a":"1","b c":null}'],
  ["types.pair", "(,)", 'struct("a" int32, "b c" list(text))', '{"a":null,"b c":null}'],
  ["hstore", "b=>NULL,a=>1", "map(text,text)", '[["a","1"],["b",null]]'],
];

// They are values, whose text is another where they are kept.
const documents: [string, string, string, string][] = [
  ["json", '{"b": 1.10,  "a":[]}', '{"b": 1.10,  "a":[]}', '{"a":[],"b":1.1}'],
  ["jsonb", '{"b": 1.10,  "a":[]}', '{"a": [], "b": 1.10}', '{"a":[],"b":1.1}'],
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

test.each(documents)("a document of the type %s is extracted as it is and kept as a value", async (type, literal, extracted, kept) => {
  const { extraction, text, cells } = await service.extract({ query: `SELECT '${literal}'::${type} AS v` });
  expect(extraction.columns).toEqual([{ name: "v", source: type, type: "json" }]);
  expect(text).toBe(`"${extracted.replaceAll('"', '""')}"\n`);
  expect(cells).toEqual([[kept]]);
});

test("what the application sets for its role and database changes no text", async () => {
  await run(`ALTER DATABASE core SET timezone = 'Asia/Kolkata'; ALTER ROLE rehearse SET datestyle = 'SQL, DMY';
    ALTER DATABASE core SET extra_float_digits = 0; ALTER DATABASE core SET bytea_output = 'escape'; ALTER DATABASE core SET intervalstyle = 'iso_8601';
    ALTER DATABASE core SET client_encoding = 'LATIN1'; ALTER ROLE rehearse SET xmloption = 'document'`);
  const before = await service.session.states();
  await run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = 'core'");
  const query =
    "SELECT '2024-01-05 10:00+00'::timestamptz AS at, '2024-01-05'::date AS day, 0.1::float8 + 0.2 AS sum, '\\x0001'::bytea AS raw, 'é' AS word, interval '90 s' AS span";
  await expect
    .poll(() => service.extract({ query }))
    .toMatchObject({
      cells: [["2024-01-05 10:00:00.000000+00", "2024-01-05", "0.30000000000000004", "0001", "é", "0 mon 0 day 90000000 us"]],
    });
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
  await run(
    `CREATE TABLE types.others (id int PRIMARY KEY, kind regclass, kinds regtype[]); INSERT INTO types.others VALUES (1, 'pg_class', '{int4}')`,
  );
  const { extraction, cells } = await service.extract({ table: "types.others" });
  expect(cells).toEqual([["1"]]);
  expect(extraction).toMatchObject({ key: ["id"], rows: 1 });
  const others = extraction.columns.slice(1);
  expect(others.map(({ source }) => source)).toEqual(["regclass", "regtype[]"]);
  expect(others.map(({ type }) => type)).toEqual([
    { notComparable: expect.stringContaining("regclass") },
    { notComparable: expect.stringContaining("regtype") },
  ]);
});

test("a label that is added to an enum is seen in the column's source", async () => {
  await run("CREATE TYPE types.size AS ENUM ('s', 'l'); CREATE TABLE types.sized (v types.size, w types.size[])");
  const sources = async () => (await service.extract({ table: "types.sized" })).extraction.columns.map(({ source }) => source);
  expect(await sources()).toEqual(["enum('s','l')", "enum('s','l')[]"]);
  await run("ALTER TYPE types.size ADD VALUE 'm''s' BEFORE 'l'");
  expect(await sources()).toEqual(["enum('s','m''s','l')", "enum('s','m''s','l')[]"]);
});

test.each([
  ["of several dimensions", "integer[]", "{{1,2},{3,4}}"],
  ["that begin elsewhere", "text[]", "[0:1]={a,NULL}"],
])("arrays %s are no lists: their column is read as Postgres writes it", async (_, type, literal) => {
  const query = `SELECT '${literal}'::${type} AS v, ARRAY[1] AS w UNION ALL SELECT '{}', '{}'`;
  const { extraction, cells } = await service.extract({ query });
  expect(extraction.columns.map((column) => column.type)).toEqual(["text", "list(int32)"]);
  expect(cells).toEqual([
    [literal, '["1"]'],
    ["{}", "[]"],
  ]);
});

test("tables that one snapshot reads are of one moment, read side by side", async () => {
  await run("CREATE TABLE left_side AS SELECT 1 AS v; CREATE TABLE right_side AS SELECT 1 AS v");
  await using snapshot = await service.session.snapshot();
  const read = (table: string) => snapshot.extract({ table }, join(service.scratch, table));
  await run("INSERT INTO left_side VALUES (2); INSERT INTO right_side VALUES (2)");
  const tables = ["left_side", "right_side", "left_side", "right_side", "left_side", "right_side"];
  expect((await Promise.all(tables.map(read))).map(({ rows }) => rows)).toEqual(tables.map(() => 1));
  expect((await service.extract({ table: "left_side" })).extraction.rows).toBe(2);
});

test("a large table is read in parts side by side, which together are its rows at one moment; one with children as a whole", async () => {
  // A row of text fills what a block may hold at first.
  await run(`CREATE TABLE large (id int PRIMARY KEY, v text, a int[]) WITH (fillfactor = 10); ALTER TABLE large ALTER v SET STORAGE PLAIN;
    INSERT INTO large SELECT i, CASE WHEN i % 3 > 0 THEN repeat('x', 700) || E'"\\n' || i END, CASE WHEN i = 9000 THEN '[0:1]={1,2}' ELSE '{1}' END::int[]
      FROM generate_series(1, 13000) AS r(i);
    DELETE FROM large WHERE id % 7 = 0`);
  await using tables = await openTables({ directory: join(service.scratch, "tables") });
  const digestOf = async (extraction: Extraction, name: string) =>
    (await materialise({ tables, extraction, directory: join(service.scratch, name) })).manifest.digest;
  const whole = await digestOf(await service.session.extract({ table: "large" }, join(service.scratch, "whole")), "one-file");

  await using snapshot = await service.session.snapshot();
  await run("INSERT INTO large VALUES (13001, 'later', NULL); DELETE FROM large WHERE id < 5000");
  const extraction = await snapshot.extract({ table: "large" }, join(service.scratch, "large"));
  const more = [1, 2, 3].map((part) => join(service.scratch, `large.${part}`));
  expect(extraction).toMatchObject({ rows: 13_000 - 1857, key: ["id"], more });
  expect(await digestOf(extraction, "in-parts")).toEqual(whole);

  await run("CREATE TABLE child () INHERITS (large); INSERT INTO child VALUES (1, 'again', NULL)");
  await using later = await service.session.snapshot();
  const withChild = await later.extract({ table: "large" }, join(service.scratch, "with-child"));
  expect(withChild).toMatchObject({ rows: 13_000 - 1857 - 4285 + 2, more: [] });
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
  const file = join(service.scratch, "million.csv");
  const { rows } = await service.session.extract({ query: "SELECT i, 'row ' || i AS name FROM generate_series(1, 1000000) AS i" }, file);
  expect(rows).toBe(1_000_000);
});
