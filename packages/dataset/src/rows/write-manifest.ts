import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { writeAtomically } from "../tables/write-atomically.ts";
import { manifestText } from "./manifest-text.ts";
import type { Manifest } from "./manifest.ts";

/** Writes the manifest of a dataset or reference; last, for it vouches for the rows. DIRECTORY_NOT_WRITABLE. */
export async function writeManifest(directory: string, manifest: Manifest): Promise<void> {
  await writeAtomically(join(directory, "manifest.json"), (temporary) => writeFile(temporary, manifestText(manifest)));
}
