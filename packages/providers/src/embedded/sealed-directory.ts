import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, statSync } from "node:fs";
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { RehearseError, systemReason } from "@rehearse/errors";
import type { z } from "zod";
import { contentOf, manifestSchema, stampsOf, stampsSchema, type Content, type Manifest, type Stamps } from "./manifest.ts";

export interface SealedDirectory {
  /** Absolute; never changes once it is there. */
  readonly path: string;
  /** Fills an empty directory. Called when `path` is not there yet; two runs at once may both call it, and one of the results is kept. */
  readonly make: (directory: string) => Promise<void>;
}

const abandonedAfterMs = 60 * 60 * 1000;

// Two services of one engine start at once: what is being made is made once.
const filling = new Map<string, Promise<void>>();

/**
 * A directory in the cache that is made once, and each time proves that it is as it was made. Resolves to where the made files are.
 * ENGINE_CORRUPT where one is missing, added or changed; DIRECTORY_NOT_WRITABLE where the cache is.
 */
export async function sealedDirectory({ path, make }: SealedDirectory): Promise<string> {
  if (!existsSync(path)) await fillOnce({ path, make });
  await verify(path);
  return join(path, "files");
}

async function fillOnce(sealed: SealedDirectory): Promise<void> {
  const making = filling.get(sealed.path) ?? fill(sealed).finally(() => filling.delete(sealed.path));
  filling.set(sealed.path, making);
  await making;
}

async function fill({ path, make }: SealedDirectory): Promise<void> {
  const part = `${path}.part-${randomBytes(6).toString("hex")}`;
  const files = join(part, "files");
  await mkdir(files, { recursive: true }).catch((error: unknown) => {
    throw notWritable(dirname(path), error);
  });
  try {
    await sweep(dirname(path));
    await make(files);
    const stamps = stampsOf(files);
    const manifest: Manifest = {};
    for (const file of Object.keys(stamps)) manifest[file] = await contentOf(files, file);
    await writeFile(join(part, "manifest.json"), JSON.stringify(manifest));
    await writeFile(join(part, "stamps.json"), JSON.stringify(stamps));
    await rename(part, path).catch((error: unknown) => {
      // Another run was faster: what it made is as good.
      if (!existsSync(path)) throw notWritable(dirname(path), error);
    });
  } finally {
    await rm(part, { recursive: true, force: true });
  }
}

/** Removes what a killed run left half made. */
async function sweep(directory: string): Promise<void> {
  for (const name of await readdir(directory)) {
    if (!/\.part-[0-9a-f]{12}$/.test(name)) continue;
    const part = join(directory, name);
    const found = statSync(part, { throwIfNoEntry: false });
    if (found !== undefined && Date.now() - found.mtimeMs > abandonedAfterMs) await rm(part, { recursive: true, force: true });
  }
}

/** Files whose stamps have not moved since they were hashed are not read again. */
async function verify(path: string): Promise<void> {
  const files = join(path, "files");
  const manifest = read(path, "manifest.json", manifestSchema);
  const known = read(path, "stamps.json", stampsSchema);
  const stamps = stampsOf(files);
  const lost = Object.keys(manifest).find((file) => stamps[file] === undefined);
  if (lost !== undefined) throw corrupt(path, `${lost} is missing`);
  const moved = Object.keys(stamps).filter((file) => stamps[file] !== known[file]);
  for (const file of moved) {
    const expected = manifest[file];
    if (expected === undefined) throw corrupt(path, `${file} was added`);
    if (!same(expected, await contentOf(files, file))) throw corrupt(path, `${file} was changed`);
  }
  if (moved.length > 0) await record(path, stamps);
}

function same(a: Content, b: Content): boolean {
  if ("link" in a || "link" in b) return "link" in a && "link" in b && a.link === b.link;
  return a.sha256 === b.sha256 && a.size === b.size;
}

function read<T>(path: string, file: string, schema: z.ZodType<T>): T {
  try {
    return schema.parse(JSON.parse(readFileSync(join(path, file), "utf8")));
  } catch (error) {
    throw corrupt(path, `${file} cannot be read`, error);
  }
}

/** Only spares time: a cache that cannot be written, such as an image's, is hashed each time. */
async function record(path: string, stamps: Stamps): Promise<void> {
  const part = join(path, `stamps.json.${randomBytes(6).toString("hex")}`);
  try {
    await writeFile(part, JSON.stringify(stamps));
    await rename(part, join(path, "stamps.json"));
  } catch (error) {
    if (!isNotWritable(error)) throw error;
  }
}

function isNotWritable(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "EACCES" || error.code === "EROFS" || error.code === "EPERM");
}

function corrupt(path: string, what: string, cause?: unknown): RehearseError {
  return new RehearseError({
    code: "ENGINE_CORRUPT",
    message: `The cached ${basename(path)} is not as it was fetched: ${what}.`,
    hint: `Delete ${path}: the next run fetches it anew.`,
    cause,
  });
}

function notWritable(directory: string, cause: unknown): RehearseError {
  return new RehearseError({
    code: "DIRECTORY_NOT_WRITABLE",
    message: `Engines cannot be kept in ${directory}: ${systemReason(cause)}.`,
    hint: "Set REHEARSE_CACHE to a directory that you may write to.",
    cause,
  });
}
