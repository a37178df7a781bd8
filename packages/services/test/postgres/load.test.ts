import { RehearseError } from "@rehearse/errors";
import { afterAll, beforeAll, expect, test } from "vitest";
import { rowsOf, startService, type EmbeddedService } from "../embedded-service.ts";

let service: EmbeddedService;
beforeAll(async () => {
  service = await startService("postgres");
});
afterAll(() => service[Symbol.asyncDispose]());

const run = (text: string, name = "schema.sql"): Promise<number> => service.session.load({ kind: "script", text, name });
const rows = (table: string, ...all: Record<string, unknown>[]): Promise<number> =>
  service.session.load({ kind: "rows", table, rows: rowsOf(...all), name: "rows.ndjson" });
const cells = async (query: string): Promise<unknown> => (await service.extract({ query })).cells;

test("a script runs whole: functions, dollar quotes, comments; its settings end with it", async () => {
  const count = await run(`/* ; */ CREATE TABLE script (id int); -- ;
    CREATE FUNCTION twice(i int) RETURNS int LANGUAGE plpgsql AS $body$ BEGIN RETURN 2 * i; END; $body$;
    INSERT INTO script SELECT twice(21); SELECT set_config('search_path', '', false)`);
  expect(count).toBe(4);
  expect(await cells("SELECT id FROM script")).toEqual([["42"]]);
});

test("a script that fails puts in nothing, and says in which seed, on which line and why", async () => {
  const failing = run("CREATE TABLE half (id int);\n-- é 😀\nINSERT INTO half VALUES (1);\nINSERT INTO halves VALUES (2);\n");
  await expect(failing).rejects.toMatchObject({
    code: "SEED_FAILED",
    message: expect.stringMatching(/schema\.sql.* line 4.*relation "halves" does not exist/),
  });
  expect((await service.session.states()).map(({ table }) => table)).not.toContain("half");
});

test("a script that copies from standard input, as pg_dump writes it, is refused", async () => {
  const failing = run("CREATE TABLE dumped (id int);\nCOPY dumped FROM stdin;\n1\n\\.\n");
  await expect(failing).rejects.toMatchObject({ code: "SEED_FAILED" });
});

test("rows go in by their columns' names, with every digit, sign and kind of value", async () => {
  await run(
    "CREATE TABLE typed (id bigint PRIMARY KEY, n numeric, f float8, doc jsonb, raw json, tags text[], grid int[], flag boolean, at timestamptz, name text)",
  );
  const count = await rows(
    "typed",
    {
      name: 'é "quoted" \\ 😀',
      id: 9007199254740993n,
      n: "1.10",
      f: -0,
      doc: { big: 9007199254740993n, list: [1, null, "x"] },
      tags: ["a,b", 'c"\\', null, ""],
    },
    {
      id: 2,
      doc: "text",
      raw: [1.5, -0, true],
      grid: [
        [1, 2],
        [3, 4],
      ],
      flag: false,
      at: "2024-01-05T10:00:00.000001Z",
      name: "",
    },
    { id: 3, doc: null, n: 1e21, name: null },
  );
  expect(count).toBe(3);
  expect(
    await cells(
      "SELECT id, n, f, doc, raw, tags::text AS tags, grid::text AS grid, flag, at, name FROM typed ORDER BY name NULLS LAST, id",
    ),
  ).toEqual([
    ["2", null, null, '"text"', "[1.5,-0,true]", null, "{{1,2},{3,4}}", "false", "2024-01-05 10:00:00.000001+00", ""],
    [
      "9007199254740993",
      "1.10",
      "-0",
      '{"big":9007199254740993,"list":[1,null,"x"]}',
      null,
      '{"a,b","c\\"\\\\",NULL,""}',
      null,
      null,
      null,
      'é "quoted" \\ 😀',
    ],
    ["3", "1000000000000000000000", null, null, null, null, null, null, null, null],
  ]);
});

test("what a row leaves out gets the column's default, also where another row names it; identities may be given", async () => {
  await run(
    "CREATE SCHEMA app; CREATE TABLE app.defaults (id int GENERATED ALWAYS AS IDENTITY, note text DEFAULT 'none', twice int GENERATED ALWAYS AS (id * 2) STORED)",
  );
  expect(await rows("app.defaults", { id: 7 }, { id: 8, note: null }, { note: "mine" })).toBe(3);
  expect(await cells("SELECT id, note, twice FROM app.defaults ORDER BY id")).toEqual([
    ["1", "mine", "2"],
    ["7", "none", "14"],
    ["8", null, "16"],
  ]);
});

test("more rows than one statement takes go in, in order", async () => {
  await run("CREATE TABLE many (position serial, a int, b int, c int, d int)");
  const all = Array.from({ length: 2501 }, (_, index) => ({ a: index, b: index, c: index, d: index }));
  expect(await rows("many", ...all)).toBe(2501);
  expect(await cells("SELECT count(*) AS all, count(*) FILTER (WHERE position = a + 1) AS in_order FROM many")).toEqual([["2501", "2501"]]);
});

test("rows that do not fit put in nothing and are named: column, table, or what Postgres says", async () => {
  await run("CREATE TABLE strict (id int PRIMARY KEY, kind text NOT NULL)");
  await expect(rows("strict", { id: 1, kind: "a" }, { id: 2, knid: "b" })).rejects.toMatchObject({
    code: "SEED_FAILED",
    message: expect.stringMatching(/rows\.ndjson.*knid.*row 2\); did you mean "kind"\?$/),
    hint: expect.stringContaining("kind"),
  });
  await expect(rows("strict", { id: 1, kind: "a" }, { id: 1, kind: "b" })).rejects.toMatchObject({
    code: "SEED_FAILED",
    message: expect.stringMatching(/rows\.ndjson.*duplicate key/),
    details: expect.stringContaining("(id)=(1)"),
  });
  await expect(rows("lenient", { id: 1 })).rejects.toMatchObject({
    code: "SEED_FAILED",
    message: expect.stringContaining("lenient"),
    hint: expect.stringContaining("strict"),
  });
  await expect(rows("strikt", { id: 1 })).rejects.toMatchObject({ message: 'There is no table strikt; did you mean "strict"?' });
  expect(await cells("SELECT count(*) FROM strict")).toEqual([["0"]]);
});

test.each([
  ["of ours", new RehearseError({ code: "SEED_NOT_FOUND", message: "it is gone", hint: "Put it back." })],
  ["of the system", Object.assign(new Error("EISDIR: illegal operation on a directory, read"), { code: "EISDIR", syscall: "read" })],
  ["of a reader", new SyntaxError("line 1501 is no JSON")],
])("a source of rows that fails with an error %s is its own failure, and nothing is put in", async (_, thrown) => {
  await run("DROP TABLE IF EXISTS sourced; CREATE TABLE sourced (id int)");
  const broken = async function* (): AsyncGenerator<Record<string, unknown>> {
    for (let id = 0; id < 1500; id += 1) yield { id };
    throw thrown;
  };
  await expect(service.session.load({ kind: "rows", table: "sourced", rows: broken(), name: "broken" })).rejects.toBe(thrown);
  expect(await cells("SELECT count(*) FROM sourced")).toEqual([["0"]]);
});
