import { createHash } from "node:crypto";
import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import {
  acceptReference,
  readReference,
  type Cell,
  type Content,
  type Dataset,
  type Provenance,
  type ReferenceStorage,
} from "../src/index.ts";
import { startMoto, type Moto } from "./support/moto.ts";
import { bucketUnderTest, directoryUnderTest, type StoreUnderTest } from "./support/stores.ts";
import { columns, openWorkshop, type TableWorkshop } from "./support/table-workshop.ts";

const bucket = "references";
let moto: Moto;

beforeAll(async () => {
  moto = await startMoto(bucket);
  vi.stubEnv("AWS_ENDPOINT_URL_S3", moto.endpoint);
  vi.stubEnv("AWS_DEFAULT_REGION", "eu-central-1");
  vi.stubEnv("AWS_ACCESS_KEY_ID", "test");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "test");
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await moto[Symbol.asyncDispose]();
});

const table = columns({ id: "int64", plan: "text" });
const cells = (rows: number): Cell[][] => Array.from({ length: rows }, (_, id) => [String(id), `plan ${id % 7}`]);

/** A reference of 1,500 rows whose bytes are in a store. */
interface Accepted {
  readonly directory: string;
  readonly dataset: Dataset;
  readonly storage: ReferenceStorage;
  readonly content: Content;
}

async function accepted(workshop: TableWorkshop, { store }: StoreUnderTest, rows = 1500): Promise<Accepted> {
  const dataset = await workshop.dataset({ columns: table, rows: cells(rows), key: ["id"] });
  const directory = workshop.path("reference");
  const storage = { store, cache: workshop.path("cache") };
  const request = { tables: workshop.tables, dataset, directory, ignore: [], storage, inlineBytes: 0, provenance: provenance("first") };
  expect(await acceptReference(request)).toBe("written");
  return { directory, dataset, storage, content: await contentIn(directory) };
}

function provenance(run: string): Provenance {
  return { run, startedAt: "2026-01-05T10:00:00.000Z", tool: "1.0.0", commit: null, engines: [], seeds: [] };
}

/** The content that a pointer names, by the text of its file. */
async function contentIn(directory: string): Promise<Content> {
  const { file } = JSON.parse(await readFile(join(directory, "manifest.json"), "utf8"));
  return { bytes: file.bytes, sha256: file.sha256 };
}

