import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { RehearseError } from "@rehearse/errors";
import { storedColumns } from "../types/canonical-type.ts";
import type { Dataset } from "./dataset.ts";
import { digestRows } from "./digest.ts";
import type { Extraction } from "./extraction.ts";
import type { Manifest } from "./manifest.ts";
import { readExtraction } from "./read-extraction.ts";
import type { Tables } from "../tables/tables.ts";
import { makeDirectory, writeAtomically } from "../tables/write-atomically.ts";
import { writeParquet } from "../tables/write-parquet.ts";

/**
 * Reads what an engine extracted into typed rows in `directory` (`rows.parquet`, `manifest.json`; made where it is missing), in the order it gave them.
 * DATASET_UNREADABLE names the column and value that do not fit their type exactly, or what else was wrong: nothing is rounded, nothing left out.
 */
export async function materialise({
  tables,
  extraction,
  directory,
}: {
  tables: Tables;
  extraction: Extraction;
  directory: string;
}): Promise<Dataset> {
  const columns = storedColumns(extraction.columns);
  const source = await readExtraction(tables, extraction);
  await makeDirectory(directory);
  const parquet = join(directory, "rows.parquet");
  const written = await writeParquet({ tables, file: parquet, columns, ...source, doing: `reading ${extraction.file}` });
  // Over what was written, not what was read: a file that cannot be read back is noticed now.
  const digest = await digestRows({ tables, parquet, columns, ignore: [] });
  agree({ extraction, written, readBack: digest.rows });
  const manifest: Manifest = {
    version: 1,
    rows: digest.rows,
    columns: [...extraction.columns],
    key: [...extraction.key],
    ...(extraction.read === undefined ? {} : { read: extraction.read }),
    digest,
    file: "rows.parquet",
  };
  await writeManifest(directory, manifest);
  return { directory, manifest, parquet };
}

/** Writes the manifest of a dataset or reference; last, for it vouches for the rows. */
export async function writeManifest(directory: string, manifest: Manifest): Promise<void> {
  await writeAtomically(join(directory, "manifest.json"), (temporary) => writeFile(temporary, `${JSON.stringify(manifest, null, 2)}\n`));
}

function agree({ extraction, written, readBack }: { extraction: Extraction; written: number; readBack: number }): void {
  const said = extraction.rows ?? written;
  if (said === written && written === readBack) return;
  throw new RehearseError({
    code: "DATASET_UNREADABLE",
    message: `the number of rows of ${extraction.file} does not agree`,
    expected: `${said} rows, as the engine said`,
    got: `${written} read, ${readBack} after writing them`,
    hint: "The extraction was cut short, or the disk is failing: run it again.",
  });
}
