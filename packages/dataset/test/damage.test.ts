import { readFile, rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { RehearseError } from "@rehearse/errors";
import { expect, test } from "vitest";
import { acceptReference, compareDatasets, readDataset, readReference, type Cell, type Dataset } from "../src/index.ts";
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

test("a flipped byte of a Parquet reference is refused, or changes no value", async () => {
  await using workshop = await openWorkshop();
  const { directory } = await reference(workshop, 1500);
  const file = join(directory, "rows.parquet");
  const bytes = await readFile(file);
  const answers = new Map<string, number>();
  for (let at = 0; at < bytes.length; at += Math.ceil(bytes.length / 60)) {
    await writeFile(file, flipped(bytes, at));
    // A damaged file may bring the whole engine down: each has its own. That it is read means that its digest fits.
    await using other = await openWorkshop();
    const answer = await readReference({ tables: other.tables, directory }).then(() => "read", codeOf);
    answers.set(answer, (answers.get(answer) ?? 0) + 1);
  }
  expect([...answers.keys()].toSorted()).toEqual(["REFERENCE_INVALID", "read"]);
  expect(answers.get("REFERENCE_INVALID")).toBeGreaterThan(30);
});

function codeOf(error: unknown): string {
  return error instanceof RehearseError ? error.code : String(error);
}

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

const lies: readonly { title: string; lie: (manifest: Record<string, unknown>) => unknown; says: string }[] = [
  { title: "counts another row", lie: (it) => ({ ...it, rows: 4 }), says: "does not have the rows that its manifest counts" },
  {
    title: "has another digest",
    lie: (it) => ({ ...it, digest: { algorithm: "md5-of-rows-1", rows: 3, value: "0" } }),
    says: "the digest does not fit",
  },
  { title: "has an unknown algorithm", lie: (it) => ({ ...it, digest: { algorithm: "crc", rows: 3, value: "0" } }), says: "does not know" },
  {
    title: "calls a column by another name",
    lie: (it) => ({ ...it, columns: [{ name: "ID", source: "int64", type: "int64" }, ...rest(it)], key: [] }),
    says: "lacks the column",
  },
  {
    title: "gives a column another type",
    lie: (it) => ({ ...it, columns: [{ name: "id", source: "int64", type: "int32" }, ...rest(it)] }),
    says: "the digest does not fit",
  },
  { title: "leaves a column out", lie: (it) => ({ ...it, columns: rest(it), key: [] }), says: "a row has 4 columns, its manifest lists 3" },
  {
    title: "has a type that there is not",
    lie: (it) => ({ ...it, columns: [{ name: "id", source: "int64", type: "int65" }] }),
    says: "no canonical type",
  },
  { title: "has a key that is no column", lie: (it) => ({ ...it, key: ["order"] }), says: "none of its columns" },
  { title: "points to a file elsewhere", lie: (it) => ({ ...it, file: "../../rows.ndjson" }), says: "is damaged" },
  { title: "is of a later version", lie: (it) => ({ ...it, version: 2 }), says: "is damaged" },
  { title: "is no object", lie: () => null, says: "is damaged" },
];

function rest(manifest: Record<string, unknown>): unknown[] {
  return Array.isArray(manifest["columns"]) ? manifest["columns"].slice(1) : [];
}

test.each(lies)("a manifest that $title is refused in a sentence", async ({ lie, says }) => {
  await using workshop = await openWorkshop();
  const { directory } = await reference(workshop, 3);
  const file = join(directory, "manifest.json");
  const manifest: Record<string, unknown> = JSON.parse(await readFile(file, "utf8"));
  await writeFile(file, JSON.stringify(lie(manifest)));
  const attempt = readReference({ tables: workshop.tables, directory });
  await expect(attempt).rejects.toMatchObject({
    code: "REFERENCE_INVALID",
    message: expect.stringContaining(says),
    hint: expect.stringContaining("rehearse accept"),
  });
});

test("a manifest that lies about a dataset's rows or types is noticed before they are compared", async () => {
  await using workshop = await openWorkshop();
  const { tables } = workshop;
  const { dataset } = await reference(workshop, 3);
  const { manifest } = dataset;
  const retyped = manifest.columns.map((column) => (column.name === "id" ? { ...column, type: "int32" as const } : column));
  for (const lying of [
    { ...manifest, rows: 4 },
    { ...manifest, columns: retyped },
    { ...manifest, columns: manifest.columns.slice(1), key: [] },
  ]) {
    await writeFile(join(dataset.directory, "manifest.json"), JSON.stringify(lying));
    const compared = compareDatasets({ tables, reference: dataset, current: await readDataset(dataset.directory), rules: { ignore: [] } });
    await expect(compared).rejects.toMatchObject({ code: "DATASET_UNREADABLE" });
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
