import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  acceptReference,
  openObjectStore,
  readReference,
  type Acceptance,
  type Cell,
  type Dataset,
  type Manifest,
  type Provenance,
} from "../src/index.ts";
import { manifestText, parseManifest } from "../src/rows/manifest-text.ts";
import { columns, openWorkshop, type TableWorkshop } from "./support/table-workshop.ts";

let workshop: TableWorkshop;
let small: Dataset;
let large: Dataset;
const table = columns({ id: "int32", seen: "text", v: "text" });
const cells = (rows: number): Cell[][] => Array.from({ length: rows }, (_, id) => [String(rows - id), `s${id}`, `v${id % 3}`]);

beforeAll(async () => {
  workshop = await openWorkshop();
  small = await workshop.dataset({ columns: table, rows: cells(3), key: ["id"] });
  large = await workshop.dataset({ columns: table, rows: cells(1001), key: ["id"] });
});
afterAll(() => workshop[Symbol.asyncDispose]());

const provenance = (run: string): Provenance => ({
  run,
  startedAt: "2026-01-05T10:00:00.000Z",
  tool: "1.0.0",
  commit: null,
  engines: [],
  seeds: [],
});

/** A folder that references are accepted into, with a store beside it. */
function place() {
  const directory = workshop.path("reference");
  const storage = { store: openObjectStore(workshop.path("store")), cache: workshop.path("cache") };
  return {
    directory,
    storage,
    accept: (dataset: Dataset, more: Partial<Acceptance> = {}) =>
      acceptReference({ tables: workshop.tables, dataset, directory, ignore: [], ...more }),
    files: async () => (await readdir(directory)).toSorted(),
    manifest: async () => parseManifest(await readFile(join(directory, "manifest.json"), "utf8")),
    lie: async (lie: (manifest: Manifest) => Manifest) => {
      const file = join(directory, "manifest.json");
      await writeFile(file, manifestText(lie(parseManifest(await readFile(file, "utf8")))));
    },
    read: () => readReference({ tables: workshop.tables, directory, storage }),
  };
}

test("rows move from text to Parquet, to the store and back, and nothing is left of where they were", async () => {
  const it = place();
  expect(await it.accept(small)).toBe("written");
  expect(await it.files()).toEqual(["manifest.json", "rows.ndjson"]);
  expect(await it.accept(large)).toBe("written");
  expect(await it.files()).toEqual(["manifest.json", "rows.parquet"]);
  const { file } = await it.manifest();
  if (file.name !== "rows.parquet") throw new Error("no Parquet");
  const other = await workshop.dataset({ columns: table, rows: cells(1002), key: ["id"] });
  expect(await it.accept(other, { storage: it.storage, inlineBytes: 0 })).toBe("written");
  expect(await it.files()).toEqual(["manifest.json"]);
  expect((await it.manifest()).file).toMatchObject({ name: "rows.parquet", place: "store" });
  // As many bytes as may lie beside the manifest do, one more does not.
  expect(await it.accept(large, { storage: it.storage, inlineBytes: file.bytes })).toBe("written");
  expect(await it.files()).toEqual(["manifest.json", "rows.parquet"]);
  expect((await it.manifest()).file).toEqual(file);
  await it.accept(small);
  expect(await it.files()).toEqual(["manifest.json", "rows.ndjson"]);
  await it.accept(large, { storage: it.storage, inlineBytes: file.bytes - 1 });
  expect(await it.files()).toEqual(["manifest.json"]);
  expect((await it.manifest()).file).toEqual({ ...file, place: "store" });
  await it.accept(small, { storage: it.storage });
  await it.accept(large, { storage: { ...it.storage, store: null }, inlineBytes: 0 });
  expect(await it.files()).toEqual(["manifest.json", "rows.parquet"]);
});

