import { rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { RehearseError } from "@rehearse/errors";
import { toText } from "../types/canonical-text.ts";
import { storedColumns, type StoredColumn } from "../types/canonical-type.ts";
import { contentOf } from "../rows/content-of.ts";
import type { Dataset } from "../rows/dataset.ts";
import { digestColumns } from "../rows/digest-columns.ts";
import { digestRanges } from "../rows/digest-ranges.ts";
import { digestDataset } from "../rows/digest.ts";
import type { EngineDigest, Manifest, Provenance } from "../rows/manifest.ts";
import { verifyBytes } from "../rows/read-dataset.ts";
import { scanStored } from "../rows/scan-stored.ts";
import { writeManifest } from "../rows/write-manifest.ts";
import { refuseDetour } from "./reference-folder.ts";
import { readPointer, readReference, type ReferencePlace } from "./read-reference.ts";
import { asText, referenceLine } from "./reference-text.ts";
import { orderOf, orderOfRows } from "../types/row-order.ts";
import type { Tables } from "../tables/tables.ts";
import { requireUniqueNames } from "../types/unique-names.ts";
import { usableKey } from "../rows/usable-key.ts";
import { makeDirectory, writeAtomically } from "../tables/write-atomically.ts";
import { writeParquet } from "../tables/write-parquet.ts";

/** The columns of a dataset that its reference keeps, and where they stand in the dataset's file. */
interface Kept {
  readonly dataset: Dataset;
  readonly columns: readonly StoredColumn[];
  readonly positions: readonly number[];
}

/** What to accept, and where. */
export interface Acceptance extends ReferencePlace {
  readonly tables: Tables;
  readonly dataset: Dataset;
  /** Columns that the reference does not keep. */
  readonly ignore: readonly string[];
  /** Parquet of more bytes than this goes to the store, where there is one. */
  readonly inlineBytes?: number;
  readonly provenance?: Provenance | undefined;
}

/**
 * Makes a dataset the reference in a directory, without the ignored columns: sorted by key (else by whole row), as text where it is small, else as Parquet,
 * there or in the store. Where the reference there has the same columns and values, nothing is touched, but for the engine's digest of them, where there is
 * a newer one. The store has the rows before the manifest names them.
 * REFERENCE_INVALID where the path leaves its root, DATASET_UNREADABLE where the dataset is not what its manifest says, QUERY_FAILED where two columns have
 * one name, DIRECTORY_NOT_WRITABLE, STORE_UNAVAILABLE.
 */
export async function acceptReference(request: Acceptance): Promise<"written" | "unchanged"> {
  const { tables, dataset, directory, ignore } = request;
  await refuseDetour(request);
  const there = await intactPointer(request);
  requireUniqueNames(dataset.manifest.columns, dataset.directory);
  await verifyBytes(tables, dataset);
  const kept = keptColumns(dataset, ignore);
  const digest = await digestDataset({ tables, dataset, ignore });
  const { version, rows, read } = dataset.manifest;
  const columns = dataset.manifest.columns.filter(({ name }) => !ignore.includes(name));
  const facts = { version, columns, key: usableKey(dataset.manifest, ignore), read, rows };
  const known = there !== null && sameFacts(facts, there) ? there : null;
  const engineDigest = engineDigestOf(dataset, ignore);
  if (known !== null && (await sameRows({ ...request, there: known, digest }))) {
    if (engineDigest === undefined || isDeepStrictEqual(known.engineDigest, engineDigest)) return "unchanged";
    await writeManifest(directory, { ...known, engineDigest });
    return "written";
  }
  await makeDirectory(directory);
  const plan = { ...request, kept, key: facts.key, order: sortOrder(kept, facts.key) };
  const text = await referenceText(plan);
  const written = text === null ? await writeRows(plan) : await writeText(directory, text);
  // Rows that are only put where they were lost are not from now.
  const provenance = isDeepStrictEqual(known?.digest, digest) ? known?.provenance : request.provenance;
  await writeManifest(directory, { ...facts, digest, ...written, engineDigest, provenance });
  for (const name of ["rows.ndjson", "rows.parquet"] as const)
    if (!liesHere(written.file, name)) await rm(join(directory, name), { force: true });
  return "written";
}

/** The engine's digest of a dataset, where it is of just the columns that the reference keeps. */
function engineDigestOf({ manifest: { engineDigest } }: Dataset, ignore: readonly string[]): EngineDigest | undefined {
  return isDeepStrictEqual(engineDigest?.ignore, [...new Set(ignore)].toSorted()) ? engineDigest : undefined;
}

function sameFacts(facts: Omit<Manifest, "digest" | "file">, there: Manifest): boolean {
  const { version, columns, key, read, rows } = there;
  return isDeepStrictEqual({ version, columns, key, read, rows }, facts);
}

type Rows = ReferencePlace & { readonly tables: Tables; readonly there: Manifest; readonly digest: Manifest["digest"] };

/** Whether the reference there has these rows, and still has them whole. One whose digest was made in another way is digested anew. */
async function sameRows({ tables, there, digest, ...place }: Rows): Promise<boolean> {
  const comparable = there.digest.algorithm === digest.algorithm;
  if (comparable && there.digest.value !== digest.value) return false;
  const store = place.storage?.store ?? null;
  if (comparable && there.file.name === "rows.parquet" && there.file.place === "store")
    return store !== null && (await store.has(there.file));
  const reference = await untrusted(() => readReference({ tables, ...place }));
  if (reference === null) return false;
  return comparable || isDeepStrictEqual(await digestDataset({ tables, dataset: reference, ignore: [] }), digest);
}

function liesHere(file: Manifest["file"], name: Manifest["file"]["name"]): boolean {
  return file.name === name && (file.name === "rows.ndjson" || file.place === "here");
}

type ReferencePlan = Acceptance & { readonly kept: Kept; readonly key: readonly string[]; readonly order: readonly string[] };

function keptColumns(dataset: Dataset, ignore: readonly string[]): Kept {
  const kept = storedColumns(dataset.manifest.columns)
    .map((column, position) => ({ column, position }))
    .filter(({ column }) => !ignore.includes(column.name));
  return { dataset, columns: kept.map(({ column }) => column), positions: kept.map(({ position }) => position) };
}

function sortOrder({ columns, positions }: Kept, key: readonly string[]): string[] {
  const placed = columns.map(({ name, type }, index) => ({ name, type, value: `c${positions[index]}` }));
  if (key.length === 0) return orderOfRows(placed);
  return key.flatMap((name) => placed.filter((column) => column.name === name)).flatMap(({ type, value }) => orderOf(type, value));
}

/** The rows as lines of JSON, null where they are too many or too long for a reviewer. */
async function referenceText({ tables, kept, order }: ReferencePlan): Promise<string | null> {
  const { dataset, columns, positions } = kept;
  if (dataset.manifest.rows > asText.rows || columns.length === 0) return null;
  const texts = columns.map(({ type }, index) => toText(type, `c${positions[index]}`));
  const doing = `reading ${dataset.parquet}`;
  const lengths = `list_sum([${texts.map((text) => `coalesce(strlen(${text}), 4)`).join(", ")}])`;
  const [[bytes] = []] = await tables.query(`SELECT sum(${lengths}) FROM ${scanStored(kept.dataset)}`, doing);
  if (Number(bytes) > asText.bytes) return null;
  const rows = await tables.query(`SELECT ${texts.join(", ")} FROM ${scanStored(kept.dataset)} ORDER BY ${order.join(", ")}`, doing);
  const text = rows.map((cells) => `${referenceLine(columns, cells)}\n`).join("");
  return Buffer.byteLength(text) > asText.bytes ? null : text;
}

type WrittenRows = Pick<Manifest, "file" | "columnDigests" | "rangeDigests">;

async function writeText(directory: string, text: string): Promise<WrittenRows> {
  await writeAtomically(join(directory, "rows.ndjson"), (temporary) => writeFile(temporary, text));
  return { file: { name: "rows.ndjson" } };
}

/** Writes the rows as Parquet, beside the manifest or to the store. */
async function writeRows({ tables, directory, storage, kept, key, order, inlineBytes = Infinity }: ReferencePlan): Promise<WrittenRows> {
  const { dataset, columns, positions } = kept;
  const beside = join(directory, ".rows.parquet");
  await using undo = new AsyncDisposableStack();
  undo.defer(() => rm(beside, { force: true }));
  const values = positions.map((position) => `c${position}`);
  await writeParquet({
    tables,
    file: beside,
    columns,
    values,
    from: scanStored(dataset),
    orderBy: order,
    doing: `reading ${dataset.parquet}`,
  });
  const written = { tables, parquet: beside, columns };
  const [content, columnDigests, rangeDigests] = await Promise.all([
    contentOf(beside),
    digestColumns(written),
    digestRanges({ ...written, key, rows: dataset.manifest.rows }),
  ]);
  const digests = { columnDigests, rangeDigests };
  const store = storage?.store ?? null;
  if (store === null || content.bytes <= inlineBytes) {
    await writeAtomically(join(directory, "rows.parquet"), (temporary) => rename(beside, temporary));
    return { file: { name: "rows.parquet", place: "here", ...content }, ...digests };
  }
  await store.put(content, beside);
  return { file: { name: "rows.parquet", place: "store", ...content }, ...digests };
}

/** The manifest of a reference that can be trusted. One that cannot is replaced: accepting is how it is mended. */
function intactPointer(place: ReferencePlace): Promise<Manifest | null> {
  return untrusted(() => readPointer(place));
}

async function untrusted<T>(read: () => Promise<T | null>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof RehearseError && (error.code === "REFERENCE_INVALID" || error.code === "REFERENCE_MISSING")) return null;
    throw error;
  }
}
