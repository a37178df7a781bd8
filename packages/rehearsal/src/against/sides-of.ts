import path from "node:path";
import type { Scenario } from "@rehearse/config";
import type { Tables } from "@rehearse/dataset";
import type { References } from "../judge/references.ts";
import type { Run } from "../model/run.ts";
import { ReferenceStore } from "../store/reference-store.ts";
import { readFacts, readRun, runFolder } from "../store/run-store.ts";
import { comparedParts, runReferences } from "./run-references.ts";

/** All that a run is compared with. */
export interface Sides {
  readonly references: References;
  /** The same made once more, where that was asked for: what differs between the two differs by itself. */
  readonly again: References | null;
  /** The facts of the run that made the references; null where they are stored, or where there are none. */
  readonly compared: Pick<Run, "steps"> | null;
}

/** Opens what a run is compared with, as its facts say. RUN_NOT_FOUND where that is a run which is gone. */
export async function sidesOf(
  { id, against }: Pick<Run, "id" | "against">,
  { scenario, tables }: { readonly scenario: Scenario; readonly tables: Tables },
): Promise<Sides> {
  if (against.kind === "stored") return { references: new ReferenceStore(scenario, tables), again: null, compared: null };
  if (against.kind === "run") {
    const run = await readRun(scenario, against.run);
    const folder = runFolder(scenario, against.run);
    return { references: runReferences({ run, folder, title: `run ${against.run}`, failure: null }), again: null, compared: run };
  }
  const title = `commit ${against.commit.slice(0, 7)}`;
  const [first, again] = await Promise.all(
    comparedParts.map(async (part) => {
      const folder = path.join(runFolder(scenario, id), part);
      const run = await readFacts(folder);
      return { run, references: runReferences({ run, folder, title, failure: against.failure }) };
    }),
  );
  if (first === undefined || again === undefined) throw new Error("a revision is rehearsed in these parts");
  return { references: first.references, again: again.run === null ? null : again.references, compared: first.run };
}
