import { readdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { acceptReference, compareDatasets, leastMegabytes, openTables, readReference, type Cell, type Column } from "../src/index.ts";
import { allTypes, valuesOf } from "./support/nasty-values.ts";
import { columns, openWorkshop } from "./support/table-workshop.ts";

test("a table of 1,000 columns is compared cell by cell, by key and without", async () => {
  await using workshop = await openWorkshop();
  const { tables } = workshop;
  const wide = Array.from({ length: 1000 }, (_, index): Column => {
    const type = allTypes[index % allTypes.length] ?? "text";
    return { name: `column ${index}`, type: index === 0 ? "int32" : type, source: type };
  });
  const first = wide.map(({ type }, index): Cell => (index === 0 ? "1" : (valuesOf(typeof type === "string" ? type : "text")[0] ?? null)));
  const edited = first.map((cell, index) => (index === 999 ? null : cell));
  const reference = await workshop.dataset({ columns: wide, rows: [first], key: ["column 0"] });
  const current = await workshop.dataset({ columns: wide, rows: [edited], key: ["column 0"] });
  expect(await compareDatasets({ tables, reference, current, rules: { ignore: [] } })).toMatchObject({
    changed: 1,
    columns: [{ name: "column 999", changed: 1 }],
  });
  expect(await compareDatasets({ tables, reference, current, rules: { ignore: ["column 0"] } })).toMatchObject({ added: 1, removed: 1 });
  const directory = workshop.path("reference");
  await acceptReference({ tables, dataset: reference, directory, ignore: [] });
  expect((await readReference({ tables, directory }))?.manifest.digest).toEqual(reference.manifest.digest);
});

test("the last letter of a cell of 1.1 MB tells two rows apart", async () => {
  await using workshop = await openWorkshop();
  const table = (last: string) => ({
    columns: columns({ id: "int32", v: "text", w: "text" }),
    rows: [["1", `${"é".repeat(550_000)}${last}`, "x".repeat(1_100_000)]],
    key: ["id"],
  });
  for (const format of ["csv", "ndjson"] as const) {
    const [reference, current] = [await workshop.dataset({ ...table("a"), format }), await workshop.dataset({ ...table("b"), format })];
    expect(await compareDatasets({ tables: workshop.tables, reference, current, rules: { ignore: [] } })).toMatchObject({
      changed: 1,
      columns: [{ name: "v", changed: 1 }],
    });
  }
});

test("100,000 rows of which every tenth moved are counted exactly", async () => {
  await using workshop = await openWorkshop();
  const table = columns({ id: "int64", plan: "text", amount: "decimal(18,4)" });
  const row = (id: number, moved: boolean): Cell[] => [
    String(id),
    id % 7 === 0 ? null : `plan ${id % 5}`,
    `${id}.${moved ? "5000" : "0000"}`,
  ];
  const ids = Array.from({ length: 100_000 }, (_, id) => id);
  const reference = await workshop.dataset({ columns: table, rows: ids.map((id) => row(id, false)), key: ["id"] });
  const current = await workshop.dataset({ columns: table, rows: ids.slice(100).map((id) => row(id, id % 10 === 0)), key: ["id"] });
  const found = await compareDatasets({ tables: workshop.tables, reference, current, rules: { ignore: [] } });
  expect(found).toMatchObject({
    added: 0,
    removed: 100,
    changed: 9990,
    columns: [{ name: "amount", changed: 9990 }],
    rows: { reference: 100_000, current: 99_900 },
  });
  expect(found.examples.changed).toHaveLength(10);
});

test("the same rows have one digest whatever their order and number, and duplicates do not cancel out", async () => {
  await using workshop = await openWorkshop();
  const digest = async (cells: readonly (readonly Cell[])[], types: Record<string, Column["type"]> = { a: "text", b: "text" }) =>
    (await workshop.dataset({ columns: columns(types), rows: cells })).manifest.digest.value;
  expect(
    await digest([
      ["1", "2"],
      ["3", null],
    ]),
  ).toBe(
    await digest([
      ["3", null],
      ["1", "2"],
    ]),
  );
  const different = [
    await digest([]),
    await digest([["x", "y"]]),
    await digest([
      ["x", "y"],
      ["x", "y"],
    ]),
    await digest([
      ["x", "y"],
      ["x", "y"],
      ["x", "y"],
    ]),
    await digest([["xy", ""]]),
    await digest([["", "xy"]]),
    await digest([["xy", null]]),
    await digest([["x", "y"]], { a: "text", c: "text" }),
    await digest([["x", "y"]], { a: "text", b: "enum" }),
    await digest([["-", "1:-"]]),
    await digest([[null, "-"]]),
  ];
  expect(new Set(different).size).toBe(different.length);
});

test("of many rows too the same ones have one digest whatever their order, and -0, NULL, NaN and duplicates count", async () => {
  await using workshop = await openWorkshop();
  const many: Cell[][] = Array.from({ length: 1200 }, (_, id) => [String(id), "1"]);
  const digest = async (more: readonly (readonly Cell[])[], rows = many) =>
    (await workshop.dataset({ columns: columns({ id: "int32", v: "float64" }), rows: [...rows, ...more] })).manifest.digest;
  expect((await digest([])).algorithm).toMatch(/^duckdb-hash-1\/v\d/);
  expect(await digest([["-1", "0"]], many.toReversed())).toEqual(await digest([["-1", "0"]]));
  const row = (v: Cell): Cell[] => ["-1", v];
  const others = [[], [row("0")], [row("-0")], [row(null)], [row("NaN")], [row("0"), row("0")], [row("0"), row("0"), row("0")]];
  const different = new Set<string>();
  for (const more of others) different.add((await digest(more)).value);
  expect(different.size).toBe(others.length);
});

test("a table engine leaves nothing behind, and statements asked at once do not disturb each other", async () => {
  await using workshop = await openWorkshop();
  const directory = join(workshop.directory, "engine");
  const tables = await openTables({ directory, memoryMegabytes: leastMegabytes });
  const answers = await Promise.allSettled(
    Array.from({ length: 20 }, (_, n) => tables.query(n === 7 ? "SELECT error('no')" : `SELECT ${n}, NULL`, "asking")),
  );
  expect(answers.map((answer) => (answer.status === "fulfilled" ? answer.value : "refused"))).toEqual(
    Array.from({ length: 20 }, (_, n) => (n === 7 ? "refused" : [[String(n), null]])),
  );
  await tables[Symbol.asyncDispose]();
  expect(await readdir(directory)).toEqual([]);
});

test("a directory that cannot be made is said to be so", async () => {
  await using workshop = await openWorkshop();
  const directory = join(workshop.path("file"), "below");
  await writeFile(dirname(directory), "in the way");
  await expect(openTables({ directory })).rejects.toMatchObject({ code: "DIRECTORY_NOT_WRITABLE" });
  const dataset = await workshop.dataset({ columns: columns({ id: "int32" }), rows: [["1"]] });
  await expect(acceptReference({ tables: workshop.tables, dataset, directory, ignore: [] })).rejects.toMatchObject({
    code: "DIRECTORY_NOT_WRITABLE",
  });
});
