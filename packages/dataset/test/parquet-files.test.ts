import { readdir, readFile, truncate, copyFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { compareRelations, openSides } from "../src/index.ts";
import { findFiles } from "../src/files/find-files.ts";
import { sideCells } from "./support/side-cells.ts";
import { openWorkshop } from "./support/table-workshop.ts";

const folder = path.join(import.meta.dirname, "parquet-files");
const expected: Record<string, unknown> = JSON.parse(await readFile(path.join(folder, "expected.json"), "utf8"));
const files = (await readdir(folder)).filter((name) => name.endsWith(".parquet")).map((name) => name.slice(0, -".parquet".length));

test("each Parquet file has its expectation", () => {
  expect(files.toSorted()).toEqual(Object.keys(expected).toSorted());
});

test.each(files)("%s.parquet of another writer is read exactly, or not compared with a reason", async (name) => {
  await using workshop = await openWorkshop();
  const { columns, rows } = await sideCells(workshop, path.join(folder, `${name}.parquet`));
  const shortened = rows.map((row) => row.map((cell) => (cell !== null && cell.length > 1000 ? `${cell[0]} × ${cell.length}` : cell)));
  expect({ columns, rows: shortened }).toEqual(expected[name]);
});

const compared = async (reference: string, current: string) => {
  await using workshop = await openWorkshop();
  const { tables } = workshop;
  const sides = await openSides({ tables, reference: path.join(folder, reference), current: path.join(folder, current), types: {} });
  return await compareRelations({ tables, ...sides, rules: { ignore: [] } });
};

test("a file is the same as itself, or says what of it was not compared", async () => {
  for (const name of files.filter((file) => file !== "names-alike")) {
    const { columns } = expected[name] as { columns: Record<string, unknown> };
    const readable = Object.values(columns).every((type) => typeof type === "string");
    expect([name, (await compared(`${name}.parquet`, `${name}.parquet`)).verdict]).toEqual([name, readable ? "same" : "not compared"]);
  }
});

test("the bytes of what DuckDB would round are read in place of it: one more among the last digits is a difference", async () => {
  expect(await compared("instant-nanos.parquet", "instant-nanos-many.parquet")).toMatchObject({
    verdict: "different",
    added: 5,
    removed: 2,
    notCompared: [],
  });
  expect(await compared("int96.parquet", "timestamp-nanos.parquet")).toMatchObject({ verdict: "same" });
  expect(await compared("instant-nanos.parquet", "instant-micros.parquet")).toMatchObject({
    schema: [{ column: "v" }],
    added: 1,
    removed: 3,
    notCompared: [],
  });
});

test("two columns of one name are refused, of which nobody knows which is meant", async () => {
  await expect(compared("names-alike.parquet", "names-alike.parquet")).rejects.toMatchObject({ code: "QUERY_FAILED" });
});

test("a local time is no instant, though the digits are the same", async () => {
  expect(await compared("timestamp-micros.parquet", "instant-micros.parquet")).toMatchObject({
    verdict: "different",
    schema: [{ change: "type", column: "v" }],
    notCompared: [{ column: "v", reason: "its type changed from timestamp to timestamptz: a local time is no instant" }],
  });
});

test("several files are one table, in the order of their names, when they have the same columns", async () => {
  await using workshop = await openWorkshop();
  for (const name of ["a", "b"]) await copyFile(path.join(folder, "int64.parquet"), path.join(workshop.directory, `${name}.parquet`));
  const three = ["-9223372036854775808", "9007199254740993", "9223372036854775807"].map((cell) => [cell]);
  for (const place of [workshop.directory, path.join(workshop.directory, "?.parquet")])
    expect((await sideCells(workshop, place)).rows).toEqual([...three, ...three]);
  await copyFile(path.join(folder, "text.parquet"), path.join(workshop.directory, "c.parquet"));
  await expect(sideCells(workshop, workshop.directory)).rejects.toMatchObject({
    code: "DATASET_UNREADABLE",
    message: expect.stringMatching(/c\.parquet has other columns/),
  });
});

test("only a table of one file is divided by the parts of that file", async () => {
  await using workshop = await openWorkshop();
  const [one, two] = ["one", "two"].map((name) => path.join(workshop.directory, `${name}.parquet`));
  for (const file of [one, two]) await copyFile(path.join(folder, "int64.parquet"), file ?? "");
  const sides = await openSides({ tables: workshop.tables, reference: one ?? "", current: workshop.directory, types: {} });
  expect([sides.reference.parquet, sides.current.parquet]).toEqual([one, undefined]);
});

test("the files of a folder come in the order of their names, in whatever order they were written", async () => {
  await using workshop = await openWorkshop();
  const names = Array.from({ length: 40 }, (_, index) =>
    path.join(workshop.directory, `${String((index * 23) % 40).padStart(2, "0")}.csv`),
  );
  for (const name of names) await writeFile(name, "id\n1\n");
  expect(await findFiles(workshop.directory)).toEqual({ format: "csv", files: names.toSorted() });
});

test("a folder named like a partition adds no column, and a name with pattern letters is that file", async () => {
  await using workshop = await openWorkshop();
  const odd = path.join(workshop.directory, "year=2024 [x]*.parquet");
  await copyFile(path.join(folder, "int8.parquet"), odd);
  expect(await sideCells(workshop, odd)).toEqual({ columns: { v: "int8" }, rows: [["-128"], ["127"]] });
});

test("what is cut short or is no Parquet is refused by name, as is nothing at all", async () => {
  await using workshop = await openWorkshop();
  const torn = path.join(workshop.directory, "torn.parquet");
  await copyFile(path.join(folder, "text.parquet"), torn);
  await truncate(torn, 500);
  await expect(sideCells(workshop, torn)).rejects.toMatchObject({
    code: "DATASET_UNREADABLE",
    message: expect.stringMatching(/torn\.parquet/),
  });
  await writeFile(torn, "no Parquet");
  await expect(sideCells(workshop, torn)).rejects.toMatchObject({
    code: "DATASET_UNREADABLE",
    message: expect.stringMatching(/torn\.parquet/),
  });
  await expect(sideCells(workshop, path.join(workshop.directory, "*.csv"))).rejects.toMatchObject({ code: "DATASET_NOT_FOUND" });
  await writeFile(path.join(workshop.directory, "a.xlsx"), "");
  await expect(sideCells(workshop, path.join(workshop.directory, "a.xlsx"))).rejects.toMatchObject({ code: "USAGE" });
});
