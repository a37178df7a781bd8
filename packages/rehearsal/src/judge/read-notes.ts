import type { Scenario, StageConfig } from "@rehearse/config";
import { nearest } from "@rehearse/errors";
import { readVerdicts, type ReadFacts } from "./read-verdicts.ts";
import { factOf } from "./stage-facts.ts";

/**
 * Notes on what stages declare to read: a table that was not there, and rows from seeds that are not those of the references, whatever came of them. Of the
 * latter nothing, where it is told already which seeds gave others.
 */
export function readNotes(stages: readonly StageConfig[], facts: ReadFacts, { seedsTold }: { readonly seedsTold: boolean }): string[] {
  return [...stages.flatMap((stage) => missing(stage, facts)), ...(seedsTold ? [] : moved(stages, facts))];
}

function missing(stage: StageConfig, { run, scenario }: ReadFacts): string[] {
  const absent = factOf(run, stage.name)?.reads.filter(({ digest }) => digest === "absent") ?? [];
  return absent.map(({ dataset }) => {
    const meant = nearest(dataset, tablesOf(scenario, dataset));
    return `${stage.name} reads ${dataset}, but there was no such table when it began${meant === undefined ? "" : `; did you mean ${meant}?`}`;
  });
}

/** What else the file speaks of. */
function tablesOf({ stages, seeds }: Scenario, dataset: string): string[] {
  const named = stages.flatMap(({ reads, writes }) => [...reads, ...writes].map(({ name }) => name));
  const seeded = seeds.flatMap(({ service, table }) => (table === undefined ? [] : [`${service}.${table}`]));
  return [...new Set([...named, ...seeded])].filter((name) => name !== dataset);
}

function moved(stages: readonly StageConfig[], facts: ReadFacts): string[] {
  const readers = new Map<string, string[]>();
  for (const stage of stages)
    for (const { dataset, from, verdict } of readVerdicts(stage, facts))
      if (from === "seed" && verdict === "different") readers.set(dataset, [...(readers.get(dataset) ?? []), stage.name]);
  return [...readers].map(
    ([dataset, names]) =>
      `${dataset}, as the seeds left it for ${names.join(", ")}, is not what the references were made from: a seed has changed, or one gives something ` +
      `new each time, as now() does: then fix its values, or leave the column out with checks.diff.${dataset}.ignore`,
  );
}
