import type { Teardown } from "@rehearse/providers";
import type { Against } from "../model/against.ts";
import { readRun } from "../store/run-store.ts";
import type { AgainstRequest } from "./against-request.ts";
import { rehearseRevision, type RevisionRehearsal } from "./rehearse-revision.ts";

/** What a run will be compared with, ready before it begins. Disposing removes what was made for it and is in no run. */
export interface PreparedSide extends AsyncDisposable {
  readonly against: Against;
  /** Moves what was made for it into the folder of the run and removes all else; says what, or null where nothing was made. */
  keepIn(runFolder: string): Promise<Teardown | null>;
}

/** Makes ready what a run is to be compared with. RUN_NOT_FOUND, REVISION_NOT_FOUND. */
export async function prepareSide(asked: AgainstRequest, request: Omit<RevisionRehearsal, "asked" | "noise">): Promise<PreparedSide> {
  if (asked.kind === "revision") return rehearseRevision({ ...request, ...asked });
  if (asked.kind === "run") await readRun(request.scenario, asked.run);
  return { against: asked, keepIn: async () => null, async [Symbol.asyncDispose]() {} };
}
