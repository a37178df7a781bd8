import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { materialise, readCells, type Cell, type Column, type Dataset, type Extraction } from "../src/index.ts";
import { longestRow, readExtraction } from "../src/rows/read-extraction.ts";
import { columns, openWorkshop, type TableWorkshop } from "./support/table-workshop.ts";

const two = columns({ "a/b~c": "int32", "it's": "text" });

interface Parts {
  readonly format: "csv" | "ndjson";
  readonly columns: readonly Column[];
  readonly parts: readonly string[];
  readonly rows: number;
}

/** Materialises an extraction that an engine wrote as several files. */
async function materialised(workshop: TableWorkshop, { parts, ...facts }: Parts): Promise<Dataset> {
  const [file = "", ...more] = await Promise.all(
    parts.map(async (text) => {
      const path = workshop.path(`part.${facts.format}`);
      await writeFile(path, text);
      return path;
    }),
  );
  return materialise({ tables: workshop.tables, extraction: { ...facts, key: [], file, more }, directory: workshop.path("dataset") });
}

const line = (id: string | null, text: string | null) => `${JSON.stringify({ "it's": text, "a/b~c": id })}\n`;

test.each<Parts>([
  { format: "csv", columns: two, parts: ['"1","a"\n"2",\\N\n', '\\N,"c"\n', "", '"4",""\n'], rows: 4 },
  { format: "ndjson", columns: two, parts: [line("1", "a") + line("2", null), line(null, "c"), "", line("4", "")], rows: 4 },
])("rows of several files come one after another ($format), as they do of one", async (extraction) => {
  await using workshop = await openWorkshop();
  const { tables } = workshop;
  const rows: Cell[][] = [
    ["1", "a"],
    ["2", null],
    [null, "c"],
    ["4", ""],
  ];
  const dataset = await materialised(workshop, extraction);
  expect((await readCells({ tables, dataset, limit: 9 })).rows).toEqual(rows);
  const single = await materialised(workshop, { ...extraction, parts: [extraction.parts.join("")] });
  expect(single.manifest).toEqual(dataset.manifest);
});

test("rows without columns are counted over all files, by their line ends", async () => {
  await using workshop = await openWorkshop();
  // Longer than what is read at once.
  const parts = ["\n\n\n", "", "\n".repeat(70_000), "\n"];
  const dataset = await materialised(workshop, { format: "csv", columns: [], parts, rows: 70_004 });
  expect(dataset.manifest.rows).toBe(70_004);
  expect((await materialised(workshop, { format: "csv", columns: [], parts: [""], rows: 0 })).manifest.rows).toBe(0);
  const short = materialised(workshop, { format: "csv", columns: [], parts: ["\n"], rows: 2 });
  await expect(short).rejects.toMatchObject({ expected: "2 rows, as the engine said", got: "1 read, 1 after writing them" });
});

test.each([
  { title: "more rows than the engine said", rows: 1, got: "2 read, 2 after writing them" },
  { title: "fewer", rows: 3, got: "2 read, 2 after writing them" },
])("$title are refused, and no manifest vouches for them", async ({ rows, got }) => {
  await using workshop = await openWorkshop();
  const attempt = materialised(workshop, { format: "csv", columns: two, parts: ['"1","a"\n"2","b"\n'], rows });
  await expect(attempt).rejects.toMatchObject({ code: "DATASET_UNREADABLE", expected: `${rows} rows, as the engine said`, got });
});

test("a file of an extraction that is not there is named", async () => {
  await using workshop = await openWorkshop();
  const { tables } = workshop;
  const [file, gone] = [workshop.path("rows.csv"), workshop.path("gone.csv")];
  await writeFile(file, '"1","a"\n');
  const facts = { columns: two, key: [], rows: 1 };
  const extractions: readonly Extraction[] = [
    { ...facts, format: "csv", file: gone },
    { ...facts, format: "csv", file, more: [gone] },
    { ...facts, format: "parquet", file: gone },
    { ...facts, format: "ndjson", file: gone },
    { ...facts, format: "csv", file: gone, columns: [] },
  ];
  for (const extraction of extractions) {
    const refused = { code: "DATASET_UNREADABLE", message: expect.stringContaining(`${gone} cannot be read: ENOENT`) };
    await expect(materialise({ tables, extraction, directory: workshop.path("dataset") })).rejects.toMatchObject(refused);
    await expect(readExtraction(tables, { extraction, longest: 1000 })).rejects.toMatchObject(refused);
  }
});

