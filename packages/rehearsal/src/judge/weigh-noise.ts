import type { StageConfig } from "@rehearse/config";
import type { Check } from "../model/report.ts";
import type { JudgeInput } from "./judge-input.ts";
import { besideNoise, noiseNote, noiseOf, type Noise } from "./noise.ts";
import { factOf } from "./stage-facts.ts";

type NoiseInput = Pick<JudgeInput, "run" | "references" | "again" | "tables" | "openDataset" | "today"> & {
  readonly stages: readonly StageConfig[];
};

/** The checks beside what differs by itself, where the references were made twice; and a note for each dataset that does so and is told nowhere else. */
export async function weighNoise(
  checks: readonly Check[],
  input: NoiseInput,
): Promise<{ readonly checks: Check[]; readonly notes: string[] }> {
  const { stages, references, again, tables, today } = input;
  if (again === null) return { checks: [...checks], notes: [] };
  const noises = await noiseOf(stages, { references, again, tables, today });
  const weighed: Check[] = [];
  const told = new Set<Noise>();
  for (const check of checks) {
    const noise = noises.find(({ stage, config }) => check.kind === "diff" && stage.name === check.stage && config.name === check.name);
    const after = noise === undefined ? check : await weigh(check, noise, input);
    if (noise !== undefined && after !== check) told.add(noise);
    weighed.push(after);
  }
  return { checks: weighed, notes: noises.filter((noise) => !told.has(noise)).map(noiseNote) };
}

async function weigh(check: Check, noise: Noise, { run, references, tables, openDataset, today }: NoiseInput): Promise<Check> {
  const written = factOf(run, check.stage)?.writes.find(({ dataset }) => dataset === check.name);
  const reference = await references.read(check.stage, check.name);
  if (written === undefined || reference === null) return check;
  return besideNoise(check, { noise, tables, today, reference, current: await openDataset(written.directory) });
}
