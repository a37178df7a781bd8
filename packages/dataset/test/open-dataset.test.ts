import { copyFile, mkdir, rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readCells, readDataset, verifyBytes, type Dataset, type Manifest } from "../src/index.ts";
import { requireFewColumns } from "../src/rows/materialise.ts";
import { manifestSchema } from "../src/rows/manifest.ts";
import { readLimited, readManifest, verifyDigest, verifyShape } from "../src/rows/read-dataset.ts";
import { writeManifest } from "../src/rows/write-manifest.ts";
import { columns, openWorkshop, type TableWorkshop } from "./support/table-workshop.ts";

const two = columns({ id: "int64", plan: "text" });

const made = (workshop: TableWorkshop): Promise<Dataset> =>
  workshop.dataset({
    columns: two,
    rows: [
      ["1", "a"],
      ["2", null],
    ],
    key: ["id"],
  });

const told = ({ manifest, ...dataset }: Dataset, more: Partial<Manifest>): Dataset => ({ ...dataset, manifest: { ...manifest, ...more } });

const unreadable = (message: string) => ({ code: "DATASET_UNREADABLE", message: expect.stringContaining(message) });

test("a dataset is opened as it was made; one that is not there, or has lost its rows, is said to be so", async () => {
  await using workshop = await openWorkshop();
  const dataset = await made(workshop);
  expect(await readDataset(dataset.directory)).toEqual(dataset);
  await rm(dataset.parquet);
  await expect(readDataset(dataset.directory)).rejects.toMatchObject(unreadable(`${dataset.parquet} cannot be read`));
  await rm(join(dataset.directory, "manifest.json"));
  await expect(readDataset(dataset.directory)).rejects.toMatchObject({ code: "DATASET_NOT_FOUND" });
  expect(await readManifest(dataset.directory)).toBeNull();
  await mkdir(join(dataset.directory, "manifest.json"));
  await expect(readManifest(dataset.directory)).rejects.toMatchObject(unreadable("cannot be read"));
});

test("a manifest whose key is none of its columns is refused as such, not as damaged", async () => {
  await using workshop = await openWorkshop();
  const { directory, manifest } = await made(workshop);
  for (const key of [["id", "order"], ["order"]]) {
    await writeManifest(directory, { ...manifest, key });
    const message = `${join(directory, "manifest.json")} names the key column "order", which is none of its columns`;
    await expect(readManifest(directory)).rejects.toMatchObject({ message });
  }
  await writeManifest(directory, { ...manifest, key: ["plan", "id"] });
  expect((await readManifest(directory))?.key).toEqual(["plan", "id"]);
});

test("a manifest may have 16 MiB, and a byte more is not read", async () => {
  await using workshop = await openWorkshop();
  const { directory } = await made(workshop);
  const file = join(directory, "manifest.json");
  await truncate(file, 16_777_217);
  await expect(readManifest(directory)).rejects.toMatchObject({
    message: `${file} is too long`,
    expected: "at most 16777216 bytes",
    got: "16777217 bytes",
  });
  await truncate(file, 16_777_216);
  await expect(readManifest(directory)).rejects.toMatchObject(unreadable("manifest.json is damaged"));
});

test("a text is read up to its limit, and is nothing where there is no file", async () => {
  await using workshop = await openWorkshop();
  const file = workshop.path("text");
  expect(await readLimited(file, 5)).toBeNull();
  await writeFile(file, "12345");
  expect(await readLimited(file, 5)).toBe("12345");
  await expect(readLimited(file, 4)).rejects.toMatchObject({ ...unreadable("is too long"), expected: "at most 4 bytes", got: "5 bytes" });
  await expect(readLimited(join(file, "below"), 5)).rejects.toMatchObject(unreadable("cannot be read"));
});

test("4,096 columns are a table's most", () => {
  const wide = (count: number) => ({
    file: "rows.csv",
    columns: columns(Object.fromEntries(Array.from({ length: count }, (_, index) => [`c${index}`, "int64" as const]))),
  });
  expect(() => requireFewColumns(wide(4096))).not.toThrow();
  expect(() => requireFewColumns(wide(4097))).toThrow("rows.csv has more columns than a dataset may have");
  const manifest = (count: number) => ({
    version: 2,
    columns: wide(count).columns,
    key: [],
    rows: 0,
    digest: { algorithm: "any", rows: 0, value: "" },
    file: { name: "rows.ndjson" },
  });
  expect(manifestSchema.safeParse(manifest(4096)).success).toBe(true);
  expect(manifestSchema.safeParse(manifest(4097)).success).toBe(false);
  expect(manifestSchema.safeParse({ ...manifest(1), version: 3 }).success).toBe(false);
});