test("more columns than a dataset may have are refused before their file is looked for", async () => {
  await using workshop = await openWorkshop();
  const of = columns(Object.fromEntries(Array.from({ length: 4097 }, (_, index) => [`c${index}`, "int64" as const])));
  const extraction: Extraction = { format: "csv", columns: of, key: [], rows: 0, file: workshop.path("gone.csv") };
  const attempt = materialise({ tables: workshop.tables, extraction, directory: workshop.path("dataset") });
  await expect(attempt).rejects.toMatchObject({ code: "DATASET_UNREADABLE", expected: "at most 4096 columns", got: "4097 columns" });
});

test("a folder that cannot be made is said to be so before anything is read", async () => {
  await using workshop = await openWorkshop();
  const file = workshop.path("rows.csv");
  await writeFile(file, '"1","a"\n');
  const extraction: Extraction = { format: "csv", columns: two, key: [], rows: 1, file };
  const attempt = materialise({ tables: workshop.tables, extraction, directory: join(file, "below") });
  await expect(attempt).rejects.toMatchObject({ code: "DIRECTORY_NOT_WRITABLE" });
});

test("a line of NDJSON without just its columns, or with what is neither text nor NULL, is refused by the column's name", async () => {
  await using workshop = await openWorkshop();
  const of = columns({ a: "text", b: "text", c: "text" });
  const attempt = (object: unknown) =>
    materialised(workshop, { format: "ndjson", columns: of, parts: [`${JSON.stringify(object)}\n`], rows: 1 }).then(
      async (dataset) => (await readCells({ tables: workshop.tables, dataset, limit: 1 })).rows[0],
      (error: Error) => error.message.replace(/^.* failed: /, ""),
    );
  expect(await attempt({ c: "3", a: "1", b: null })).toEqual(["1", null, "3"]);
  expect(await attempt({ a: 1, b: "2", c: "3" })).toBe('column "a" is neither a string nor null: UBIGINT');
  expect(await attempt({ a: "1", b: true, c: "3" })).toBe('column "b" is neither a string nor null: BOOLEAN');
  expect(await attempt({ a: "1", b: "2", c: {} })).toBe('column "c" is neither a string nor null: OBJECT');
  expect(await attempt({ a: "1", b: "2", d: "3" })).toBe('column "c" is neither a string nor null: missing');
  expect(await attempt({ a: "1", b: "2" })).toBe("a line has other columns than declared: [a, b]");
  expect(await attempt({ a: "1", b: "2", c: "3", d: "4" })).toBe("a line has other columns than declared: [a, b, c, d]");
});

test("columns of a Parquet file are found by their names, beside lists and structures, and one that is not there is named", async () => {
  await using workshop = await openWorkshop();
  const { tables } = workshop;
  const file = workshop.path("engine.parquet");
  const select = `SELECT {'plan': 1, 'deep': {'id': 2}} AS nested, 7::SMALLINT AS id, [1, 2] AS list, 'free' AS plan, 'x' AS "ID "`;
  await tables.writeParquet({ select, file, doing: "writing", dictionaries: true });
  const made = (of: readonly Column[], rows?: number) =>
    materialise({ tables, extraction: { format: "parquet", file, columns: of, key: [], rows }, directory: workshop.path("dataset") });
  const dataset = await made(columns({ plan: "text", id: "int32" }));
  expect((await readCells({ tables, dataset, limit: 2 })).rows).toEqual([["free", "7"]]);
  expect((await made(columns({ id: "int16" }), 1)).manifest.rows).toBe(1);
  await expect(made(columns({ id: "int16" }), 2)).rejects.toMatchObject({ expected: "2 rows, as the engine said" });
  await expect(made(columns({ deep: "int32" }))).rejects.toMatchObject({
    code: "DATASET_UNREADABLE",
    got: "the fields nested, id, list, plan, ID ",
  });
  await expect(made(columns({ plan: "text", id: "int8" }))).rejects.toMatchObject({ expected: "int8", got: "SMALLINT" });
});

test("a row of text may have 64 MiB; 2 MiB are set aside first", () => {
  expect(longestRow).toEqual({ usual: 2_097_152, most: 67_108_864 });
});

test("a row of CSV is read up to the length that was said, and not beyond it", async () => {
  await using workshop = await openWorkshop();
  const { tables } = workshop;
  const file = workshop.path("rows");
  const extraction: Extraction = { format: "csv", file, columns: columns({ a: "text" }), key: [], rows: 1 };
  const read = async (length: number) => {
    await writeFile(file, `"${"x".repeat(length)}"\n`);
    const { from, values } = await readExtraction(tables, { extraction, longest: 100_000 });
    return tables.query(`SELECT strlen(${values.join(", ")}) FROM ${from}`, "reading");
  };
  expect(await read(99_000)).toEqual([["99000"]]);
  await expect(read(101_000)).rejects.toMatchObject({ code: "DATASET_UNREADABLE" });
});
