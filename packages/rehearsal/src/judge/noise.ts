import type { DatasetConfig, StageConfig } from "@rehearse/config";
import type { Dataset, Tables } from "@rehearse/dataset";
import type { Check } from "../model/report.ts";
import { judgeDataset } from "./judge-dataset.ts";
import type { References } from "./references.ts";

/** What of a dataset differed between two rehearsals of one commit. */
export interface Noise {
  readonly stage: StageConfig;
  readonly config: DatasetConfig;
  readonly columns: readonly { readonly name: string; readonly rows: number }[];
  /** Rows that were in one of them only, on the side that had more. */
  readonly rows: number;
}

interface TwoSides {
  readonly references: References;
  readonly again: References;
  readonly tables: Tables;
  readonly today: string;
}

/** Every dataset that differed between two rehearsals of one commit, under today's rules. */
export async function noiseOf(stages: readonly StageConfig[], { references, again, ...at }: TwoSides): Promise<Noise[]> {
  const found: Noise[] = [];
  for (const stage of stages) {
    for (const config of stage.writes) {
      const [reference, current] = await Promise.all([references.read(stage.name, config.name), again.read(stage.name, config.name)]);
      if (reference === null || current === null) continue;
      const { verdict, counts, detail } = await compared({ ...at, stage, config, current, reference });
      if (verdict !== "different" || counts === null || detail?.kind !== "diff") continue;
      const columns = detail.columns.filter(({ changed }) => changed > 0).map(({ name, changed }) => ({ name, rows: changed }));
      found.push({ stage, config, columns, rows: Math.max(counts.added, counts.removed) });
    }
  }
  return found;
}

/** The check of a dataset beside what differs by itself: where it differs only there, nobody can say whether the change did it. */
export async function besideNoise(
  check: Check,
  { noise, ...sides }: { readonly noise: Noise } & Omit<Pair, "stage" | "config">,
): Promise<Check> {
  if (check.verdict !== "different") return check;
  const { stage, config, columns, rows } = noise;
  const names = columns.map(({ name }) => name);
  const rules = Object.entries(config.columns).filter(([name]) => !names.includes(name));
  const quiet = { ...config, ignore: [...config.ignore, ...names], columns: Object.fromEntries(rules) };
  const rest = await compared({ ...sides, stage, config: quiet });
  if (rest.verdict !== "same" && !onlyRowsComeAndGo(rest, rows)) return check;
  return {
    ...check,
    verdict: "inconclusive",
    reason: `it differs only in what differs by itself: ${volatile(noise)}`,
    hint: ruleFor(noise),
  };
}

/** What to say of a dataset that differs by itself. */
export function noiseNote(noise: Noise): string {
  return `${noise.config.name} after ${noise.stage.name} differs by itself: ${volatile(noise)}; ${ruleFor(noise)}`;
}

function volatile({ columns, rows }: Noise): string {
  const parts = columns.map(({ name, rows: changed }) => `${name} in ${changed} row${changed === 1 ? "" : "s"}`);
  return [...parts, ...(rows === 0 ? [] : [`${rows} row${rows === 1 ? " comes and goes" : "s come and go"}`])].join(", ");
}

function ruleFor({ config, columns }: Noise): string {
  if (columns.length === 0)
    return `give checks.diff.${config.name} a key that is the same in every run, or let the stage write the same rows`;
  const ignored = [...config.ignore, ...columns.map(({ name }) => name)];
  return `the rule for that is checks.diff.${config.name}: { ignore: [${ignored.join(", ")}] }`;
}

function onlyRowsComeAndGo({ verdict, counts, detail }: Check, rows: number): boolean {
  if (verdict !== "different" || counts === null || detail?.kind !== "diff") return false;
  const { changed, added, removed } = counts;
  return changed === 0 && added <= rows && removed <= rows && detail.schema.length === 0 && detail.keyProblems.length === 0;
}

type Pair = Pick<Parameters<typeof judgeDataset>[0], "tables" | "today" | "stage" | "config"> & {
  readonly current: Dataset;
  readonly reference: Dataset;
};

/** Both are there, and differences that are expected of the head excuse nothing here. */
async function compared({ config, ...pair }: Pair): Promise<Check> {
  const none = { reason: "", hint: "" };
  return (await judgeDataset({ ...pair, config: { ...config, expected: [] }, missing: "", unreferenced: none })).check;
}
