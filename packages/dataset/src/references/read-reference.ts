import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { RehearseError, messageOf } from "@rehearse/errors";
import { storedColumns } from "../types/canonical-type.ts";
import type { Cell } from "../compare/comparison.ts";
import type { Dataset } from "../rows/dataset.ts";
import type { Manifest } from "../rows/manifest.ts";
import { materialise } from "../rows/materialise.ts";
import { readManifest, unreadable, verifyDigest, verifyParquet } from "../rows/read-dataset.ts";
import { referenceCells } from "./reference-text.ts";
import type { Tables } from "../tables/tables.ts";

/**
 * Reads an accepted reference and verifies its digest; null where there is none. REFERENCE_INVALID where it is damaged or was changed by hand.
 * A reference kept as text lives in an intermediate file, as long as the tables.
 */
export async function readReference({ tables, directory }: { tables: Tables; directory: string }): Promise<Dataset | null> {
  try {
    const manifest = await readManifest(directory);
    if (manifest === null) return null;
    if (manifest.file === "rows.ndjson") return await readText({ tables, directory, manifest });
    const dataset = { directory, manifest, parquet: join(directory, manifest.file) };
    await verifyParquet(tables, dataset);
    return dataset;
  } catch (error) {
    if (!(error instanceof RehearseError) || error.code !== "DATASET_UNREADABLE") throw error;
    const { message, expected, got } = error;
    const hint = "Restore it from version control, or run `rehearse accept` after a rehearsal whose data is right.";
    throw new RehearseError({
      code: "REFERENCE_INVALID",
      message: `the reference cannot be trusted: ${message}`,
      expected,
      got,
      hint,
      cause: error,
    });
  }
}

async function readText({ tables, directory, manifest }: { tables: Tables; directory: string; manifest: Manifest }): Promise<Dataset> {
  const rows = join(directory, manifest.file);
  const columns = storedColumns(manifest.columns);
  const lines = (await readLines(rows)).map((line, index) => {
    try {
      return csvLine(referenceCells(columns, line));
    } catch (error) {
      throw unreadable({ message: `${rows}, line ${index + 1}: ${messageOf(error)}`, cause: error });
    }
  });
  const file = tables.temporaryFile(".csv");
  await writeFile(file, lines.join(""));
  const dataset = await materialise({
    tables,
    extraction: { ...manifest, rows: lines.length, format: "csv", file },
    directory: tables.temporaryFile(""),
  });
  await rm(file);
  verifyDigest({ manifest, rows, digest: dataset.manifest.digest });
  return { directory, manifest, parquet: dataset.parquet };
}

async function readLines(file: string): Promise<string[]> {
  try {
    const text = await readFile(file, "utf8");
    return text.split("\n").filter((line) => line.trim() !== "");
  } catch (error) {
    throw unreadable({ message: `${file} cannot be read: ${messageOf(error)}`, cause: error });
  }
}

function csvLine(cells: readonly Cell[]): string {
  return `${cells.map((cell) => (cell === null ? String.raw`\N` : `"${cell.replaceAll('"', '""')}"`)).join(",")}\n`;
}
