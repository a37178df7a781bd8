import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  acceptReference,
  compareDatasets,
  materialiseFiles,
  openSides,
  readCells,
  readReference,
  type Cell,
  type Dataset,
} from "../src/index.ts";
import { sideCells } from "./support/side-cells.ts";
import { columns, openWorkshop, type TableWorkshop } from "./support/table-workshop.ts";

let workshop: TableWorkshop;
beforeAll(async () => {
  workshop = await openWorkshop();
});
afterAll(() => workshop[Symbol.asyncDispose]());

async function file(name: string, text: string): Promise<string> {
  const written = workshop.path(name);
  await writeFile(written, text);
  return written;
}

async function folderOf(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = workshop.path("files");
  await mkdir(folder);
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text);
  return folder;
}

const open = (reference: string, current: string, types: Readonly<Record<string, string>> = {}) =>
  openSides({ tables: workshop.tables, reference, current, types });
const parquet = path.join(import.meta.dirname, "parquet-files", "int64.parquet");

test("a declared type is the column's own, of CSV and JSON, and its source", async () => {
  const [csv, json] = [await file("a.csv", "id,,v\n7,,x\n"), await file("a.json", '[{"id":7,"v":"x"}]')];
  const sides = await open(csv, json, { id: "int16" });
  expect(sides.reference.columns).toEqual([
    { name: "id", source: "int16", type: "int16" },
    { name: "", source: "text", type: "text" },
    { name: "v", source: "text", type: "text" },
  ]);
  expect(sides.current.columns).toEqual([
    { name: "id", source: "int16", type: "int16" },
    { name: "v", source: "text", type: "text" },
  ]);
  expect([sides.reference.title, sides.current.title, sides.reference.rows, sides.current.rows]).toEqual([csv, json, 1, 1]);
});

test("a type is declared for a column of either text, not for one of Parquet or a dataset", async () => {
  const [v, w] = [await file("v.csv", "v\n1\n"), await file("w.json", '{"w":1}')];
  for (const [reference, current] of [
    [v, w],
    [w, v],
    [v, parquet],
    [parquet, v],
  ] as const)
    await expect(open(reference, current, { v: "int64" })).resolves.toBeTruthy();
  await expect(open(parquet, w, { w: "int64" })).resolves.toBeTruthy();
  for (const [reference, current] of [
    [parquet, parquet],
    [w, parquet],
    [parquet, w],
  ] as const)
    await expect(open(reference, current, { v: "int64" })).rejects.toMatchObject({ code: "USAGE", got: "v" });
  await expect(open(v, w, { v: "integer" })).rejects.toMatchObject({ code: "USAGE", got: "integer" });
});

test("a reference of Rehearse's is a side with its digest and the name by which it was called", async () => {
  const dataset = await workshop.dataset({ columns: columns({ v: "int64" }), rows: [["1"]] });
  const directory = workshop.path("reference");
  await acceptReference({ tables: workshop.tables, dataset, directory, ignore: [] });
  const { current } = await open(parquet, directory);
  expect(current).toMatchObject({ title: directory, rows: 1, digest: dataset.manifest.digest });
});

test("tabs stand between the cells of files whose names say so, in any letters, unless another delimiter is named", async () => {
  const text = "a\tb;c\n1\t2;3\n";
  expect((await sideCells(workshop, await file("a.TSV", text))).columns).toEqual({ a: "text", "b;c": "text" });
  expect((await sideCells(workshop, await file("a.csv", text))).columns).toEqual({ "a\tb;c": "text" });
  expect((await sideCells(workshop, await file("a.tsv", text), { delimiter: ";" })).columns).toEqual({ "a\tb": "text", c: "text" });
});

test.each([
  ["fewer columns", "a\n"],
  ["fewer columns than its rows", "a\n3,4\n"],
  ["more columns", "a,b,c\n"],
  ["a blank line in place of it", "\n3,4\n"],
  ["another name", "a,c\n"],
])("a header with %s is another than in the first file, with rows below it or without", async (_title, text) => {
  const folder = await folderOf({ "1.csv": "a,b\n1,2\n", "2.csv": text });
  await expect(sideCells(workshop, folder)).rejects.toMatchObject({
    code: "DATASET_UNREADABLE",
    message: `${path.join(folder, "2.csv")}, line 1: another header than in the first file`,
    expected: "a,b",
  });
});

test("each file's header is read over, and blank lines in each", async () => {
  const folder = await folderOf({ "1.csv": "a,\n1,2\n\n", "2.csv": "a,\n\n3,4\n5,\n", "3.csv": "a,\n" });
  const rows: Cell[][] = [
    ["1", "2"],
    ["3", "4"],
    ["5", null],
  ];
  expect(await sideCells(workshop, folder)).toEqual({ columns: { a: "text", "": "text" }, rows });
});