test.each<{ title: string; change: (manifest: Manifest) => Manifest }>([
  { title: "the key", change: (manifest) => ({ ...manifest, key: [] }) },
  { title: "how it was read", change: (manifest) => ({ ...manifest, read: "final" }) },
  {
    title: "an engine's type",
    change: (manifest) => ({ ...manifest, columns: manifest.columns.map((it) => ({ ...it, source: "other" })) }),
  },
])("another reference is written where only $title is another one", async ({ change }) => {
  const it = place();
  await it.accept(small, { provenance: provenance("first") });
  const changed = { ...small, manifest: change(small.manifest) };
  expect(await it.accept(changed, { provenance: provenance("second") })).toBe("written");
  const { columns: of, key, read, provenance: from } = await it.manifest();
  expect({ columns: of, key, read }).toEqual({ columns: changed.manifest.columns, key: changed.manifest.key, read: changed.manifest.read });
  expect(from?.run).toBe("second");
  expect(await it.accept(changed, { provenance: provenance("third") })).toBe("unchanged");
});

test("rows that are put where they were lost are from then, other rows from now", async () => {
  const it = place();
  await it.accept(small, { provenance: provenance("first") });
  await rm(join(it.directory, "rows.ndjson"));
  expect(await it.accept(small, { provenance: provenance("second") })).toBe("written");
  expect((await it.manifest()).provenance?.run).toBe("first");
  const other = await workshop.dataset({
    columns: table,
    rows: [
      ["1", "x", "y"],
      ["2", null, "z"],
      ["3", "", ""],
    ],
    key: ["id"],
  });
  expect(await it.accept(other, { provenance: provenance("third") })).toBe("written");
  expect((await it.manifest()).provenance?.run).toBe("third");
  await rm(join(it.directory, "manifest.json"));
  expect(await it.accept(other, { provenance: provenance("fourth") })).toBe("written");
  expect((await it.manifest()).provenance?.run).toBe("fourth");
});

test("rows in the store are not read again to know that they are there, and are put there again where they are not", async () => {
  const it = place();
  const there = { storage: it.storage, inlineBytes: 0 };
  await it.accept(large, there);
  expect(await it.accept(large, there)).toBe("unchanged");
  expect(await readdir(it.storage.cache).catch(() => [])).toEqual([]);
  const [stored] = await it.storage.store.list();
  await it.storage.store.remove(stored?.sha256 ?? "");
  expect(await it.accept(large, there)).toBe("written");
  expect(await it.storage.store.list()).toMatchObject([{ sha256: stored?.sha256 }]);
  // Without a store nobody can say that they are there.
  expect(await it.accept(large, { storage: { ...it.storage, store: null } })).toBe("written");
  expect(await it.files()).toEqual(["manifest.json", "rows.parquet"]);
});

test.each([0, Infinity])(
  "a reference whose digest was made in another way is digested anew, with %d bytes beside its manifest",
  async (inlineBytes) => {
    const it = place();
    const there = { storage: it.storage, inlineBytes };
    await it.accept(large, there);
    await it.lie((manifest) => ({ ...manifest, digest: { ...manifest.digest, algorithm: "duckdb-hash-1/v0.0.1", value: "7" } }));
    expect(await it.accept(large, there)).toBe("unchanged");
    expect((await it.manifest()).digest.value).toBe("7");
    const other = await workshop.dataset({ columns: table, rows: cells(1001).map(([id = null, s = null]) => [id, s, "x"]), key: ["id"] });
    expect(await it.accept(other, there)).toBe("written");
    expect((await it.manifest()).digest).toEqual(other.manifest.digest);
  },
);

test("rows are kept in the order of their key, without one in that of all their values", async () => {
  const it = place();
  const rows = async () => (await readFile(join(it.directory, "rows.ndjson"), "utf8")).trimEnd().split("\n");
  await it.accept(small, { ignore: ["seen"] });
  expect(await rows()).toEqual(['{"id":1,"v":"v2"}', '{"id":2,"v":"v1"}', '{"id":3,"v":"v0"}']);
  expect((await it.manifest()).columns.map(({ name }) => name)).toEqual(["id", "v"]);
  await it.accept(small, { ignore: ["id", "seen"] });
  expect(await rows()).toEqual(['{"v":"v0"}', '{"v":"v1"}', '{"v":"v2"}']);
  const composed = await workshop.dataset({
    columns: columns({ a: "int32", b: "text", n: "int32" }),
    rows: [
      ["2", "x", "1"],
      ["1", "y", "2"],
      ["1", "x", "3"],
    ],
    key: ["b", "a"],
  });
  await it.accept(composed);
  expect((await rows()).map((line) => /"n":(\d)/.exec(line)?.[1])).toEqual(["3", "1", "2"]);
  const read = await it.read();
  expect(read?.manifest.digest).toEqual(composed.manifest.digest);
});

