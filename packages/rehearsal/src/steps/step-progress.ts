import type { SeedConfig } from "@rehearse/config";
import type { SeedFact, StageFact } from "../model/run.ts";
import type { ProgressEvent } from "../progress.ts";

/** What to say of a seed that was put in. */
export function seedProgress(fact: SeedFact, seed: SeedConfig): ProgressEvent {
  const what = seed.from.kind === "script" ? "statement" : "row";
  const text = `${grouped(fact.rows)} ${what}${fact.rows === 1 ? "" : "s"} → ${fact.into}`;
  return { state: "done", step: "seed", text, wallMs: fact.wallMs, maxRssBytes: null };
}

/** What to say of a stage that has ended, while what it wrote is read. */
export function readingProgress(
  stage: string,
  { dataset, megabytes }: { readonly dataset: string; readonly megabytes: number },
): ProgressEvent {
  const text = `reading ${dataset}: ${grouped(megabytes)} MB`;
  return { state: "running", step: stage, text, wallMs: null, maxRssBytes: null };
}

/** What to say of a stage that ended. */
export function stageProgress(fact: StageFact): ProgressEvent {
  const failure = fact.timedOut
    ? "ran out of time"
    : fact.signal !== null
      ? `ended by ${fact.signal}`
      : fact.exitCode !== 0
        ? `exited with ${fact.exitCode}`
        : null;
  const text = failure ?? fact.writes.map(written).join(" · ");
  return { state: failure === null ? "done" : "failed", step: fact.name, text, wallMs: fact.wallMs, maxRssBytes: fact.maxRssBytes };
}

function written({ dataset, rows, vouched }: StageFact["writes"][number]): string {
  return `${grouped(rows)} → ${dataset}${vouched === undefined ? "" : ", digest unchanged"}`;
}

/** With thousands separators. To ask a locale for them takes 50 ms at the first time. */
function grouped(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ",");
}
