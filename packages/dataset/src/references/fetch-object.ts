import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import { dirname, join } from "node:path";
import { RehearseError, messageOf } from "@rehearse/errors";
import { contentOf } from "../rows/content-of.ts";
import type { Content } from "../rows/manifest.ts";
import { isSystemError, makeDirectory, writeAtomically } from "../tables/write-atomically.ts";
import { objectSteps } from "./object-name.ts";
import type { ObjectStore } from "./object-store.ts";
import { storeInvalid } from "./store-failure.ts";

const noStore = "the scenario's file names no store (`references.store`)";

/** Where references are kept whose bytes are not in the work tree. */
export interface ReferenceStorage {
  /** Null where the scenario has none. */
  readonly store: ObjectStore | null;
  /** Absolute path of a folder of this user's own for what was fetched. */
  readonly cache: string;
}

/**
 * The path of a file with exactly this content: in the cache, or fetched into it. Whatever comes from either is verified first.
 * REFERENCE_MISSING where the store has none, REFERENCE_INVALID where it has something else, STORE_UNAVAILABLE, DIRECTORY_NOT_WRITABLE.
 */
export async function fetchObject(content: Content, storage: ReferenceStorage | undefined): Promise<string> {
  if (storage === undefined) throw missing(content, noStore);
  const { store, cache } = storage;
  const cached = await cachedObject(content, cache);
  if (cached !== null) return cached;
  if (store === null) throw missing(content, noStore);
  const chunks = await store.read(content);
  if (chunks === null) throw missing(content, `the store ${store.title} has no such object`);
  const file = join(cache, ...objectSteps(content.sha256));
  await makeDirectory(dirname(file));
  await writeAtomically(file, async (temporary) => {
    const got = await save({ chunks, file: temporary, most: content.bytes });
    const problem = `what lies there as ${content.sha256} has other bytes`;
    if (got !== content.sha256) throw storeInvalid({ title: store.title, problem, got });
  });
  return file;
}

/** The path of a file with exactly this content in the cache, null where there is none. Takes the time of reading it once. */
export async function cachedObject(content: Content, cache: string): Promise<string | null> {
  const file = join(cache, ...objectSteps(content.sha256));
  return (await isIntact(file, content)) ? file : null;
}

/** Whether the file is there; one with other bytes gives way to what is fetched. */
async function isIntact(file: string, content: Content): Promise<boolean> {
  const got = await contentOf(file).catch((error: unknown) => {
    if (isSystemError(error) && error.code === "ENOENT") return null;
    throw new RehearseError({
      code: "DIRECTORY_NOT_WRITABLE",
      message: `the cache of references cannot be read: ${messageOf(error)}`,
      hint: "Make it this user's own, or name another one: REHEARSE_CACHE=<folder>.",
      cause: error,
    });
  });
  return got?.sha256 === content.sha256;
}

/** Writes what comes, and no more than it may; resolves to its SHA-256. */
async function save({ chunks, file, most }: { chunks: AsyncIterable<Uint8Array>; file: string; most: number }): Promise<string> {
  const hash = createHash("sha256");
  await using handle = await open(file, "wx", 0o600);
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > most) return `more than the ${most} bytes that its manifest says`;
    hash.update(chunk);
    await handle.writeFile(chunk);
  }
  return hash.digest("hex");
}

function missing({ sha256, bytes }: Content, why: string): RehearseError {
  return new RehearseError({
    code: "REFERENCE_MISSING",
    message: `the rows of a reference are missing: ${why}`,
    expected: `${bytes} bytes with the SHA-256 ${sha256}`,
    got: "nothing",
    hint: "Ask whoever accepted it to put it there, or run `rehearse accept` after a rehearsal whose data is right.",
  });
}
