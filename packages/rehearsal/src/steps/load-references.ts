import { rm } from "node:fs/promises";
import path from "node:path";
import type { StageConfig } from "@rehearse/config";
import { writeRestoration } from "@rehearse/dataset";
import { RehearseError } from "@rehearse/errors";
import type { SingleStage } from "../model/single-stage.ts";
import type { StepContext } from "./step-context.ts";

/**
 * Puts the tables that a stage writes into the state in which their references have them, as if it had run. REFERENCE_MISSING where one has no
 * reference.
 */
export async function loadReferences(stage: StageConfig, context: StepContext): Promise<SingleStage["loaded"]> {
  const { references } = context;
  const loaded: SingleStage["loaded"] = [];
  for (const { name, service, source } of stage.writes) {
    if (service === undefined || !("table" in source)) continue;
    const dataset = await references.read(stage.name, name);
    if (dataset === null) throw noReference(stage.name, { dataset: name, ...references.missing(stage.name, name) });
    const file = path.join(context.environment.scratch, `restore-${crypto.randomUUID()}`);
    try {
      const restoration = await writeRestoration({ tables: context.tables, dataset, file });
      const rows = await context.environment.session(service).restore(source.table, restoration);
      loaded.push({ stage: stage.name, dataset: name, rows });
    } finally {
      await rm(file, { force: true });
    }
  }
  await context.watch.look(new Set(stage.writes.flatMap(({ service }) => service ?? [])));
  return loaded;
}

function noReference(
  stage: string,
  { dataset, reason, hint }: { readonly dataset: string; readonly reason: string; readonly hint: string },
): RehearseError {
  return new RehearseError({
    code: "REFERENCE_MISSING",
    message: `A stage alone needs what the stages before it wrote: ${dataset} after ${stage} cannot be loaded: ${reason}.`,
    expected: "a reference of every table that an earlier stage writes",
    hint: hint === "" ? "Rehearse the whole scenario: leave out --only." : `Rehearse the whole scenario, without --only; then: ${hint}`,
  });
}
