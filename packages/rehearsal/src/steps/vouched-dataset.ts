import { isDeepStrictEqual } from "node:util";
import { standIn, type Dataset } from "@rehearse/dataset";
import { RehearseError } from "@rehearse/errors";
import type { Snapshot } from "@rehearse/services";
import type { StepContext } from "./step-context.ts";

export interface VouchedTable {
  readonly stage: string;
  /** By the name of its reference. */
  readonly dataset: string;
  /** By the name that its engine knows. */
  readonly table: string;
  readonly ignore: readonly string[];
  readonly snapshot: Snapshot;
  /** Where the dataset goes. */
  readonly directory: string;
}

/**
 * The dataset of a table that has the engine's digest with which its reference was accepted: the reference's own rows, without reading the table.
 * Null where it has to be read: the digest is another one, or was made in another way, or the reference cannot be used.
 */
export async function vouchedDataset(
  { stage, dataset, table, ignore, snapshot, directory }: VouchedTable,
  { references }: Pick<StepContext, "references">,
): Promise<Dataset | null> {
  const accepted = await unlessUnusable(() => references.engineDigest(stage, dataset));
  if (accepted === null || !isDeepStrictEqual(new Set(accepted.ignore), new Set(ignore))) return null;
  const now = await snapshot.digest(table, { ignore });
  if (now === null || !isDeepStrictEqual(now.digest, accepted)) return null;
  const reference = await unlessUnusable(() => references.read(stage, dataset));
  // It may have been accepted anew since it was looked at.
  if (reference === null || !isDeepStrictEqual(reference.manifest.engineDigest, accepted)) return null;
  return await standIn({ reference, shape: now.shape, directory });
}

/** What is wrong with a reference is told when the run is compared with it: here it only means that the table has to be read. */
async function unlessUnusable<T>(read: () => Promise<T | null>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof RehearseError) return null;
    throw error;
  }
}
