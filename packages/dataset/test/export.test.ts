import { readFile, readdir } from "node:fs/promises";
import { expect, test } from "vitest";
import { exportDataset, materialise, readCells, type Cell, type Column } from "../src/index.ts";
import { referenceCells } from "../src/references/reference-text.ts";
import { allTypes, valuesOf } from "./support/nasty-values.ts";
import { columns, openWorkshop } from "./support/table-workshop.ts";

test.each(allTypes)("%s: every value and NULL is exported so that it can be read back exactly, in each form", async (type) => {
  await using workshop = await openWorkshop();
  const { tables } = workshop;
  const table = columns({ id: "int32", value: type });
  const rows: Cell[][] = [...valuesOf(type), null].map((value, index) => [String(index), value]);
  const dataset = await workshop.dataset({ columns: table, rows, key: ["id"] });
  const cells = await readCells({ tables, dataset, limit: 1000 });

  const parquet = workshop.path("rows.parquet");
  expect(await exportDataset({ tables, dataset, file: parquet })).toBe(rows.length);
  const again = await materialise({
    tables,
    extraction: { format: "parquet", file: parquet, columns: table, key: ["id"] },
    directory: workshop.path("again"),
  });
  expect(await readCells({ tables, dataset: again, limit: 1000 })).toEqual(cells);

  const ndjson = workshop.path("rows.ndjson");
  expect(await exportDataset({ tables, dataset, file: ndjson })).toBe(rows.length);
  const lines = (await readFile(ndjson, "utf8")).trimEnd().split("\n");
  const read = await workshop.dataset({ columns: table, rows: lines.map((line) => referenceCells(cells.columns, line)) });
  expect(await readCells({ tables, dataset: read, limit: 1000 })).toEqual(cells);

  const csv = workshop.path("rows.csv");
  expect(await exportDataset({ tables, dataset, file: csv })).toBe(rows.length);
  expect(await readFile(csv, "utf8")).toBe([["id", "value"], ...cells.rows].map((row) => `${row.map(csvCell).join(",")}\n`).join(""));
});

function csvCell(cell: Cell): string {
  return cell === null ? "" : `"${cell.replaceAll('"', '""')}"`;
}

const named = (...names: string[]): Column[] => names.map((name) => ({ name, source: "text", type: "text" }));

test("names are written as they are: with quotes, commas, capitals, like words of SQL or of JavaScript", async () => {
  await using workshop = await openWorkshop();
  const { tables } = workshop;
  const names = ["select", 'a "b", c', "Größe", "__proto__", "a.b", "line\nbreak"];
  const dataset = await workshop.dataset({ columns: named(...names), rows: [names.map((_, index) => `value ${index}`)] });
  const files = ["parquet", "csv", "ndjson"].map((ending) => workshop.path(`rows.${ending}`));
  for (const file of files) await exportDataset({ tables, dataset, file });
  const [parquet = "", csv = "", ndjson = ""] = files;
  const again = await materialise({
    tables,
    extraction: { format: "parquet", file: parquet, columns: named(...names), key: [] },
    directory: workshop.path("again"),
  });
  expect(again.manifest.digest).toEqual(dataset.manifest.digest);
  expect((await readFile(csv, "utf8")).startsWith(`${names.map(csvCell).join(",")}\n`)).toBe(true);
  expect(Object.keys(JSON.parse(await readFile(ndjson, "utf8"))).toSorted()).toEqual(names.toSorted());
});

test.each([
  { title: "names that differ by case only", names: ["id", "ID"] },
  { title: "an empty name", names: [""] },
  { title: "a name with a NUL", names: ["a\0b"] },
])("$title: Parquet is refused and not begun, text is written", async ({ names }) => {
  await using workshop = await openWorkshop();
  const { tables } = workshop;
  const dataset = await workshop.dataset({ columns: named(...names), rows: [names.map(() => "x")] });
  const file = workshop.path("rows.parquet");
  const refused = { code: "USAGE", message: expect.stringContaining("Parquet"), hint: expect.stringContaining(".csv") };
  await expect(exportDataset({ tables, dataset, file })).rejects.toMatchObject(refused);
  expect((await readdir(workshop.directory)).filter((name) => name.includes("rows.parquet"))).toEqual([]);
  const ndjson = workshop.path("rows.ndjson");
  expect(await exportDataset({ tables, dataset, file: ndjson })).toBe(1);
  expect(JSON.parse(await readFile(ndjson, "utf8"))).toEqual(Object.fromEntries(names.map((name) => [name, "x"])));
});

test("a file without rows has its header; an ending that nobody knows, or rows without columns, are refused", async () => {
  await using workshop = await openWorkshop();
  const { tables } = workshop;
  const dataset = await workshop.dataset({ columns: columns({ id: "int64" }), rows: [] });
  const csv = workshop.path("rows.csv");
  expect(await exportDataset({ tables, dataset, file: csv })).toBe(0);
  expect(await readFile(csv, "utf8")).toBe('"id"\n');
  await expect(exportDataset({ tables, dataset, file: workshop.path("rows.xlsx") })).rejects.toMatchObject({
    code: "USAGE",
    expected: ".parquet, .csv, .ndjson",
    got: ".xlsx",
  });
  const bare = await workshop.materialiseText({ text: "\n", format: "csv", columns: [], rows: 1 });
  await expect(exportDataset({ tables, dataset: bare, file: csv })).rejects.toMatchObject({ code: "USAGE" });
});

test("a folder that is not there is named, not the dataset that was to go there", async () => {
  await using workshop = await openWorkshop();
  const { tables } = workshop;
  const dataset = await workshop.dataset({ columns: named("a"), rows: [["x"]] });
  const file = workshop.path("nowhere/rows.parquet");
  const refused = { code: "DIRECTORY_NOT_WRITABLE", message: expect.stringContaining("nowhere") };
  await expect(exportDataset({ tables, dataset, file })).rejects.toMatchObject(refused);
});