test("rows without a column are kept as Parquet", async () => {
  const it = place();
  const bare = await workshop.materialiseText({ text: "\n\n", format: "csv", columns: [], rows: 2 });
  await it.accept(bare);
  expect(await it.files()).toEqual(["manifest.json", "rows.parquet"]);
  expect((await it.read())?.manifest.rows).toBe(2);
  await it.accept(small, { ignore: ["id", "seen", "v"] });
  expect(await it.files()).toEqual(["manifest.json", "rows.parquet"]);
});

test("a million letters are text, whatever they take in JSON only where it is less", async () => {
  const it = place();
  const around = '{"a":"","b":null}\n'.length;
  const of = (letters: number): Promise<Dataset> =>
    workshop.dataset({ columns: columns({ a: "text", b: "text" }), rows: [["x".repeat(letters), null]] });
  await it.accept(await of(1_000_000 - around));
  expect(await it.files()).toEqual(["manifest.json", "rows.ndjson"]);
  await it.accept(await of(1_000_001 - around));
  expect(await it.files()).toEqual(["manifest.json", "rows.parquet"]);
});

test("bytes count as the hexadecimal digits that they have, in all rows together", async () => {
  const it = place();
  const files = async (...lengths: number[]): Promise<string[]> => {
    const rows = lengths.map((length) => ["00".repeat(length)]);
    await it.accept(await workshop.dataset({ columns: columns({ b: "bytes" }), rows }));
    return it.files();
  };
  expect(await files(500_000)).toEqual(["manifest.json", "rows.ndjson"]);
  expect(await files(500_001)).toEqual(["manifest.json", "rows.parquet"]);
  expect(await files(200_000, 300_000)).toEqual(["manifest.json", "rows.ndjson"]);
  expect(await files(300_000, 300_000)).toEqual(["manifest.json", "rows.parquet"]);
  expect(await files()).toEqual(["manifest.json", "rows.ndjson"]);
});

test("where the rows cannot be written there is no manifest that vouches for them", async () => {
  for (const [dataset, name] of [
    [small, "rows.ndjson"],
    [large, "rows.parquet"],
  ] as const) {
    const it = place();
    await mkdir(join(it.directory, name, "in the way"), { recursive: true });
    await expect(it.accept(dataset)).rejects.toMatchObject({ code: "DIRECTORY_NOT_WRITABLE" });
    expect(await it.files()).toEqual([name]);
  }
  const it = place();
  await writeFile(it.directory, "a file");
  await expect(it.accept(small, { directory: join(it.directory, "below") })).rejects.toMatchObject({ code: "DIRECTORY_NOT_WRITABLE" });
});

test("a reference whose rows are missing, and whose digest was made in another way, is written anew", async () => {
  const it = place();
  const there = { storage: it.storage, inlineBytes: 0 };
  await it.accept(large, there);
  await it.lie((manifest) => ({ ...manifest, digest: { ...manifest.digest, algorithm: "duckdb-hash-1/v0.0.1", value: "7" } }));
  const [stored] = await it.storage.store.list();
  await it.storage.store.remove(stored?.sha256 ?? "");
  expect(await it.accept(large, there)).toBe("written");
  expect((await it.manifest()).digest).toEqual(large.manifest.digest);
  expect(await it.storage.store.list()).toMatchObject([{ sha256: stored?.sha256 }]);
});

test("a dataset that is not what its manifest says is not accepted, and no folder is made for it", async () => {
  const it = place();
  const lied = { ...small, manifest: { ...small.manifest, file: { ...small.manifest.file, sha256: "a".repeat(64) } } } as Dataset;
  await expect(it.accept(lied)).rejects.toMatchObject({ code: "DATASET_UNREADABLE" });
  await expect(readdir(it.directory)).rejects.toMatchObject({ code: "ENOENT" });
  await expect(it.accept(small, { root: workshop.path("elsewhere") })).rejects.toMatchObject({ code: "REFERENCE_INVALID" });
  await expect(readdir(it.directory)).rejects.toMatchObject({ code: "ENOENT" });
});
