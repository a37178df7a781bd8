import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { RehearseError, messageOf, type Failure } from "@rehearse/errors";
import { storedColumns } from "./canonical-type.ts";
import type { Dataset } from "./dataset.ts";
import { digestRows } from "./digest.ts";
import { manifestSchema, type Manifest } from "./manifest.ts";
import { parquetFields } from "./read-extraction.ts";
import { storageType } from "./storage-type.ts";
import type { Tables } from "./tables.ts";
import { isSystemError } from "./write-atomically.ts";
import { parquetWidth } from "./write-parquet.ts";

/**
 * Reads a dataset that `materialise` wrote, every byte of it: DATASET_NOT_FOUND where there is none, DATASET_UNREADABLE where its manifest and rows
 * do not agree, or either is damaged.
 */
export async function readDataset({ tables, directory }: { tables: Tables; directory: string }): Promise<Dataset> {
  const manifest = await readManifest(directory);
  if (manifest === null) throw new RehearseError({ code: "DATASET_NOT_FOUND", message: `there is no dataset in ${directory}`, hint: "Run the rehearsal again: its files were removed." });
  const dataset = { directory, manifest, parquet: join(directory, manifest.file) };
  await verifyParquet(tables, dataset);
  return dataset;
}

/** The manifest in a directory, null where there is none. DATASET_UNREADABLE where it is damaged. */
export async function readManifest(directory: string): Promise<Manifest | null> {
  const file = join(directory, "manifest.json");
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if (isSystemError(error) && error.code === "ENOENT") return null;
    throw unreadable({ message: `${file} cannot be read: ${messageOf(error)}`, cause: error });
  }
  try {
    return checkedManifest(file, manifestSchema.parse(JSON.parse(text)));
  } catch (error) {
    if (error instanceof RehearseError) throw error;
    throw unreadable({ message: `${file} is damaged: ${messageOf(error)}`, cause: error });
  }
}

/** What the schema cannot say. */
function checkedManifest(file: string, manifest: Manifest): Manifest {
  const names = new Set(manifest.columns.map(({ name }) => name));
  const lost = manifest.key.find((name) => !names.has(name));
  if (lost !== undefined) throw unreadable({ message: `${file} names the key column ${JSON.stringify(lost)}, which is none of its columns` });
  return manifest;
}

/** Checks rows against their manifest: columns, types, count and digest. */
export async function verifyParquet(tables: Tables, { manifest, parquet }: Dataset): Promise<void> {
  const columns = storedColumns(manifest.columns);
  const expected = columns.length === 0 ? ["BOOLEAN"] : columns.map(({ type }) => storageType(type));
  const got = (await parquetFields(tables, parquet)).map(({ type }) => type);
  if (expected.join() !== got.join()) throw unreadable({ message: `${parquet} does not have the columns that its manifest lists`, expected: expected.join(", "), got: got.join(", ") });
  const width = parquetWidth(columns.length);
  const digest = await digestRows({ tables, file: parquet, width, columns, positions: columns.map((_, index) => index), doing: `reading ${parquet}` });
  verifyDigest({ manifest, rows: parquet, digest });
}

/** Checks the count and digest of rows that were read against what their manifest says. */
export function verifyDigest({ manifest, rows, digest }: { manifest: Manifest; rows: string; digest: Manifest["digest"] }): void {
  if (manifest.rows !== digest.rows || manifest.digest.rows !== digest.rows)
    throw unreadable({ message: `${rows} does not have the rows that its manifest counts`, expected: `${manifest.rows} rows`, got: `${digest.rows} rows` });
  if (manifest.digest.algorithm !== digest.algorithm)
    throw unreadable({ message: `the digest of ${rows} was made in a way that this version does not know`, expected: digest.algorithm, got: manifest.digest.algorithm });
  if (manifest.digest.value !== digest.value)
    throw unreadable({ message: `${rows} or its manifest was changed after it was written: the digest does not fit`, expected: manifest.digest.value, got: digest.value });
}

/** A dataset at rest that cannot be trusted. */
export function unreadable(failure: Pick<Failure, "message" | "expected" | "got" | "cause">): RehearseError {
  return new RehearseError({ code: "DATASET_UNREADABLE", hint: "The files were changed or damaged: run the rehearsal again.", ...failure });
}
