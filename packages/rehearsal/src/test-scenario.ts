import path from "node:path";
import type { Scenario } from "@rehearse/config";
import { readDataset, type Tables } from "@rehearse/dataset";
import { listEnvironment, type ProviderName } from "@rehearse/providers";
import { bringUp } from "./environment/bring-up.ts";
import { leftEnvironment, type LeftEnvironment } from "./environment/left-environment.ts";
import type { RunningEnvironment } from "./environment/running-environment.ts";
import { judge } from "./judge/judge.ts";
import { exitCodeOf } from "./judge/verdict-of.ts";
import { loadScenario } from "./load-scenario.ts";
import { nextCommands } from "./model/next-commands.ts";
import { reportSchema, type Report } from "./model/report.ts";
import { runSchema, type Run, type Teardown } from "./model/run.ts";
import { openTableEngine } from "./open-table-engine.ts";
import type { Progress } from "./progress.ts";
import { later } from "./steps/later.ts";
import { maskFailure, maskSecrets } from "./steps/mask-secrets.ts";
import { runSteps } from "./steps/run-steps.ts";
import { TableWatch } from "./steps/table-watch.ts";
import { ReferenceStore } from "./store/reference-store.ts";
import { removeReport } from "./store/report-store.ts";
import { beginRun, writeRun } from "./store/run-store.ts";
import { foldersOf } from "./store/scenario-folders.ts";

export interface TestRequest {
  /** The scenario's folder or file, as the user named it. */
  readonly path: string;
  readonly provider: ProviderName;
  /** Leave the environment running afterwards. */
  readonly keep: boolean;
  readonly signal: AbortSignal;
  readonly progress: Progress;
  /** Secrets of the caller, such as a token: no report and no file of the run shows them. */
  readonly secrets?: readonly string[];
  /** Told of every secret as soon as it is made, before anything can show it. */
  readonly onSecret?: (secret: string) => void;
}

export interface TestResult {
  readonly report: Report;
  readonly exitCode: 0 | 1;
  readonly scenario: Pick<Scenario, "directory" | "file">;
  /** The environment, where it was kept. */
  readonly kept: LeftEnvironment | null;
}

/** A whole rehearsal: up, steps, check, down. Whatever happens on the way, the environment is taken down, unless the run ended and it is to be kept. */
export async function testScenario(request: TestRequest): Promise<TestResult> {
  const { provider, keep, signal, progress } = request;
  const started = { at: new Date(), time: performance.now() };
  const scenario = await loadScenario(request.path);
  await removeReport(scenario);
  const { secrets, onSecret } = request;
  const opening = later(openTableEngine({ directory: foldersOf(scenario).state, signal, progress }));
  // Registered first, so that it is closed last.
  await using opened = new AsyncDisposableStack();
  opened.defer(async () => (await opening.catch(() => null))?.[Symbol.asyncDispose]());
  await using running = await bringUp({ scenario, provider, mode: keep ? "up" : "test", signal, progress, secrets, onSecret });
  const tables = await opening;
  try {
    const { run, runFolder } = await runAll({ scenario, running, tables, started, request });
    signal.throwIfAborted();
    // What there is to judge lies on disk: the environment goes meanwhile.
    const judging = judgeRun({ scenario, run, runFolder, tables, request });
    const kept = keep ? await leftEnvironment(running) : null;
    const [judged, down] = await Promise.allSettled([judging, kept === null ? running.down() : null]);
    if (judged.status === "rejected") throw judged.reason;
    if (down.status === "rejected") throw down.reason;
    const teardown = down.value === null ? keptTeardown(running) : takenDown(down.value);
    const ended = { teardown, wallMs: performance.now() - started.time };
    await writeRun(scenario, { ...run, ...ended });
    return { report: shownReport({ ...judged.value, ...ended }, running), exitCode: exitCodeOf(judged.value.verdict), scenario, kept };
  } catch (thrown) {
    throw maskFailure(thrown, running.secrets);
  }
}

/** Data may hold a secret that a stage wrote there: a report shows none. */
function shownReport(report: Report, running: RunningEnvironment): Report {
  return reportSchema.parse(JSON.parse(maskSecrets(JSON.stringify(report), running.secrets)));
}

interface RunParts {
  readonly scenario: Scenario;
  readonly running: RunningEnvironment;
  readonly tables: Tables;
  readonly started: { readonly at: Date; readonly time: number };
  readonly request: TestRequest;
}

/** Runs all steps; the facts are on disk, without secrets, when this resolves. */
async function runAll({ scenario, running, tables, started, request }: RunParts): Promise<{ run: Run; runFolder: string }> {
  const id = `${started.at.toISOString().replaceAll(/[-:]/g, "").slice(0, 15)}-${running.environment.id}`;
  const runFolder = await beginRun(scenario, id);
  const watch = new TableWatch(running.sessions);
  const signal = AbortSignal.any([request.signal, running.lost]);
  const facts = await runSteps({ scenario, environment: running, tables, watch, runFolder, signal }, request.progress);
  const run: Run = {
    version: 1,
    id,
    scenario: scenario.name,
    environment: running.environment.id,
    startedAt: started.at.toISOString(),
    wallMs: performance.now() - started.time,
    provider: { name: running.provider.name, reason: running.provider.reason, engines: enginesOf(running) },
    steps: [...facts.steps],
    assertions: [...facts.assertions],
    teardown: null,
  };
  const shown = runSchema.parse(JSON.parse(maskSecrets(JSON.stringify(run), running.secrets)));
  await writeRun(scenario, shown);
  return { run: shown, runFolder };
}

interface JudgeParts extends Pick<RunParts, "scenario" | "tables" | "request"> {
  readonly run: Run;
  readonly runFolder: string;
}

async function judgeRun({ scenario, run, runFolder, tables, request }: JudgeParts): Promise<Report> {
  const start = performance.now();
  const report = await judge({
    scenario,
    run,
    tables,
    openDataset: (directory) => readDataset(path.join(runFolder, directory)),
    references: new ReferenceStore(scenario, tables),
    next: nextCommands(request.path),
  });
  const state = exitCodeOf(report.verdict) === 0 ? "done" : "failed";
  request.progress({ state, step: "check", text: tally(report), wallMs: performance.now() - start, maxRssBytes: null });
  return report;
}

function enginesOf(running: RunningEnvironment): Run["provider"]["engines"] {
  return [...running.services.values()].map(({ name, server: { engine, title, version } }) => ({
    service: name,
    engine: engine.name,
    title,
    version,
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