describe.each([
  { kind: "a directory", under: (workshop: TableWorkshop) => directoryUnderTest(workshop) },
  { kind: "a bucket", under: () => bucketUnderTest({ endpoint: moto.endpoint, bucket }) },
])("$kind as the store", ({ under }) => {
  test("git gets a pointer, the store the bytes under their SHA-256, and the reference reads back whole", async () => {
    await using workshop = await openWorkshop();
    const it = under(workshop);
    const { directory, dataset, storage, content } = await accepted(workshop, it);
    expect(await readdir(directory)).toEqual(["manifest.json"]);
    const bytes = await it.bytes(content.sha256);
    expect(
      createHash("sha256")
        .update(bytes ?? "")
        .digest("hex"),
    ).toBe(content.sha256);
    const reference = await readReference({ tables: workshop.tables, directory, storage });
    expect(reference?.manifest.digest).toEqual(dataset.manifest.digest);
    expect(reference?.parquet.startsWith(storage.cache)).toBe(true);
    expect(await it.store.list()).toMatchObject([{ ...content }]);
  });

  test("accepting equal rows again touches neither the pointer nor the store", async () => {
    await using workshop = await openWorkshop();
    const it = under(workshop);
    const { directory, dataset, storage, content } = await accepted(workshop, it);
    const before = await stat(join(directory, "manifest.json"), { bigint: true });
    const [stored] = await it.store.list();
    const again = acceptReference({ tables: workshop.tables, dataset, directory, ignore: [], storage, inlineBytes: 0 });
    expect(await again).toBe("unchanged");
    expect((await stat(join(directory, "manifest.json"), { bigint: true })).mtimeNs).toBe(before.mtimeNs);
    expect(await it.store.list()).toEqual([{ ...content, modifiedAt: stored?.modifiedAt }]);
  });

  test("what is fetched once is read without the store, and a damaged copy is fetched anew", async () => {
    await using workshop = await openWorkshop();
    const it = under(workshop);
    const { directory, storage, content } = await accepted(workshop, it);
    const first = await readReference({ tables: workshop.tables, directory, storage });
    const bytes = await it.bytes(content.sha256);
    await it.lose(content.sha256);
    await readReference({ tables: workshop.tables, directory, storage });
    await it.spoil(content.sha256, bytes ?? Buffer.alloc(0));
    await writeFile(first?.parquet ?? "", "damaged");
    const again = await readReference({ tables: workshop.tables, directory, storage });
    expect(await readFile(again?.parquet ?? "")).toEqual(bytes);
  });

  test("a missing object is named with its store and digest; accepting puts it there again", async () => {
    await using workshop = await openWorkshop();
    const it = under(workshop);
    const { directory, dataset, storage, content } = await accepted(workshop, it);
    await it.lose(content.sha256);
    await expect(readReference({ tables: workshop.tables, directory, storage })).rejects.toMatchObject({
      code: "REFERENCE_MISSING",
      message: expect.stringContaining(it.store.title),
      expected: expect.stringContaining(content.sha256),
    });
    const again = { tables: workshop.tables, dataset, directory, ignore: [], storage, inlineBytes: 0, provenance: provenance("second") };
    expect(await acceptReference(again)).toBe("written");
    expect(await contentIn(directory)).toEqual(content);
    expect((await readReference({ tables: workshop.tables, directory, storage }))?.manifest.provenance?.run).toBe("first");
    expect((await it.bytes(content.sha256))?.length).toBe(content.bytes);
  });

  test.each([
    { title: "other bytes of the same length", spoilt: (bytes: Buffer) => Buffer.from(bytes.map((byte) => byte ^ 1)) },
    { title: "fewer bytes", spoilt: (bytes: Buffer) => bytes.subarray(0, bytes.length - 1) },
    { title: "more bytes", spoilt: (bytes: Buffer) => Buffer.concat([bytes, bytes]) },
    { title: "no bytes", spoilt: () => Buffer.alloc(0) },
  ])("an object with $title is refused and not kept; accepting mends it", async ({ spoilt }) => {
    await using workshop = await openWorkshop();
    const it = under(workshop);
    const { directory, dataset, storage, content } = await accepted(workshop, it);
    const bytes = (await it.bytes(content.sha256)) ?? Buffer.alloc(0);
    await it.spoil(content.sha256, spoilt(bytes));
    await expect(readReference({ tables: workshop.tables, directory, storage })).rejects.toMatchObject({
      code: "REFERENCE_INVALID",
      message: expect.stringContaining(it.store.title),
    });
    expect((await readdir(storage.cache, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())).toEqual([]);
    await acceptReference({ tables: workshop.tables, dataset, directory, ignore: [], storage, inlineBytes: 0 });
    expect(await it.bytes(content.sha256)).toEqual(bytes);
  });

  test("other rows get another object, and the old one stays until it is collected", async () => {
    await using workshop = await openWorkshop();
    const it = under(workshop);
    const { directory, storage, content } = await accepted(workshop, it);
    const dataset = await workshop.dataset({ columns: table, rows: cells(1501), key: ["id"] });
    await acceptReference({ tables: workshop.tables, dataset, directory, ignore: [], storage, inlineBytes: 0 });
    expect((await it.store.list()).map(({ sha256 }) => sha256).toSorted()).toEqual(
      [content.sha256, (await contentIn(directory)).sha256].toSorted(),
    );
    await it.store.remove(content.sha256);
    await it.store.remove(content.sha256);
    expect(await it.store.list()).toMatchObject([{ sha256: (await contentIn(directory)).sha256 }]);
  });

  test("references up to the limit stay beside their manifest, small ones as text", async () => {
    await using workshop = await openWorkshop();
    const it = under(workshop);
    const storage = { store: it.store, cache: workshop.path("cache") };
    for (const { rows, file } of [
      { rows: 10, file: "rows.ndjson" },
      { rows: 1500, file: "rows.parquet" },
    ]) {
      const dataset = await workshop.dataset({ columns: table, rows: cells(rows), key: ["id"] });
      const directory = workshop.path("reference");
      await acceptReference({ tables: workshop.tables, dataset, directory, ignore: [], storage, inlineBytes: 1_000_000 });
      expect(await readdir(directory)).toEqual(["manifest.json", file]);
    }
    expect(await it.store.list()).toEqual([]);
  });
});

test("a pointer without a store to its bytes says that the file names none", async () => {
  await using workshop = await openWorkshop();
  const { directory, storage } = await accepted(workshop, directoryUnderTest(workshop));
  for (const without of [undefined, { ...storage, store: null }])
    await expect(readReference({ tables: workshop.tables, directory, storage: without })).rejects.toMatchObject({
      code: "REFERENCE_MISSING",
      message: expect.stringContaining("references.store"),
    });
});

test("a bucket that is not there is said to be so by name, and no pointer is written", async () => {
  await using workshop = await openWorkshop();
  const it = bucketUnderTest({ endpoint: moto.endpoint, bucket: "nowhere" });
  await expect(accepted(workshop, it)).rejects.toMatchObject({
    code: "STORE_UNAVAILABLE",
    message: expect.stringContaining("s3://nowhere/"),
    hint: expect.stringContaining("AWS_ENDPOINT_URL_S3"),
  });
  // What cannot be removed is not said to be gone.
  await expect(it.store.remove("a".repeat(64))).rejects.toMatchObject({ code: "STORE_UNAVAILABLE" });
  const [reference = ""] = (await readdir(workshop.directory)).filter((name) => name.endsWith("-reference"));
  expect(await readdir(join(workshop.directory, reference))).toEqual([]);
});
