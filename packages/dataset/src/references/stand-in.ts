import { constants, copyFile, link } from "node:fs/promises";
import { join } from "node:path";
import type { Dataset } from "../rows/dataset.ts";
import type { TableShape } from "../rows/extraction.ts";
import type { Manifest } from "../rows/manifest.ts";
import { writeManifest } from "../rows/write-manifest.ts";
import { makeDirectory, writeAtomically } from "../tables/write-atomically.ts";

/** What is said of a column that was ignored when its table was not read. */
const notRead = "it was ignored, and not read: the engine's digest vouched for the other columns";

/**
 * Makes a dataset in `directory` of a reference's own rows, for a table of this shape that has the reference's digest: what an extraction would give, but
 * for the columns that the reference lacks, which are listed as not comparable. The reference was verified. DIRECTORY_NOT_WRITABLE.
 */
export async function standIn({
  reference,
  shape,
  directory,
}: {
  readonly reference: Dataset;
  readonly shape: TableShape;
  readonly directory: string;
}): Promise<Dataset> {
  const { version, columns: held, rows, digest, file, engineDigest } = reference.manifest;
  if (file.name !== "rows.parquet") throw new Error("a reference with an engine's digest is large, and large ones are kept as Parquet");
  await makeDirectory(directory);
  const parquet = join(directory, file.name);
  // Files of references are replaced, never written to. Not every file system, and none across its border, can give a file a second name.
  await writeAtomically(parquet, (temporary) =>
    link(reference.parquet, temporary).catch(() => copyFile(reference.parquet, temporary, constants.COPYFILE_FICLONE)),
  );
  const columns = shape.columns.map(
    (column) => held.find(({ name }) => name === column.name) ?? { ...column, type: { notComparable: notRead } },
  );
  const manifest: Manifest = {
    version,
    columns,
    key: shape.key,
    read: shape.read,
    rows,
    digest,
    file: { ...file, place: "here" },
    engineDigest,
  };
  await writeManifest(directory, manifest);
  return { directory, manifest, parquet };
}
