import type { Scenario, StageConfig } from "@rehearse/config";
import type { Check } from "../model/report.ts";
import type { Run } from "../model/run.ts";
import { factOf } from "./stage-facts.ts";

/** What is known of everything that stages read: the run's facts, its checks, and the digests that the reads had when the references were accepted. */
export interface ReadFacts {
  readonly scenario: Scenario;
  readonly run: Run;
  readonly checks: readonly Check[];
  readonly acceptedReads: ReadonlyMap<string, Readonly<Record<string, string>>>;
}

export interface ReadVerdict {
  readonly dataset: string;
  /** The stage that wrote it last, or `seed`. */
  readonly from: string;
  /** Null where the stage did not run. */
  readonly rows: number | null;
  readonly verdict: "same" | "different" | "not compared";
}

/** Whether each dataset that a stage read was, when the stage started, what it was when the references were accepted. */
export function readVerdicts(stage: StageConfig, { scenario, run, checks, acceptedReads }: ReadFacts): ReadVerdict[] {
  const fact = factOf(run, stage.name);
  return stage.reads.map(({ name }) => {
    const writer = lastWriter(scenario, stage, name);
    const read = fact?.reads.find(({ dataset }) => dataset === name);
    const now = read?.digest;
    const accepted = acceptedReads.get(stage.name)?.[name];
    const written = checks.find((check) => check.kind === "diff" && check.stage === writer && check.name === name)?.verdict;
    const verdict =
      now !== undefined && accepted !== undefined && areComparable(now, accepted)
        ? now === accepted
          ? "same"
          : "different"
        : written === "same"
          ? "same"
          : written === "different" || written === "expected"
            ? "different"
            : "not compared";
    return { dataset: name, from: writer ?? "seed", rows: read?.rows ?? null, verdict };
  });
}

/** Digests of two algorithms say nothing about each other; that a table was not there says something beside any. Twice not there is a view, or a wrong name. */
function areComparable(now: string, accepted: string): boolean {
  if (now === "absent" && accepted === "absent") return false;
  const algorithmOf = (digest: string): string => digest.slice(0, digest.lastIndexOf(":") + 1);
  return now === "absent" || accepted === "absent" || algorithmOf(now) === algorithmOf(accepted);
}

/** The last stage before `stage`, in the order in which they run, that writes the dataset. */
function lastWriter(scenario: Scenario, stage: StageConfig, dataset: string): string | undefined {
  const before = scenario.order.slice(
    0,
    scenario.order.findIndex((step) => step.kind === "stage" && step.name === stage.name),
  );
  return before.findLast((step): step is StageConfig => step.kind === "stage" && step.writes.some((write) => write.name === dataset))?.name;
}
