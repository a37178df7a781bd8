import { createHash, randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { cachedObject, fetchObject, type Content, type ObjectStore } from "../src/index.ts";
import { contentOf } from "../src/rows/content-of.ts";

const contentOfBytes = (bytes: Buffer): Content => ({ bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") });

/** A store that sends these chunks, or has nothing; it counts how often it was read. */
function storeOf(chunks: readonly Buffer[] | null) {
  const asked: Content[] = [];
  const store: ObjectStore = {
    title: "the store of this test",
    has: () => Promise.resolve(false),
    put: () => Promise.resolve(),
    list: () => Promise.resolve([]),
    remove: () => Promise.resolve(),
    read: (content) => {
      asked.push(content);
      return Promise.resolve(chunks === null ? null : sent(chunks));
    },
  };
  return { store, asked };
}

async function* sent(chunks: readonly Buffer[]): AsyncIterable<Uint8Array> {
  for (const chunk of chunks) yield await Promise.resolve(chunk);
}

async function temporaryFolder() {
  const path = await mkdtemp(join(tmpdir(), "rehearse-fetched-"));
  return { path, cache: join(path, "a", "cache"), [Symbol.asyncDispose]: () => rm(path, { recursive: true }) };
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

test.each([0, 1, 3, 2 ** 20 - 1, 2 ** 20, 2 ** 20 + 1, 3 * 2 ** 20 + 5])(
  "a file of %i bytes is known by its size and SHA-256",
  async (size) => {
    await using folder = await temporaryFolder();
    const bytes = randomBytes(size);
    const file = join(folder.path, "file");
    await writeFile(file, bytes);
    expect(await contentOf(file)).toEqual(contentOfBytes(bytes));
  },
);

test("what is fetched lies whole in the cache at once, for this user only, in the order in which it came", async () => {
  await using folder = await temporaryFolder();
  // Chunks of many sizes: those that are written side by side do not end in turn.
  const chunks = Array.from({ length: 300 }, (_, index) => randomBytes(index % 7 === 0 ? 200_000 : index + 1));
  const bytes = Buffer.concat(chunks);
  const content = contentOfBytes(bytes);
  const { store, asked } = storeOf(chunks);
  const file = await fetchObject(content, { store, cache: folder.cache });
  expect(readFileSync(file).equals(bytes)).toBe(true);
  expect(file).toBe(join(folder.cache, "sha256", content.sha256.slice(0, 2), `${content.sha256}.parquet`));
  expect(await filesIn(folder.cache)).toEqual([file]);
  expect((await stat(file)).mode % 0o1000).toBe(0o600);
  expect(asked).toEqual([content]);
});

test("what lies in the cache is not asked for again, and what was damaged there is", async () => {
  await using folder = await temporaryFolder();
  const bytes = Buffer.from("the rows");
  const content = contentOfBytes(bytes);
  const { store, asked } = storeOf([bytes]);
  expect(await cachedObject(content, folder.cache)).toBeNull();
  const file = await fetchObject(content, { store, cache: folder.cache });
  expect(await fetchObject(content, { store: null, cache: folder.cache })).toBe(file);
  expect(await fetchObject(content, { store, cache: folder.cache })).toBe(file);
  expect(await cachedObject(content, folder.cache)).toBe(file);
  expect(asked).toHaveLength(1);
  await writeFile(file, "the rags");
  expect(await cachedObject(content, folder.cache)).toBeNull();
  expect(await fetchObject(content, { store, cache: folder.cache })).toBe(file);
  expect(String(await readFile(file))).toBe("the rows");
  expect(asked).toHaveLength(2);
});

test("where nothing names a store, or it has no such object, the rows are missing", async () => {
  await using folder = await temporaryFolder();
  const content = contentOfBytes(Buffer.from("the rows"));
  const missing = (message: string) => ({
    code: "REFERENCE_MISSING",
    message: expect.stringContaining(message),
    expected: `8 bytes with the SHA-256 ${content.sha256}`,
  });
  await expect(fetchObject(content, undefined)).rejects.toMatchObject(missing("references.store"));
  await expect(fetchObject(content, { store: null, cache: folder.cache })).rejects.toMatchObject(missing("references.store"));
  const { store } = storeOf(null);
  await expect(fetchObject(content, { store, cache: folder.cache })).rejects.toMatchObject(missing("the store of this test"));
  expect(existsSync(folder.cache)).toBe(false);
});

test.each([
  { title: "other bytes of its length", chunks: ["the ", "rags"], got: contentOfBytes(Buffer.from("the rags")).sha256 },
  { title: "its beginning", chunks: ["the "], got: contentOfBytes(Buffer.from("the ")).sha256 },
  { title: "a byte more", chunks: ["the rows", "!"], got: "more than the 8 bytes that its manifest says" },
  { title: "nothing", chunks: [], got: contentOfBytes(Buffer.alloc(0)).sha256 },
])("an object that comes as $title is refused with the store's name, and nothing of it stays", async ({ chunks, got }) => {
  await using folder = await temporaryFolder();
  const { store } = storeOf(chunks.map((chunk) => Buffer.from(chunk)));
  const content = contentOfBytes(Buffer.from("the rows"));
  const message = expect.stringContaining("the store of this test");
  const refused = { code: "REFERENCE_INVALID", message, got };
  await expect(fetchObject(content, { store, cache: folder.cache })).rejects.toMatchObject(refused);
  expect(await filesIn(folder.cache)).toEqual([]);
});

test("a cache that cannot be read is said to be so", async () => {
  await using folder = await temporaryFolder();
  const cache = join(folder.path, "cache");
  await writeFile(cache, "in the way");
  const { store } = storeOf([Buffer.from("x")]);
  const refused = { code: "DIRECTORY_NOT_WRITABLE", hint: expect.stringContaining("REHEARSE_CACHE") };
  await expect(fetchObject(contentOfBytes(Buffer.from("x")), { store, cache })).rejects.toMatchObject(refused);
  await expect(cachedObject(contentOfBytes(Buffer.from("x")), cache)).rejects.toMatchObject(refused);
});
