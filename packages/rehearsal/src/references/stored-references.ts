import { join } from "node:path";
import type { Scenario } from "@rehearse/config";
import { cachedObject, readPointer, type Manifest, type ReferenceStorage } from "@rehearse/dataset";
import { RehearseError } from "@rehearse/errors";
import { loadScenario } from "../load-scenario.ts";
import { referenceFolder, referenceNames, type ReferenceName } from "../store/reference-folders.ts";
import { referenceStorage } from "../store/reference-storage.ts";
import { foldersOf } from "../store/scenario-folders.ts";

/** A reference by its manifest: what is known of it without its rows. */
export interface StoredReference extends ReferenceName {
  readonly manifest: Manifest;
  /** Where its rows are: text or Parquet beside the manifest, in the store, or in the store and in this user's cache. */
  readonly place: "text" | "here" | "store" | "cached";
  /** Absolute path of its rows, null where they are not on this machine. */
  readonly path: string | null;
}

/** All references of a scenario, and where the large ones are. */
export interface StoredReferences {
  readonly scenario: Scenario;
  readonly references: readonly StoredReference[];
  readonly storage: ReferenceStorage;
}

/** Reads the manifests of all references of a scenario. CONFIG_NOT_FOUND, CONFIG_INVALID, REFERENCE_INVALID. */
export async function storedReferences({ path }: { readonly path: string }): Promise<StoredReferences> {
  const scenario = await loadScenario(path);
  const storage = referenceStorage(scenario);
  const root = foldersOf(scenario).references;
  const references: StoredReference[] = [];
  for (const name of await referenceNames(root)) {
    const directory = referenceFolder(root, name);
    const manifest = await readPointer({ directory, root });
    if (manifest !== null) references.push({ ...name, manifest, ...(await whereRowsAre(manifest, { directory, storage })) });
  }
  return { scenario, references, storage };
}

/** The one of a name as users write it, `<stage>/<dataset>`. DATASET_NOT_FOUND, with those that there are. */
export function referenceNamed(name: string, { scenario, references }: StoredReferences): StoredReference {
  const found = references.find(({ stage, dataset }) => `${stage}/${dataset}` === name);
  if (found !== undefined) return found;
  const names = references.map(({ stage, dataset }) => `${stage}/${dataset}`);
  throw new RehearseError({
    code: "DATASET_NOT_FOUND",
    message: `${scenario.name} has no reference of that name.`,
    expected: names.length === 0 ? "a reference; there is none yet" : `one of ${names.join(", ")}`,
    got: name,
    hint: names.length === 0 ? "rehearse test, then rehearse accept" : "rehearse reference list",
  });
}

async function whereRowsAre(
  { file }: Manifest,
  { directory, storage }: { readonly directory: string; readonly storage: ReferenceStorage },
): Promise<Pick<StoredReference, "place" | "path">> {
  if (file.name === "rows.parquet" && file.place === "store") {
    const cached = await cachedObject(file, storage.cache);
    return { place: cached === null ? "store" : "cached", path: cached };
  }
  return { place: file.name === "rows.ndjson" ? "text" : "here", path: join(directory, file.name) };
}