test("a blank line is NULL only where it is a row of one column", async () => {
  expect((await sideCells(workshop, await file("one.csv", "a\n\n1\n"))).rows).toEqual([[null], ["1"]]);
  expect((await sideCells(workshop, await file("two.csv", "a,b\n\n1,2\n"))).rows).toEqual([["1", "2"]]);
});

test("rows of more than one piece come in their order, quotes and NULLs among them", async () => {
  const rows = Array.from({ length: 3000 }, (_, index): Cell[] => [String(index), index % 3 === 0 ? null : `"${"x".repeat(index % 60)}",`]);
  const text = rows.map(([id, v]) => `${id},${v === null || v === undefined ? "" : `"${v.replaceAll('"', '""')}"`}\n`).join("");
  expect((await sideCells(workshop, await file("long.csv", `id,v\n${text}`))).rows).toEqual(rows);
});

test("files become a dataset with their declared types; a column that they lack cannot have one", async () => {
  const { tables } = workshop;
  const files = [await file("a.json", '{"v":1}\n{"v":2.50}'), await file("b.json", '{"v":3}')];
  const made = await materialiseFiles({ tables, title: "these", files, types: { v: "decimal(5,2)" }, directory: workshop.path("dataset") });
  expect(made.manifest.columns).toEqual([{ name: "v", source: "decimal(5,2)", type: "decimal(5,2)" }]);
  expect((await readCells({ tables, dataset: made, limit: 9 })).rows).toEqual([["1.00"], ["2.50"], ["3.00"]]);
  for (const of of [files, [await file("a.csv", "x\n1\n")]])
    await expect(
      materialiseFiles({ tables, title: "these", files: of, types: { w: "int64" }, directory: workshop.path("dataset") }),
    ).rejects.toMatchObject({ code: "USAGE", got: "w" });
  await expect(
    materialiseFiles({ tables, title: "these", files: [parquet], types: { v: "int64" }, directory: workshop.path("dataset") }),
  ).rejects.toMatchObject({ code: "USAGE", got: "v" });
  const csv = await materialiseFiles({
    tables,
    title: "these",
    files: [await file("a.csv", "x\n1\n")],
    types: { x: "int64" },
    directory: workshop.path("dataset"),
  });
  expect(csv.manifest).toMatchObject({ rows: 1, columns: [{ type: "int64" }] });
});

test("null in each object and a field that each lacks are told apart, though each file was read by itself", async () => {
  const { tables } = workshop;
  const dataset = async (text: string, types: Readonly<Record<string, string>> = {}) =>
    materialiseFiles({ tables, title: "these", files: [await file("a.ndjson", text)], types, directory: workshop.path("dataset") });
  const schemaOf = async (reference: Dataset, current: Dataset) =>
    (await compareDatasets({ tables, reference, current, rules: { key: ["id"], ignore: [] } })).schema;
  const [nulls, missing, full] = [
    '{"id":1,"a":null}\n{"id":2,"a":"x"}\n',
    '{"id":1}\n{"id":2,"a":"x"}\n',
    '{"id":1,"a":"y"}\n{"id":2,"a":"x"}\n',
  ];
  const words = { null: "text, null where it has no value", missing: "text, left out where it has no value" };
  const change = { change: "type", column: "a" };
  expect(await schemaOf(await dataset(nulls), await dataset(missing))).toEqual([
    { ...change, reference: words.null, current: words.missing },
  ]);
  expect(await schemaOf(await dataset(missing), await dataset(nulls))).toEqual([
    { ...change, reference: words.missing, current: words.null },
  ]);
  for (const [reference, current] of [
    [nulls, nulls],
    [missing, missing],
    [nulls, full],
    [full, missing],
  ] as const)
    expect(await schemaOf(await dataset(reference), await dataset(current))).toEqual([]);
  // A declared type has one NULL.
  expect(await schemaOf(await dataset(nulls, { a: "text" }), await dataset(missing, { a: "text" }))).toEqual([]);
});

test("a reference keeps how the NULLs of its file stood, and is accepted anew when they stand otherwise", async () => {
  const { tables } = workshop;
  const directory = workshop.path("reference");
  const accept = async (text: string) => {
    const dataset = await materialiseFiles({
      tables,
      title: "these",
      files: [await file("a.ndjson", text)],
      types: {},
      directory: workshop.path("dataset"),
    });
    return acceptReference({ tables, dataset, directory, ignore: [] });
  };
  const seen: string[] = [];
  for (const text of ['{"id":1,"a":null}\n{"id":2,"a":"x"}\n', '{"id":1,"a":null}\n{"id":2,"a":"x"}\n', '{"id":1}\n{"id":2,"a":"x"}\n'])
    seen.push(await accept(text));
  expect(seen).toEqual(["written", "unchanged", "written"]);
  expect((await readReference({ tables, directory }))?.manifest.columns[1]).toEqual({
    name: "a",
    source: "text",
    type: "text",
    nulls: "missing",
  });
});
