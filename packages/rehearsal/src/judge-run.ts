import path from "node:path";
import type { Scenario } from "@rehearse/config";
import { readDataset, type Tables } from "@rehearse/dataset";
import { rehearseCommand } from "@rehearse/process";
import { sidesOf } from "./against/sides-of.ts";
import { expiryNotes } from "./expiry-notes.ts";
import { judge } from "./judge/judge.ts";
import { exitCodeOf } from "./judge/verdict-of.ts";
import { nextCommands } from "./model/next-commands.ts";
import type { Report } from "./model/report.ts";
import type { Run } from "./model/run.ts";
import type { Progress } from "./progress.ts";
import { runFolder } from "./store/run-store.ts";

export interface RunToJudge {
  readonly scenario: Scenario;
  /** The scenario as the user named it. */
  readonly path: string;
  readonly run: Run;
  readonly tables: Tables;
  /** The day, in UTC, under whose rules it is judged, as `2027-01-31`. */
  readonly today: string;
  readonly progress: Progress;
}

/** The report of a run whose facts and datasets lie on disk, under the rules of today. The same files give the same report. */
export async function judgeRun({ scenario, path: named, run, tables, today, progress }: RunToJudge): Promise<Report> {
  const start = performance.now();
  const judged = await judge({
    scenario,
    run,
    tables,
    today,
    openDataset: (directory) => readDataset(path.join(runFolder(scenario, run.id), directory)),
    ...(await sidesOf(run, { scenario, tables })),
    next: nextCommands({ command: rehearseCommand(), scenario: named }, run),
  });
  const report = { ...judged, notes: [...judged.notes, ...expiryNotes(scenario, { only: run.only, today })] };
  const state = exitCodeOf(report.verdict) === 0 ? "done" : "failed";
  progress({ state, step: "check", text: tally(report), wallMs: performance.now() - start, maxRssBytes: null });
  return report;
}

/** `3 different · 9 same · 1 not compared`, in the order of weight. */
function tally(report: Report): string {
  const order = ["failed", "different", "not compared", "inconclusive", "expected", "same"] as const;
  const counts = order.map((verdict) => [report.checks.filter((check) => check.verdict === verdict).length, verdict] as const);
  return (
    counts
      .filter(([count]) => count > 0)
      .map(([count, verdict]) => `${count} ${verdict}`)
      .join(" · ") || "nothing was compared"
  );
}
