import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { parse } from "yaml";
import { z } from "zod";

const datasetSchema = z.union([z.string(), z.looseObject({ name: z.string() })]);
const scenarioSchema = z.looseObject({
  stages: z.record(z.string(), z.looseObject({ needs: z.array(z.string()).default([]), writes: z.array(datasetSchema).default([]) })),
  seeds: z.array(z.looseObject({ after: z.string() })),
  checks: z.looseObject({ diff: z.record(z.string(), z.unknown()), assert: z.array(z.looseObject({ after: z.string() })) }),
});

/** Leaves of a copy of a scenario only one stage and what it needs, with their seeds, checks and references. */
export async function cutAfter(directory: string, last: string): Promise<void> {
  const file = path.join(directory, "rehearse.yml");
  const { stages, seeds, checks, ...rest } = scenarioSchema.parse(parse(await readFile(file, "utf8")));
  const kept = new Set<string>();
  const keep = (name: string): void => {
    kept.add(name);
    for (const needed of stages[name]?.needs ?? []) keep(needed);
  };
  keep(last);
  const written = [...kept].flatMap((name) => stages[name]?.writes ?? []);
  const datasets = new Set(written.map((dataset) => (typeof dataset === "string" ? dataset : dataset.name)));
  const cut = {
    ...rest,
    stages: keysIn(stages, kept),
    seeds: seeds.filter(({ after }) => kept.has(after) && after !== last),
    checks: { ...checks, diff: keysIn(checks.diff, datasets), assert: checks.assert.filter(({ after }) => kept.has(after)) },
  };
  // JSON is YAML.
  await writeFile(file, JSON.stringify(cut, null, 2));
  const references = path.join(directory, "references");
  for (const stage of await readdir(references)) if (!kept.has(stage)) await rm(path.join(references, stage), { recursive: true });
}

function keysIn<T>(record: Readonly<Record<string, T>>, keys: ReadonlySet<string>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => keys.has(key)));
}
