import { fetchObject } from "@rehearse/dataset";
import { storedReferences, type StoredReference } from "./stored-references.ts";

/** Brings the rows of every reference that lies in the store into the cache, so that a rehearsal needs no network for them; resolves to those it fetched. */
export async function fetchReferences({ path }: { readonly path: string }): Promise<readonly StoredReference[]> {
  const { references, storage } = await storedReferences({ path });
  const missing = references.filter(({ place }) => place === "store");
  for (const { manifest } of missing) if (manifest.file.name === "rows.parquet") await fetchObject(manifest.file, storage);
  return missing;
}
