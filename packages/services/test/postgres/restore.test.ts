import { afterAll, beforeAll, expect, test } from "vitest";
import { startService, type EmbeddedService } from "../embedded-service.ts";

let service: EmbeddedService;
beforeAll(async () => {
  service = await startService("postgres");
});
afterAll(() => service[Symbol.asyncDispose]());

const run = (text: string): Promise<number> => service.session.load({ kind: "script", text, name: "test" });
const cells = async (query: string) => (await service.extract({ query })).cells;

test("a restored table has the rows that were read of it, and nothing else", async () => {
  await run("CREATE TABLE kept (id int PRIMARY KEY, v text); INSERT INTO kept VALUES (1, 'a'), (2, NULL), (3, '')");
  const restoration = await service.restoration({ table: "kept" });
  await run("UPDATE kept SET v = 'changed'; INSERT INTO kept VALUES (4, 'more')");
  expect(await service.session.restore("kept", restoration)).toBe(3);
  expect(await cells("SELECT * FROM kept ORDER BY id")).toEqual([
    ["1", "a"],
    ["2", null],
    ["3", ""],
  ]);
});

test("what is drawn from sequences afterwards is new, whichever way they are drawn from", async () => {
  await run(`CREATE SEQUENCE own; CREATE TABLE drawn (a serial, b int GENERATED ALWAYS AS IDENTITY, c int DEFAULT nextval('own'));
    INSERT INTO drawn VALUES (7, DEFAULT, 9); UPDATE drawn SET b = DEFAULT`);
  const restoration = await service.restoration({ query: "SELECT 7 AS a, 8 AS b, 9 AS c" });
  await service.session.restore("drawn", restoration);
  await run("INSERT INTO drawn DEFAULT VALUES");
  expect(await cells("SELECT * FROM drawn ORDER BY a")).toEqual([
    ["7", "8", "9"],
    ["8", "9", "10"],
  ]);
});

test("columns that the restoration lacks take their default, or a neutral value where they must have one", async () => {
  await run(`CREATE TYPE size AS ENUM ('s', 'l'); CREATE TABLE lacking (id int, a int DEFAULT 5, b text, c text NOT NULL, d numeric NOT NULL, e timestamptz NOT NULL,
    f size NOT NULL, g int[] NOT NULL, h jsonb NOT NULL, i uuid NOT NULL, j boolean NOT NULL, k interval NOT NULL, l bytea NOT NULL, m int GENERATED ALWAYS AS (id + 1) STORED)`);
  await service.session.restore("lacking", await service.restoration({ query: "SELECT 1 AS id" }));
  const zeros = "00000000-0000-0000-0000-000000000000";
  expect(await cells("SELECT * FROM lacking")).toEqual([
    ["1", "5", null, "", "0", "1970-01-01 00:00:00.000000+00", "s", "[]", "{}", zeros, "false", "0 mon 0 day 0 us", "", "2"],
  ]);
});

test("computed columns are computed, triggers do not fire, and foreign keys do not ask", async () => {
  await run(`CREATE TABLE parent (id int PRIMARY KEY); CREATE TABLE child (id int REFERENCES parent ON DELETE CASCADE, twice int GENERATED ALWAYS AS (id * 2) STORED);
    CREATE TABLE log (v text); CREATE FUNCTION logged() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO log VALUES (TG_OP); RETURN NEW; END';
    INSERT INTO parent VALUES (1), (2); INSERT INTO child VALUES (1);
    CREATE TRIGGER logs AFTER INSERT OR DELETE ON parent FOR EACH ROW EXECUTE FUNCTION logged()`);
  const [parent, child] = [await service.restoration({ query: "SELECT 2 AS id" }), await service.restoration({ table: "child" })];
  expect(await service.session.restore("child", child)).toBe(1);
  expect(await service.session.restore("parent", parent)).toBe(1);
  expect(await cells("SELECT * FROM child")).toEqual([["1", "2"]]);
  expect(await cells("SELECT id FROM parent")).toEqual([["2"]]);
  expect(await cells("SELECT v FROM log")).toEqual([]);
});

test("a table that is not there is made with its types and key, enums and another schema among them", async () => {
  await run(`CREATE TYPE mood AS ENUM ('sad', 'it''s'); CREATE SCHEMA aside; CREATE TABLE aside.made ("I d" int, m mood, n numeric(10,2), c char(3), PRIMARY KEY ("I d"));
    INSERT INTO aside.made VALUES (1, 'it''s', 1.1, 'a')`);
  const before = await service.extract({ table: "aside.made" });
  const restoration = await service.restoration({ table: "aside.made" });
  await run("DROP SCHEMA aside CASCADE; DROP TYPE mood");
  await service.session.restore("aside.made", restoration);
  const after = await service.extract({ table: "aside.made" });
  expect([after.extraction.columns, after.extraction.key, after.cells]).toEqual([
    before.extraction.columns,
    ["I d"],
    [["1", "it's", "1.10", "a  "]],
  ]);
});

test.each([
  ["rounds", "numeric(10,1)", "SELECT 1.25::numeric AS v", /column v of the table does not keep its values exactly/],
  ["is too short", "varchar(2)", "SELECT 'abc'::text AS v", /too long/],
  ["is too small", "smallint", "SELECT 40000 AS v", /out of range/],
  ["is of another kind", "date", "SELECT 'abc'::text AS v", /column v is text in the reference and date in the table/],
  ["lacks a label", "shade", "SELECT 'dark'::text AS v", /column v of the table does not take a value: .*"dark"/],
  ["has another name", "int", "SELECT 1 AS w", /the table has no column w/],
])("a column that %s is named, and the table stays as it was", async (_, type, query, message) => {
  await run(
    `DROP TYPE IF EXISTS shade CASCADE; CREATE TYPE shade AS ENUM ('light'); DROP TABLE IF EXISTS narrow; CREATE TABLE narrow (v ${type}); INSERT INTO narrow VALUES (NULL)`,
  );
  const restoration = await service.restoration({ query });
  await expect(service.session.restore("narrow", restoration)).rejects.toMatchObject({
    code: "REFERENCE_INVALID",
    exitCode: 2,
    message: expect.stringMatching(message),
  });
  expect(await cells("SELECT * FROM narrow")).toEqual([[null]]);
});

test("a hundred thousand rows are restored", async () => {
  await run("CREATE TABLE large AS SELECT i AS id, 'row ' || i AS name, now() AS at FROM generate_series(1, 100000) AS i");
  const restoration = await service.restoration({ table: "large" });
  const before = (await service.session.states()).find(({ table }) => table === "large");
  expect(await service.session.restore("large", restoration)).toBe(100_000);
  expect((await service.session.states()).find(({ table }) => table === "large")).toEqual(before);
});
