import { rm } from "node:fs/promises";
import { join } from "node:path";
import { RehearseError, messageOf } from "@rehearse/errors";
import { storedColumns } from "../types/canonical-type.ts";
import type { Cell } from "../compare/comparison.ts";
import type { Dataset } from "../rows/dataset.ts";
import type { Manifest } from "../rows/manifest.ts";
import { materialise } from "../rows/materialise.ts";
import { readLimited, readManifest, unreadable, verifyBytes, verifyDigest, verifyShape } from "../rows/read-dataset.ts";
import { fetchObject, type ReferenceStorage } from "./fetch-object.ts";
import { refuseDetour } from "./reference-folder.ts";
import { longestText, referenceCells } from "./reference-text.ts";
import type { Tables } from "../tables/tables.ts";
import { writeIntermediate } from "../tables/write-atomically.ts";

/** Where a reference is. */
export interface ReferencePlace {
  /** The folder of its manifest, and of its rows where they are not in the store. */
  readonly directory: string;
  /** The folder that must hold it; the directory itself where nothing is said. */
  readonly root?: string | undefined;
  /** Where the rows are that do not lie beside their manifests. */
  readonly storage?: ReferenceStorage | undefined;
}

/**
 * Reads an accepted reference and verifies it; null where there is none. REFERENCE_INVALID where it is damaged, was changed by hand or leads elsewhere,
 * REFERENCE_MISSING where the store lacks its rows, STORE_UNAVAILABLE. A reference kept as text lives in an intermediate file, as long as the tables.
 */
export async function readReference({ tables, ...place }: ReferencePlace & { readonly tables: Tables }): Promise<Dataset | null> {
  const manifest = await readPointer(place);
  return manifest === null ? null : asReference(() => readRows({ tables, ...place, manifest }));
}

/** The manifest of a reference, which says all about it but its rows; null where there is none. REFERENCE_INVALID. */
export async function readPointer(place: ReferencePlace): Promise<Manifest | null> {
  await refuseDetour(place);
  return asReference(() => readManifest(place.directory));
}

type Rows = Pick<ReferencePlace, "directory" | "storage"> & { readonly tables: Tables; readonly manifest: Manifest };

async function readRows({ tables, directory, storage, manifest }: Rows): Promise<Dataset> {
  const { file } = manifest;
  if (file.name === "rows.ndjson") return readText({ tables, directory, manifest });
  if (file.place === "store") {
    const dataset = { directory, manifest, parquet: await fetchObject(file, storage) };
    await verifyShape(tables, dataset);
    return dataset;
  }
  const dataset = { directory, manifest, parquet: join(directory, file.name) };
  await verifyBytes(tables, dataset);
  return dataset;
}

async function readText({ tables, directory, manifest }: Rows): Promise<Dataset> {
  const rows = join(directory, manifest.file.name);
  const columns = storedColumns(manifest.columns);
  const text = await readLimited(rows, longestText);
  if (text === null) throw unreadable({ message: `${rows} is not there` });
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const csv = lines.map((line, index) => {
    try {
      return csvLine(referenceCells(columns, line));
    } catch (error) {
      throw unreadable({ message: `${rows}, line ${index + 1}: ${messageOf(error)}`, cause: error });
    }
  });
  const file = tables.temporaryFile(".csv");
  await writeIntermediate(file, csv.join(""));
  const dataset = await materialise({
    tables,
    extraction: { ...manifest, rows: lines.length, format: "csv", file },
    directory: tables.temporaryFile(""),
  });
  await rm(file);
  verifyDigest({ manifest, rows, digest: dataset.manifest.digest });
  return { directory, manifest, parquet: dataset.parquet };
}

function csvLine(cells: readonly Cell[]): string {
  return `${cells.map((cell) => (cell === null ? String.raw`\N` : `"${cell.replaceAll('"', '""')}"`)).join(",")}\n`;
}

/** What is wrong with a dataset at rest is wrong with the reference that it is. */
async function asReference<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof RehearseError) || error.code !== "DATASET_UNREADABLE") throw error;
    throw error.as({
      code: "REFERENCE_INVALID",
      message: `the reference cannot be trusted: ${error.message}`,
      hint: "Restore it from version control, or run `rehearse accept` after a rehearsal whose data is right.",
    });
  }
}
