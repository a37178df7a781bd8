import path from "node:path";
import { openTables, readDataset } from "@rehearse/dataset";
import { listEnvironment } from "@rehearse/providers";
import { bringUp } from "./environment/bring-up.ts";
import { leftEnvironment, type LeftEnvironment } from "./environment/left-environment.ts";
import type { RunningEnvironment } from "./environment/running-environment.ts";
import { judge } from "./judge/judge.ts";
import { exitCodeOf } from "./judge/verdict-of.ts";
import { loadScenario } from "./load-scenario.ts";
import { nextCommands } from "./model/next-commands.ts";
import type { Report } from "./model/report.ts";
import type { Run, Teardown } from "./model/run.ts";
import type { Progress } from "./progress.ts";
import { runSteps } from "./steps/run-steps.ts";
import { TableWatch } from "./steps/table-watch.ts";
import { ReferenceStore } from "./store/reference-store.ts";
import { removeReport } from "./store/report-store.ts";
import { beginRun, writeRun } from "./store/run-store.ts";
import { foldersOf } from "./store/scenario-folders.ts";

export interface TestRequest {
  /** The scenario's folder or file, as the user named it. */
  readonly path: string;
  /** Leave the environment running afterwards. */
  readonly keep: boolean;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

export interface TestResult {
  readonly report: Report;
  readonly exitCode: 0 | 1;
  readonly scenario: { readonly directory: string };
  /** The environment, where it was kept. */
  readonly kept: LeftEnvironment | null;
}

/** A whole rehearsal: up, steps, check, down. Whatever happens on the way, the environment is taken down, unless the run ended and it is to be kept. */
export async function testScenario({ path: file, keep, signal, progress }: TestRequest): Promise<TestResult> {
  const start = performance.now();
  const startedAt = new Date();
  const scenario = await loadScenario(file);
  await removeReport(scenario);
  await using tables = await openTables({ directory: foldersOf(scenario).state });
  await using running = await bringUp({ scenario, mode: "test", signal, progress });
  const id = `${startedAt.toISOString().replaceAll(/[-:]/g, "").slice(0, 15)}-${running.environment.id}`;
  const runFolder = await beginRun(scenario, id);
  const watch = new TableWatch(running.sessions);
  const anySignal = AbortSignal.any([signal, running.lost]);
  const facts = await runSteps({ scenario, environment: running, tables, watch, runFolder, signal: anySignal }, progress);
  const run: Run = {
    version: 1,
    id,
    scenario: scenario.name,
    environment: running.environment.id,
    startedAt: startedAt.toISOString(),
    wallMs: performance.now() - start,
    provider: { name: "embedded", reason: "real engines as local processes", engines: enginesOf(running) },
    steps: [...facts.steps],
    assertions: [...facts.assertions],
    teardown: null,
  };
  await writeRun(scenario, run);

  const checking = performance.now();
  const report = await judge({
    scenario,
    run,
    tables,
    openDataset: (directory) => readDataset(path.join(runFolder, directory)),
    references: new ReferenceStore(scenario, tables),
    next: nextCommands(file),
  });
  const exitCode = exitCodeOf(report.verdict);
  progress({
    state: exitCode === 0 ? "done" : "failed",
    step: "check",
    text: tally(report),
    wallMs: performance.now() - checking,
    maxRssBytes: null,
  });

  signal.throwIfAborted();
  const kept = keep ? await leftEnvironment(running) : null;
  const teardown = kept === null ? takenDown(await running.down()) : keptTeardown(running);
  const ended = { teardown, wallMs: performance.now() - start };
  await writeRun(scenario, { ...run, ...ended });
  return { report: { ...report, ...ended }, exitCode, scenario, kept };
}

function enginesOf(running: RunningEnvironment): Run["provider"]["engines"] {
  return [...running.services.values()].map(({ name, server: { engine, session } }) => ({
    service: name,
    engine: engine.name,
    title: engine.title,
    version: session.version,
  }));
}

function takenDown({ leftovers, ...counts }: Awaited<ReturnType<RunningEnvironment["down"]>>): Teardown {
  return { ...counts, leftovers: [...leftovers], kept: false };
}

function keptTeardown(running: RunningEnvironment): Teardown {
  const things = listEnvironment(running.environment.ledger.file)?.things ?? 0;
  return { created: things, removed: 0, left: things, leftovers: [], kept: true };
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
