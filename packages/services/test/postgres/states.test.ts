import { appendFile, chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { TableState } from "../../src/index.ts";
import { startService, type EmbeddedService } from "../embedded-service.ts";

let service: EmbeddedService;
beforeAll(async () => {
  service = await startService("postgres");
});
afterAll(() => service[Symbol.asyncDispose]());

const run = (text: string): Promise<number> => service.session.load({ kind: "script", text, name: "test" });

async function state(table: string): Promise<TableState | undefined> {
  return (await service.session.states()).find((one) => one.table === table);
}

// Each pair is the same to Postgres' own record hash, or to a digest that is only an exclusive or.
test.each([
  ["bigint that differ above 32 bits", "bigint", "(1)", "(4294967296)"],
  ["NULL and the empty string", "text", "(NULL)", "('')"],
  ["NaN and infinity", "numeric", "('NaN')", "('Infinity')"],
  ["1.0 and 1.00", "numeric", "(1.0)", "(1.00)"],
  ["-0 and 0", "float8", "('-0')", "('0')"],
  ["neighbouring doubles", "float8", "(0.3)", "('0.30000000000000004')"],
  ["times one microsecond apart", "timestamptz", "('2024-01-05 10:00:00.000001+00')", "('2024-01-05 10:00:00+00')"],
  ["blanks at the end", "varchar", "('a')", "('a ')"],
  ["both normal forms of a letter", "text", "('caf\u00e9')", "('cafe\u0301')"],
  ["a day and 24 hours", "interval", "('1 day')", "('24 hours')"],
  ["arrays of other dimensions", "int[]", "('{1,2,3,4}')", "('{{1,2},{3,4}}')"],
  ["a row once and twice", "int", "(1)", "(1), (1)"],
  ["a row twice and four times", "int", "(7), (1), (1)", "(7), (1), (1), (1), (1)"],
  ["one pair of twins and another", "int", "(1), (1)", "(2), (2)"],
  ["json that differs in blanks only", "json", `('{"a":1}')`, `('{"a": 1}')`],
  ["points", "point", "('(1,2)')", "('(1,2.0000000000000004)')"],
])("the digest tells %s apart", async (_, type, one, other) => {
  await run(`DROP TABLE IF EXISTS pair; CREATE TABLE pair (value ${type}); INSERT INTO pair VALUES ${one}`);
  const before = await state("pair");
  await run(`TRUNCATE pair; INSERT INTO pair VALUES ${other}`);
  const after = await state("pair");
  expect(after?.digest).not.toBe(before?.digest);
  await run(`TRUNCATE pair; INSERT INTO pair VALUES ${one}`);
  expect(await state("pair")).toEqual(before);
});

test("values that move between columns, rows or names are seen; their order is not", async () => {
  await run("CREATE TABLE moving (a text, b text); INSERT INTO moving VALUES ('1', NULL), ('2', 'x')");
  const before = await state("moving");
  await run("TRUNCATE moving; INSERT INTO moving VALUES ('2', 'x'), ('1', NULL)");
  expect(await state("moving")).toEqual(before);
  await run("TRUNCATE moving; INSERT INTO moving VALUES (NULL, '1'), ('2', 'x')");
  expect((await state("moving"))?.digest).not.toBe(before?.digest);
  await run("TRUNCATE moving; INSERT INTO moving VALUES ('1', NULL), ('2', 'x'); ALTER TABLE moving RENAME COLUMN b TO c");
  expect((await state("moving"))?.digest).not.toBe(before?.digest);
});

test("an enum counts by its label: changed it is seen, in another database it is the same", async () => {
  const table = "CREATE TYPE mood AS ENUM ('sad', 'glad'); CREATE TABLE moods (mood mood); INSERT INTO moods VALUES ('glad')";
  await run(table);
  await using other = await startService("postgres");
  await other.session.load({ kind: "script", text: `CREATE TYPE shifts_oids AS (a int); ${table}`, name: "table" });
  expect(await other.session.states()).toEqual([await state("moods")]);
  const before = await state("moods");
  await run("UPDATE moods SET mood = 'sad'");
  expect((await state("moods"))?.digest).not.toBe(before?.digest);
});

test("every table a user made is there by its name, partitions through their table, others not at all", async () => {
  await using fresh = await startService("postgres");
  await fresh.session.load({
    kind: "script",
    name: "tables",
    text: `CREATE SCHEMA app; CREATE TABLE app.orders (t int, "the whole row" int); INSERT INTO app.orders VALUES (1, 2); CREATE TABLE zero (); INSERT INTO zero DEFAULT VALUES;
      CREATE TABLE "Odd ""name""" (id int); CREATE TABLE parts (id int) PARTITION BY RANGE (id); CREATE TABLE parts_1 PARTITION OF parts DEFAULT; INSERT INTO parts VALUES (1), (2);
      CREATE VIEW looking AS SELECT * FROM zero; CREATE MATERIALIZED VIEW kept AS SELECT 1 AS one; CREATE MATERIALIZED VIEW unfilled AS SELECT 1 AS one WITH NO DATA; CREATE UNLOGGED TABLE quick (id int)`,
  });
  const states = await fresh.session.states();
  expect(states.map(({ table, rows }) => [table, rows])).toEqual([
    ['Odd "name"', 0],
    ["app.orders", 1],
    ["kept", 1],
    ["parts", 2],
    ["quick", 0],
    ["zero", 1],
  ]);
});

test("nothing is read again while no transaction has ended; what then commits is seen", async () => {
  await using fresh = await startService("postgres");
  await fresh.session.load({ kind: "script", text: "CREATE TABLE orders (id int); INSERT INTO orders VALUES (1)", name: "orders" });
  const before = await fresh.session.states();
  const other = new Client({ connectionString: fresh.values["url"] });
  await other.connect();
  try {
    // Who reads the table would wait for this lock.
    await other.query("BEGIN; LOCK orders IN ACCESS EXCLUSIVE MODE; UPDATE orders SET id = 2");
    expect(await fresh.session.states()).toEqual(before);
    await other.query("COMMIT");
    const after = await fresh.session.states();
    expect(after).toMatchObject([{ table: "orders", rows: 1 }]);
    expect(after).not.toEqual(before);
    for (const [change, rows] of [
      ["DELETE FROM orders", 0],
      ["INSERT INTO orders VALUES (2), (3)", 2],
      ["BEGIN; INSERT INTO orders VALUES (4); ROLLBACK", 2],
      ["TRUNCATE orders", 0],
      ["ALTER TABLE orders SET UNLOGGED; INSERT INTO orders VALUES (5)", 1],
      ["BEGIN; SAVEPOINT s; INSERT INTO orders VALUES (6); RELEASE s; COMMIT", 2],
      ["DROP TABLE orders; CREATE TABLE orders AS SELECT 7 AS id", 1],
    ] as const) {
      await other.query(change);
      expect(await fresh.session.states(), change).toMatchObject([{ table: "orders", rows }]);
    }
  } finally {
    await other.end();
  }
});

test("rows that lie elsewhere may change without a transaction: beside them all is read each time", async () => {
  await using fresh = await startService("postgres");
  const folder = await mkdtemp(path.join(os.tmpdir(), "rehearse-states-"));
  try {
    await chmod(folder, 0o755);
    const file = path.join(folder, "rows.csv");
    await writeFile(file, "1\n", { mode: 0o644 });
    const text = `CREATE EXTENSION file_fdw; CREATE SERVER files FOREIGN DATA WRAPPER file_fdw; CREATE TABLE parts (id int) PARTITION BY RANGE (id);
      CREATE FOREIGN TABLE parts_1 PARTITION OF parts DEFAULT SERVER files OPTIONS (filename '${file}', format 'csv')`;
    await fresh.session.load({ kind: "script", text, name: "parts" });
    expect(await fresh.session.states()).toMatchObject([{ table: "parts", rows: 1 }]);
    await appendFile(file, "2\n");
    expect(await fresh.session.states()).toMatchObject([{ table: "parts", rows: 2 }]);
  } finally {
    await rm(folder, { recursive: true });
  }
});
