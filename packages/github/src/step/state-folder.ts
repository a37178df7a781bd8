import { randomUUID } from "node:crypto";
import path from "node:path";
import { stateDirectory } from "@rehearse/providers";

/**
 * Where a step keeps its ledgers: a folder of its own in the runner's temporary folder, so that its post step looks at nothing else; but the user's
 * own state directory where the environment is kept, because it outlives the job.
 */
export function stateFolder({ temporary, keep }: { readonly temporary: string; readonly keep: boolean }): string {
  return keep ? stateDirectory({ ...process.env, CI: undefined }) : path.join(temporary, `rehearse-${randomUUID()}`);
}
