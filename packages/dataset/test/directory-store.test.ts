import { createHash, randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { buffer } from "node:stream/consumers";
import { expect, test } from "vitest";
import type { Content } from "../src/index.ts";
import { DirectoryStore } from "../src/references/directory-store.ts";
import { openObjectStore } from "../src/references/open-object-store.ts";
import { S3Store } from "../src/references/s3-store.ts";

const contentOf = (bytes: Buffer): Content => ({ bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") });

async function openFolder() {
  const path = await mkdtemp(join(tmpdir(), "rehearse-store-"));
  const root = join(path, "a", "store");
  const store = new DirectoryStore(root);
  const placeOf = ({ sha256 }: Content) => join(root, "sha256", sha256.slice(0, 2), `${sha256}.parquet`);
  let made = 0;
  /** A file with these bytes, outside the store. */
  const file = async (bytes: Buffer) => {
    made += 1;
    const name = join(path, `file-${made}`);
    await writeFile(name, bytes);
    return name;
  };
  return {
    path,
    root,
    store,
    placeOf,
    file,
    /** Puts bytes there as the store does. */
    put: async (bytes: Buffer) => {
      const content = contentOf(bytes);
      await store.put(content, await file(bytes));
      return content;
    },
    /** Puts bytes under the name of others. */
    spoil: async (content: Content, bytes: Buffer) => {
      await mkdir(dirname(placeOf(content)), { recursive: true });
      await writeFile(placeOf(content), bytes);
    },
    [Symbol.asyncDispose]: () => rm(path, { recursive: true }),
  };
}

async function bytesIn(store: DirectoryStore, content: Content): Promise<Buffer | null> {
  const chunks = await store.read(content);
  return chunks === null ? null : buffer(chunks);
}

test("a store is a bucket by its address, and a folder by its path", () => {
  expect(openObjectStore("s3://bucket/prefix")).toBeInstanceOf(S3Store);
  expect(openObjectStore("/a/folder")).toBeInstanceOf(DirectoryStore);
});

test("what is put there lies there whole at once, and nothing beside it", async () => {
  await using folder = await openFolder();
  const bytes = randomBytes(300_000);
  const content = contentOf(bytes);
  const from = await folder.file(bytes);
  await folder.store.put(content, from);
  expect(existsSync(folder.placeOf(content))).toBe(true);
  expect(await readFile(folder.placeOf(content))).toEqual(bytes);
  expect(await readdir(dirname(folder.placeOf(content)))).toEqual([`${content.sha256}.parquet`]);
  expect(await bytesIn(folder.store, content)).toEqual(bytes);
  expect(await folder.store.has(content)).toBe(true);
});

test("a store has exactly a content: other bytes, other sizes and nothing are not it, and are overwritten", async () => {
  await using folder = await openFolder();
  const bytes = Buffer.from("the rows");
  const content = contentOf(bytes);
  expect(await folder.store.has(content)).toBe(false);
  expect(await folder.store.read(content)).toBeNull();
  for (const other of ["other rw", "the row", "the rows!"]) {
    await folder.spoil(content, Buffer.from(other));
    expect(await folder.store.has(content), other).toBe(false);
    expect(String(await bytesIn(folder.store, content))).toBe(other);
    expect(await folder.put(bytes)).toEqual(content);
    expect(await folder.store.has(content), other).toBe(true);
  }
});

test("a file that is not what it is said to be is refused, and not put there", async () => {
  await using folder = await openFolder();
  const content = contentOf(Buffer.from("the rows"));
  const refused = { code: "REFERENCE_INVALID", message: expect.stringContaining(folder.root) };
  await expect(folder.store.put(content, await folder.file(Buffer.from("other rw")))).rejects.toMatchObject(refused);
  expect(await readdir(dirname(folder.placeOf(content)))).toEqual([]);
});

test("a file that is gone cannot be put there, and nothing is left of the attempt", async () => {
  await using folder = await openFolder();
  const content = contentOf(Buffer.from("the rows"));
  await expect(folder.store.put(content, join(folder.path, "gone"))).rejects.toMatchObject({ code: "DIRECTORY_NOT_WRITABLE" });
  expect(await readdir(dirname(folder.placeOf(content)))).toEqual([]);
});

test("all objects are listed with their size and time, other files, folders and links are not", async () => {
  await using folder = await openFolder();
  expect(await folder.store.list()).toEqual([]);
  const contents = [await folder.put(Buffer.from("one")), await folder.put(Buffer.from("another"))];
  await writeFile(join(folder.root, "sha256", "notes.txt"), "not ours");
  await mkdir(folder.placeOf(contentOf(Buffer.from("a folder"))), { recursive: true });
  const linked = folder.placeOf(contentOf(Buffer.from("a link")));
  await mkdir(dirname(linked), { recursive: true });
  await symlink(join(folder.path, "file-1"), linked);
  const expected = await Promise.all(
    contents.map(async (content) => ({ ...content, modifiedAt: (await stat(folder.placeOf(content))).mtime })),
  );
  const bySha = (a: Content, b: Content) => (a.sha256 < b.sha256 ? -1 : 1);
  expect((await folder.store.list()).toSorted(bySha)).toEqual(expected.toSorted(bySha));
});

test("what is removed is gone at once, and what is not there is no matter", async () => {
  await using folder = await openFolder();
  const [gone, stays] = [await folder.put(Buffer.from("gone")), await folder.put(Buffer.from("stays"))];
  await folder.store.remove(gone.sha256);
  expect(existsSync(folder.placeOf(gone))).toBe(false);
  await folder.store.remove(gone.sha256);
  expect(await folder.store.list()).toMatchObject([stays]);
});

const detours: readonly { title: string; make: (place: string, outside: string) => Promise<unknown> }[] = [
  { title: "a folder in the place of an object", make: (place) => mkdir(place, { recursive: true }) },
  {
    title: "a link in the place of an object",
    make: async (place, outside) => {
      await mkdir(dirname(place), { recursive: true });
      await symlink(outside, place);
    },
  },
  {
    title: "a file in the place of a folder",
    make: async (place) => {
      await mkdir(dirname(dirname(place)), { recursive: true });
      await writeFile(dirname(place), "in the way");
    },
  },
  {
    title: "a link in the place of the folder of all",
    make: async (place, outside) => {
      await mkdir(dirname(dirname(dirname(place))), { recursive: true });
      await symlink(dirname(outside), dirname(dirname(place)));
    },
  },
];

test.each(detours)("a store with $title is refused, whatever is asked of it", async ({ make }) => {
  await using folder = await openFolder();
  const bytes = Buffer.from("the rows");
  const content = contentOf(bytes);
  const from = await folder.file(bytes);
  await make(folder.placeOf(content), from);
  const refused = { code: "REFERENCE_INVALID", message: expect.stringMatching(/is no plain (file|folder)$/) };
  await expect(folder.store.has(content)).rejects.toMatchObject(refused);
  await expect(folder.store.read(content)).rejects.toMatchObject(refused);
  await expect(folder.store.put(content, from)).rejects.toMatchObject(refused);
  await expect(folder.store.remove(content.sha256)).rejects.toMatchObject(refused);
  expect(await readFile(from)).toEqual(bytes);
});

test("a store that cannot be looked into is said to be so by its path", async () => {
  await using folder = await openFolder();
  await mkdir(dirname(folder.root), { recursive: true });
  await writeFile(folder.root, "in the way");
  const content = contentOf(Buffer.from("the rows"));
  const refused = { code: "STORE_UNAVAILABLE", message: expect.stringContaining(folder.root), hint: expect.stringContaining("store") };
  await expect(folder.store.has(content)).rejects.toMatchObject(refused);
  await expect(folder.store.read(content)).rejects.toMatchObject(refused);
  await expect(folder.store.list()).rejects.toMatchObject(refused);
  await expect(folder.store.remove(content.sha256)).rejects.toMatchObject(refused);
});
