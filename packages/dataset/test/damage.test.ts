import { readFile, rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { acceptReference, compareDatasets, readDataset, readReference, type Cell, type Dataset } from "../src/index.ts";
import { writeManifest } from "../src/rows/write-manifest.ts";
import { lies, writeLie } from "./damage/lying-manifests.ts";
import { columns, openWorkshop, type TableWorkshop } from "./support/table-workshop.ts";

const table = columns({ id: "int64", plan: "text", share: "float64", at: "timestamp" });
const row = (id: number): Cell[] => [String(id), id % 3 === 0 ? null : `plan ${id % 7}`, "0.5", "2024-01-05 10:00:00.000000"];

async function reference(workshop: TableWorkshop, rows: number): Promise<{ directory: string; dataset: Dataset }> {
  const dataset = await workshop.dataset({ columns: table, rows: Array.from({ length: rows }, (_, id) => row(id)), key: ["id"] });
  const directory = workshop.path("reference");
  await acceptReference({ tables: workshop.tables, dataset, directory, ignore: [] });
  return { directory, dataset };
}

/** Some other byte at a place. */
function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 0x04;
  return copy;
}

test("every flipped byte of a reference's rows is refused", async () => {
  await using workshop = await openWorkshop();
  const { directory } = await reference(workshop, 3);
  const file = join(directory, "rows.ndjson");
  const bytes = await readFile(file);
  for (let at = 0; at < bytes.length; at += 1) {
    await writeFile(file, flipped(bytes, at));
    await expect(readReference({ tables: workshop.tables, directory }), `byte ${at}`).rejects.toMatchObject({ code: "REFERENCE_INVALID" });
  }
});

test("every flipped byte of a Parquet reference is refused", async () => {
  await using workshop = await openWorkshop();
  const { directory } = await reference(workshop, 1500);
  const file = join(directory, "rows.parquet");
  const bytes = await readFile(file);
  for (let at = 0; at < bytes.length; at += Math.ceil(bytes.length / 60)) {
    await writeFile(file, flipped(bytes, at));
    await expect(readReference({ tables: workshop.tables, directory }), `byte ${at}`).rejects.toMatchObject({ code: "REFERENCE_INVALID" });
  }
});

test("a Parquet file that is cut short is refused, wherever it is read", async () => {
  await using workshop = await openWorkshop();
  const { tables } = workshop;
  const { directory, dataset } = await reference(workshop, 1500);
  const whole = (await readFile(dataset.parquet)).length;
  for (const length of [whole - 1, whole - 9, Math.floor(whole / 2), 4, 0]) {
    await truncate(dataset.parquet, length);
    await truncate(join(directory, "rows.parquet"), length);
    const opened = await readDataset(dataset.directory);
    const compared = compareDatasets({ tables, reference: opened, current: opened, rules: { ignore: [] } });
    await expect(compared).rejects.toMatchObject({ code: "DATASET_UNREADABLE" });
    await expect(acceptReference({ tables, dataset: opened, directory: workshop.path("other"), ignore: [] })).rejects.toMatchObject({
      code: "DATASET_UNREADABLE",
    });
    await expect(readReference({ tables, directory })).rejects.toMatchObject({ code: "REFERENCE_INVALID" });
  }
});

test("every flipped byte of a manifest is refused", async () => {
  await using workshop = await openWorkshop();
  const { directory } = await reference(workshop, 3);
  const file = join(directory, "manifest.json");
  const bytes = await readFile(file);
  for (let at = 0; at < bytes.length; at += 7) {
    await writeFile(file, flipped(bytes, at));
    await expect(readReference({ tables: workshop.tables, directory }), `byte ${at}`).rejects.toMatchObject({ code: "REFERENCE_INVALID" });
  }
});

test.each(lies)("a manifest that $title is refused in a sentence, even with a right seal", async ({ lie, says, parquetSays = says }) => {
  await using workshop = await openWorkshop();
  for (const [rows, expected] of [[3, says] as const, [1500, parquetSays] as const]) {
    const { directory } = await reference(workshop, rows);
    if (expected === null) continue;
    await writeLie(directory, lie);
    await expect(readReference({ tables: workshop.tables, directory }), `${rows} rows`).rejects.toMatchObject({
      code: "REFERENCE_INVALID",
      message: expect.stringContaining(expected),
      hint: expect.stringContaining("rehearse accept"),
    });
  }
});

test("a manifest whose lines were merged by hand is refused, for its seal does not fit", async () => {
  await using workshop = await openWorkshop();
  const { directory } = await reference(workshop, 3);
  const file = join(directory, "manifest.json");
  await writeFile(file, (await readFile(file, "utf8")).replace('"name":"share","source":"float64"', '"name":"share","source":"double"'));
  await expect(readReference({ tables: workshop.tables, directory })).rejects.toMatchObject({
    code: "REFERENCE_INVALID",
    message: expect.stringContaining("changed after it was written: its seal"),
  });
});

test("a manifest that lies about a dataset's rows or types is noticed before they are compared", async () => {
  await using workshop = await openWorkshop();
  const { tables } = workshop;
  const { dataset } = await reference(workshop, 3);
  for (const { lie, title } of lies.filter(({ parquetSays }) => parquetSays !== null)) {
    await writeManifest(dataset.directory, dataset.manifest);
    await writeLie(dataset.directory, lie);
    const compared = readDataset(dataset.directory).then((current) =>
      compareDatasets({ tables, reference: dataset, current, rules: { ignore: [] } }),
    );
    await expect(compared, title).rejects.toMatchObject({ code: "DATASET_UNREADABLE" });
  }
});

test("accepting mends a damaged reference", async () => {
  await using workshop = await openWorkshop();
  const { directory, dataset } = await reference(workshop, 3);
  await writeFile(join(directory, "rows.ndjson"), "{}\n");
  expect(await acceptReference({ tables: workshop.tables, dataset, directory, ignore: [] })).toBe("written");
  expect((await readReference({ tables: workshop.tables, directory }))?.manifest.digest).toEqual(dataset.manifest.digest);
});

test("a dataset that is not there, or whose rows are gone, is said to be so", async () => {
  await using workshop = await openWorkshop();
  const { dataset } = await reference(workshop, 3);
  await expect(readDataset(workshop.path("nothing"))).rejects.toMatchObject({ code: "DATASET_NOT_FOUND" });
  await rm(dataset.parquet);
  await expect(readDataset(dataset.directory)).rejects.toMatchObject({ code: "DATASET_UNREADABLE" });
});
