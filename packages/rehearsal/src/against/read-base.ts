import path from "node:path";
import type { Scenario } from "@rehearse/config";
import { RehearseError } from "@rehearse/errors";
import { loadScenario } from "../load-scenario.ts";
import type { Revision } from "./find-revision.ts";
import { onHeadSeeds } from "./on-head-seeds.ts";

/** The head's scenario as it is in the tree of another commit, to be rehearsed beside it. REVISION_NOT_FOUND where it is not there, or not so. */
export async function readBase(
  head: Scenario,
  { folder, revision }: { readonly folder: string; readonly revision: Revision },
): Promise<Scenario> {
  const file = path.join(folder, path.basename(head.file));
  const base = await loadScenario(file).catch((thrown: unknown) => {
    if (!(thrown instanceof RehearseError)) throw thrown;
    const missing = thrown.code === "CONFIG_NOT_FOUND";
    const place = path.posix.join(revision.folder, path.basename(head.file));
    throw unusable(revision, {
      // The tree is gone when this is read.
      why: missing ? `has no ${place} yet` : `has a file that cannot be used: ${thrown.message.replaceAll(file, place)}`,
      cause: thrown,
    });
  });
  const rehearsed = onHeadSeeds(base, head);
  if (typeof rehearsed === "string") throw unusable(revision, { why: `cannot be rehearsed on the seeds of today: ${rehearsed}` });
  return rehearsed;
}

function unusable({ commit }: Revision, { why, cause }: { readonly why: string; readonly cause?: unknown }): RehearseError {
  return new RehearseError({
    code: "REVISION_NOT_FOUND",
    message: `commit ${commit.slice(0, 7)} ${why}`,
    hint: "Compare with the stored references, or name another revision with --against.",
    cause,
  });
}