test("a Parquet file is refused where its manifest says other columns, types or numbers of rows, whatever its bytes", async () => {
  await using workshop = await openWorkshop();
  const { tables } = workshop;
  const dataset = await made(workshop);
  await expect(verifyBytes(tables, dataset)).resolves.toBeUndefined();
  const { digest } = dataset.manifest;
  const lies: readonly (readonly [Partial<Manifest>, string])[] = [
    [{ columns: columns({ id: "int64" }) }, "does not have the columns that its manifest lists"],
    [{ columns: columns({ id: "int64", plan: "int64" }) }, "does not have the columns that its manifest lists"],
    [{ columns: columns({}) }, "does not have the columns that its manifest lists"],
    [{ rows: 3 }, "does not have the rows that its manifest counts"],
    [{ digest: { ...digest, rows: 3 } }, "does not have the rows that its manifest counts"],
    [{ rows: 1, digest: { ...digest, rows: 1 } }, "does not have the rows that its manifest counts"],
  ];
  for (const [lie, message] of lies) {
    await expect(verifyShape(tables, told(dataset, lie))).rejects.toMatchObject(unreadable(message));
    await expect(verifyBytes(tables, told(dataset, lie))).rejects.toMatchObject(unreadable(message));
  }
});

test("a Parquet file of one column, and one of none, are as their manifests say", async () => {
  await using workshop = await openWorkshop();
  const { tables } = workshop;
  const one = await workshop.dataset({ columns: columns({ raw: "bytes" }), rows: [["00ff"], [null], ["61"]] });
  const none = await workshop.materialiseText({ text: "\n\n\n", format: "csv", columns: [], rows: 3 });
  await expect(verifyBytes(tables, one)).resolves.toBeUndefined();
  await expect(verifyBytes(tables, none)).resolves.toBeUndefined();
  await expect(verifyShape(tables, { ...none, parquet: one.parquet })).rejects.toMatchObject(unreadable("does not have the columns"));
  await expect(verifyShape(tables, { ...one, parquet: none.parquet })).rejects.toMatchObject(unreadable("does not have the columns"));
  expect(await readCells({ tables, dataset: one, limit: 2 })).toEqual({ columns: one.manifest.columns, rows: [["00ff"], [null]], more: 1 });
  expect(await readCells({ tables, dataset: none, limit: 2 })).toEqual({ columns: [], rows: [[], []], more: 1 });
});

test("a Parquet file with other bytes than its manifest's is refused, and so is a dataset that holds none", async () => {
  await using workshop = await openWorkshop();
  const { tables } = workshop;
  const [dataset, other] = [
    await made(workshop),
    await workshop.dataset({
      columns: two,
      rows: [
        ["1", "b"],
        ["2", null],
      ],
    }),
  ];
  await copyFile(other.parquet, dataset.parquet);
  await expect(verifyBytes(tables, dataset)).rejects.toMatchObject(unreadable("was changed after it was written"));
  await expect(verifyShape(tables, dataset)).resolves.toBeUndefined();
  await rm(dataset.parquet);
  await expect(verifyBytes(tables, dataset)).rejects.toMatchObject(unreadable("cannot be read"));
  await expect(verifyBytes(tables, told(other, { file: { name: "rows.ndjson" } }))).rejects.toMatchObject(unreadable("holds no Parquet"));
});

test("a file may have 2,048 rows in each of its bytes, and not one more", async () => {
  await using workshop = await openWorkshop();
  const { tables } = workshop;
  const parquet = workshop.path("constant.parquet");
  /** Writes a file of so many rows; resolves to how many it may have. */
  const mostIn = async (rows: number): Promise<number> => {
    await tables.writeFile({
      select: `SELECT 7::BIGINT AS id FROM range(${rows})`,
      file: parquet,
      form: "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 10000000",
      doing: "making rows",
    });
    const [[bytes] = []] = await tables.query(`SELECT file_size_bytes FROM parquet_file_metadata('${parquet}')`, "measuring");
    return Number(bytes) * 2048;
  };
  const dataset = await made(workshop);
  const verified = (rows: number) =>
    verifyShape(tables, {
      ...told(dataset, { columns: columns({ id: "int64" }), rows, digest: { ...dataset.manifest.digest, rows } }),
      parquet,
    });
  let rows = 0;
  for (let most = 500_000; most !== rows;) {
    rows = most;
    most = await mostIn(rows);
  }
  await expect(verified(rows)).resolves.toBeUndefined();
  expect(await mostIn(rows + 1)).toBe(rows);
  await expect(verified(rows + 1)).rejects.toMatchObject({
    ...unreadable("says that it has more rows than fit"),
    expected: `at most ${rows} rows in ${rows / 2048} bytes`,
    got: `${rows + 1} rows`,
  });
});

test("rows that were read are refused where their number, their digest or the way it was made is another", async () => {
  await using workshop = await openWorkshop();
  const { manifest } = await made(workshop);
  const { digest } = manifest;
  const verified =
    (other: Partial<Manifest["digest"]>, counted = manifest) =>
    () =>
      verifyDigest({ manifest: counted, rows: "rows.ndjson", digest: { ...digest, ...other } });
  expect(verified({})).not.toThrow();
  expect(verified({ rows: 3 })).toThrow("rows.ndjson does not have the rows that its manifest counts");
  expect(verified({}, { ...manifest, rows: 3 })).toThrow("rows.ndjson does not have the rows that its manifest counts");
  expect(verified({ algorithm: "md5-of-rows-2" })).toThrow("the digest of rows.ndjson was made in a way that this version does not know");
  expect(verified({ value: "0" })).toThrow("the digest does not fit");
});
