import { access, open } from "node:fs/promises";
import { join } from "node:path";
import { RehearseError, messageOf, type Failure } from "@rehearse/errors";
import { storedColumns } from "../types/canonical-type.ts";
import { contentOf } from "./content-of.ts";
import type { Dataset } from "./dataset.ts";
import { parseManifest } from "./manifest-text.ts";
import type { Manifest } from "./manifest.ts";
import { fileLiteral } from "../tables/sql-text.ts";
import { storageType } from "../types/storage-type.ts";
import type { Tables } from "../tables/tables.ts";
import { isSystemError } from "../tables/write-atomically.ts";
import { mostRowsPerByte } from "../tables/write-parquet.ts";

/** A manifest of the most columns there may be, with long names, has a few megabytes. */
const longestManifest = 16 * 2 ** 20;

/**
 * Opens a dataset that `materialise` wrote; whoever uses its rows verifies them against the manifest.
 * DATASET_NOT_FOUND where there is none, DATASET_UNREADABLE where its manifest is damaged or its rows are gone.
 */
export async function readDataset(directory: string): Promise<Dataset> {
  const manifest = await readManifest(directory);
  if (manifest === null)
    throw new RehearseError({
      code: "DATASET_NOT_FOUND",
      message: `there is no dataset in ${directory}`,
      hint: "Run the rehearsal again: its files were removed.",
    });
  const parquet = join(directory, manifest.file.name);
  await access(parquet).catch((cause: unknown) => {
    throw unreadable({ message: `${parquet} cannot be read: ${messageOf(cause)}`, cause });
  });
  return { directory, manifest, parquet };
}

/** The manifest in a directory, null where there is none. DATASET_UNREADABLE where it is damaged. */
export async function readManifest(directory: string): Promise<Manifest | null> {
  const file = join(directory, "manifest.json");
  const text = await readLimited(file, longestManifest);
  if (text === null) return null;
  try {
    return checkedManifest(file, parseManifest(text));
  } catch (error) {
    if (error instanceof RehearseError) throw error;
    throw unreadable({ message: `${file} is damaged: ${messageOf(error)}`, cause: error });
  }
}

/** The text of a file, null where there is none. DATASET_UNREADABLE where it is longer than it can be, or not to be read. */
export async function readLimited(file: string, most: number): Promise<string | null> {
  try {
    await using handle = await open(file, "r");
    const { size } = await handle.stat();
    if (size > most) throw unreadable({ message: `${file} is too long`, expected: `at most ${most} bytes`, got: `${size} bytes` });
    return await handle.readFile("utf8");
  } catch (error) {
    if (error instanceof RehearseError) throw error;
    if (isSystemError(error) && error.code === "ENOENT") return null;
    throw unreadable({ message: `${file} cannot be read: ${messageOf(error)}`, cause: error });
  }
}

/** What the schema cannot say. */
function checkedManifest(file: string, manifest: Manifest): Manifest {
  const names = new Set(manifest.columns.map(({ name }) => name));
  const lost = manifest.key.find((name) => !names.has(name));
  if (lost !== undefined)
    throw unreadable({ message: `${file} names the key column ${JSON.stringify(lost)}, which is none of its columns` });
  return manifest;
}

/**
 * Checks what the head and tail of a Parquet file say against its manifest: columns, types, number of rows, and that it has no more rows than a file
 * of its size can have that we wrote: such a one would take days to read. Reads no values. DATASET_UNREADABLE.
 */
export async function verifyShape(tables: Tables, { manifest, parquet }: Dataset): Promise<void> {
  const columns = storedColumns(manifest.columns);
  const expected = columns.length === 0 ? ["BOOLEAN"] : columns.map(({ type }) => storageType(type));
  const file = fileLiteral(parquet);
  const [[got = null, rows, bytes] = []] = await tables.query(
    `SELECT (SELECT string_agg(column_type, ', ') FROM (DESCRIBE SELECT * FROM read_parquet(${file}, hive_partitioning = false))), num_rows, file_size_bytes
     FROM parquet_file_metadata(${file})`,
    `reading ${parquet}`,
  );
  if (got !== expected.join(", "))
    throw unreadable({
      message: `${parquet} does not have the columns that its manifest lists`,
      expected: expected.join(", "),
      got: got ?? "none",
    });
  verifyCount({ manifest, parquet, rows: Number(rows) });
  const most = Number(bytes) * mostRowsPerByte;
  if (Number(rows) > most)
    throw unreadable({
      message: `${parquet} says that it has more rows than fit`,
      expected: `at most ${most} rows in ${bytes} bytes`,
      got: `${rows} rows`,
    });
}

/** Checks a Parquet file against its manifest: every byte of it, then its shape. DATASET_UNREADABLE. */
export async function verifyBytes(tables: Tables, dataset: Dataset): Promise<void> {
  const { manifest, parquet } = dataset;
  if (manifest.file.name !== "rows.parquet") throw unreadable({ message: `${dataset.directory} holds no Parquet` });
  const { sha256, bytes } = await contentOf(parquet).catch((cause: unknown) => {
    throw unreadable({ message: `${parquet} cannot be read: ${messageOf(cause)}`, cause });
  });
  if (sha256 !== manifest.file.sha256)
    throw unreadable({
      message: `${parquet} was changed after it was written: its digest is not the one in its manifest`,
      expected: `${manifest.file.bytes} bytes with the SHA-256 ${manifest.file.sha256}`,
      got: `${bytes} bytes with ${sha256}`,
    });
  await verifyShape(tables, dataset);
}

function verifyCount({ manifest, parquet, rows }: { manifest: Manifest; parquet: string; rows: number }): void {
  if (manifest.rows === rows && manifest.digest.rows === rows) return;
  throw unreadable({
    message: `${parquet} does not have the rows that its manifest counts`,
    expected: `${manifest.rows} rows`,
    got: `${rows} rows`,
  });
}

/** Checks the count and digest of rows that were read against what their manifest says. */
export function verifyDigest({ manifest, rows, digest }: { manifest: Manifest; rows: string; digest: Manifest["digest"] }): void {
  verifyCount({ manifest, parquet: rows, rows: digest.rows });
  if (manifest.digest.algorithm !== digest.algorithm)
    throw unreadable({
      message: `the digest of ${rows} was made in a way that this version does not know`,
      expected: digest.algorithm,
      got: manifest.digest.algorithm,
    });
  if (manifest.digest.value !== digest.value)
    throw unreadable({
      message: `${rows} or its manifest was changed after it was written: the digest does not fit`,
      expected: manifest.digest.value,
      got: digest.value,
    });
}

/** A dataset at rest that cannot be trusted. */
export function unreadable(failure: Pick<Failure, "message" | "expected" | "got" | "cause">): RehearseError {
  return new RehearseError({ code: "DATASET_UNREADABLE", hint: "The files were changed or damaged: run the rehearsal again.", ...failure });
}
