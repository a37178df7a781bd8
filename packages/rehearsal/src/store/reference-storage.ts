import path from "node:path";
import type { Scenario } from "@rehearse/config";
import { openObjectStore, type ReferenceStorage } from "@rehearse/dataset";
import { cacheDirectory } from "@rehearse/providers";

/** Where the large references of a scenario are: in the store that its file names, and what was fetched of it in the user's cache. */
export function referenceStorage({ references }: Pick<Scenario, "references">): ReferenceStorage {
  return { store: references === undefined ? null : openObjectStore(references.store), cache: path.join(cacheDirectory(), "references") };
}
