import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

const self = "packages/assets/src/asset-path.ts";

/**
 * The absolute path of a file or folder of this repository that is read or started, not imported: `compose/postgres.yml`. The code that asks runs
 * from its sources or from a bundle in `dist`: both lie in the repository, at different depths, so it is looked for from here upwards.
 */
export function assetPath(pathInRepository: string): string {
  return join(repository, pathInRepository);
}

const repository = repositoryAbove(import.meta.dirname);

function repositoryAbove(directory: string): string {
  if (existsSync(join(directory, self))) return directory;
  const parent = dirname(directory);
  if (parent === directory) throw new Error(`${import.meta.dirname} is in no checkout of Rehearse: no folder above it has ${self}`);
  return repositoryAbove(parent);
}
