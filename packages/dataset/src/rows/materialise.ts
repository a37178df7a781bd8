import { join } from "node:path";
import { messageOf, RehearseError } from "@rehearse/errors";
import { storedColumns } from "../types/canonical-type.ts";
import type { Dataset } from "./dataset.ts";
import { digestRows } from "./digest.ts";
import type { Extraction } from "./extraction.ts";
import { longestRow, readExtraction, rowTooLong, type ExtractionSource } from "./read-extraction.ts";
import type { Tables } from "../tables/tables.ts";
import { makeDirectory } from "../tables/write-atomically.ts";
import { writeParquet } from "../tables/write-parquet.ts";
import { contentOf } from "./content-of.ts";
import { mostColumns, type Manifest } from "./manifest.ts";
import { writeManifest } from "./write-manifest.ts";

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
  requireFewColumns(extraction);
  const write = async (longest: number): Promise<Dataset> => {
    const source = await readExtraction(tables, { extraction, longest });
    return await writeDataset({ tables, directory, title: extraction.file, facts: extraction, source });
  };
  try {
    return await write(longestRow.usual);
  } catch (error) {
    if (!(error instanceof RehearseError && rowTooLong.test(messageOf(error.cause)))) throw error;
    return await write(longestRow.most);
  }
}

interface RowsToWrite {
  readonly tables: Tables;
  readonly directory: string;
  /** How messages call what is read. */
  readonly title: string;
  readonly facts: Pick<Extraction, "columns" | "key" | "read" | "rows" | "engineDigest">;
  readonly source: ExtractionSource;
}

/** Writes rows into a directory of their own, with a manifest that vouches for them. DATASET_UNREADABLE. */
export async function writeDataset({ tables, directory, title, facts, source }: RowsToWrite): Promise<Dataset> {
  const columns = storedColumns(facts.columns);
  await makeDirectory(directory);
  const parquet = join(directory, "rows.parquet");
  const written = await writeParquet({ tables, file: parquet, columns, ...source, doing: `reading ${title}` });
  // Over what was written, not what was read: a file that cannot be read back is noticed now.
  const [digest, content] = await Promise.all([digestRows({ tables, parquet, columns, ignore: [], rows: written }), contentOf(parquet)]);
  agree({ title, said: facts.rows ?? written, written, readBack: digest.rows });
  const manifest: Manifest = {
    version: 2,
    columns: [...facts.columns],
    key: [...facts.key],
    read: facts.read,
    rows: digest.rows,
    digest,
    file: { name: "rows.parquet", place: "here", ...content },
    engineDigest: facts.engineDigest,
  };
  await writeManifest(directory, manifest);
  return { directory, manifest, parquet };
}

/** Refuses what no dataset can be. DATASET_UNREADABLE. */
export function requireFewColumns({ file, columns }: Pick<Extraction, "file" | "columns">): void {
  if (columns.length <= mostColumns) return;
  throw new RehearseError({
    code: "DATASET_UNREADABLE",
    message: `${file} has more columns than a dataset may have`,
    expected: `at most ${mostColumns} columns`,
    got: `${columns.length} columns`,
    hint: "Write a query in place of the table, with the columns that matter.",
  });
}

function agree({ title, said, written, readBack }: { title: string; said: number; written: number; readBack: number }): void {
  if (said === written && written === readBack) return;
  throw new RehearseError({
    code: "DATASET_UNREADABLE",
    message: `the number of rows of ${title} does not agree`,
    expected: `${said} rows, as the engine said`,
    got: `${written} read, ${readBack} after writing them`,
    hint: "The extraction was cut short, or the disk is failing: run it again.",
  });
}
