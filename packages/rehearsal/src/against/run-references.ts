import path from "node:path";
import { readDataset } from "@rehearse/dataset";
import type { References } from "../judge/references.ts";
import { factOf, failed } from "../judge/stage-facts.ts";
import type { Run, StageFact } from "../model/run.ts";

/** Where, in the folder of a run, lies what it was compared with: a rehearsal of another commit, and its repetition. */
export const comparedParts = ["against", "again"] as const;

/** What a run wrote, as the side that another is compared with. */
export interface ComparedRun {
  /** Its facts; null where it came to none. */
  readonly run: Pick<Run, "steps"> | null;
  /** Absolute: where its datasets lie. */
  readonly folder: string;
  /** What it is called in sentences: `run 2026…`, `the base abc1234`. */
  readonly title: string;
  /** Why it came to no facts. */
  readonly failure: string | null;
}

/** The datasets of a run as references, with the digests of what its stages had read. */
export function runReferences(compared: ComparedRun): References {
  const { run, folder, title } = compared;
  const stages = run === null ? [] : run.steps.filter((step): step is StageFact => step.kind === "stage");
  return {
    async read(stage, dataset) {
      const written = stages.find(({ name }) => name === stage)?.writes.find((write) => write.dataset === dataset);
      return written === undefined ? null : await readDataset(path.join(folder, written.directory));
    },
    // A run compared with another one, or with itself at another commit, is read: neither was accepted.
    engineDigest: async () => null,
    missing: (stage, dataset) => ({ reason: whyMissing(compared, { stage, dataset }), hint: "" }),
    async reads() {
      return new Map(stages.map(({ name, reads }) => [name, Object.fromEntries(reads.map(({ dataset, digest }) => [dataset, digest]))]));
    },
    async list() {
      return stages.flatMap(({ name, writes }) => writes.map(({ dataset }) => ({ stage: name, dataset })));
    },
    obsolete: { reason: `${title} wrote it, but no stage of the file writes it any more`, hint: "" },
  };
}

function whyMissing(
  { run, title, failure }: ComparedRun,
  { stage, dataset }: { readonly stage: string; readonly dataset: string },
): string {
  if (run === null) return failure ?? `${title} has no facts`;
  const broken = run.steps.find((step): step is StageFact => step.kind === "stage" && failed(step));
  const fact = factOf(run, stage);
  if (broken !== undefined && (fact === undefined || fact === broken))
    return `in ${title}, ${broken.name} ${howItEnded(broken)}${lastWords(broken)}`;
  if (fact === undefined) return `${title} did not run ${stage}`;
  const unread = fact.unread.find((it) => it.dataset === dataset);
  return unread === undefined ? `${title} did not write it` : `in ${title}: ${unread.reason}`;
}

/** The last line that it wrote, if any. */
function lastWords({ output }: StageFact): string {
  const line = output.trimEnd().split("\n").at(-1)?.trim() ?? "";
  return line === "" ? "" : `: ${line}`;
}

/** `exited with 1`. */
function howItEnded({ timedOut, signal, exitCode }: StageFact): string {
  if (timedOut) return "ran out of time";
  return signal === null ? `exited with ${exitCode}` : `was ended by ${signal}`;
}
