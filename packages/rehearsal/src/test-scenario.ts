import type { Scenario } from "@rehearse/config";
import type { ProviderName } from "@rehearse/providers";
import { againstRequest } from "./against/against-request.ts";
import { headCommit } from "./against/head-commit.ts";
import { prepareSide } from "./against/prepare-side.ts";
import { sidesOf } from "./against/sides-of.ts";
import { bringUp } from "./environment/bring-up.ts";
import { leftEnvironment, type LeftEnvironment } from "./environment/left-environment.ts";
import { exitCodeOf } from "./judge/verdict-of.ts";
import { judgeRun } from "./judge-run.ts";
import { loadScenario } from "./load-scenario.ts";
import { maskedReport } from "./masked-report.ts";
import type { Report } from "./model/report.ts";
import { openTableEngine } from "./open-table-engine.ts";
import { performRun } from "./perform-run.ts";
import type { Progress } from "./progress.ts";
import { requireUsableRules } from "./require-usable-rules.ts";
import { keptTeardown, wholeTeardown } from "./run-teardown.ts";
import { later } from "./steps/later.ts";
import { maskFailure } from "./steps/mask-secrets.ts";
import { planSteps } from "./steps/plan-steps.ts";
import { removeReport } from "./store/report-store.ts";
import { beginRun, writeRun } from "./store/run-store.ts";
import { foldersOf } from "./store/scenario-folders.ts";

export interface TestRequest {
  /** The scenario's folder or file, as the user named it. */
  readonly path: string;
  readonly provider: ProviderName;
  /** Leave the environment running afterwards. */
  readonly keep: boolean;
  /** What to compare with: `stored` (the default), `base`, a revision of git, or the id of a run. */
  readonly against?: string | undefined;
  /** Whether the revision is rehearsed twice, so that what differs by itself is known. */
  readonly noise?: boolean | undefined;
  /** The one stage to rehearse; null or left out: all. */
  readonly only?: string | null | undefined;
  /** What the head is to be merged into, as revisions; the first that exists counts. Empty where nobody said. */
  readonly mergesInto?: readonly string[];
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
  const { keep, signal, progress, only = null } = request;
  const started = { at: new Date(), time: performance.now() };
  const asked = againstRequest(request.against ?? "stored", { noise: request.noise ?? false });
  const scenario = await loadScenario(request.path);
  const plan = planSteps(scenario, only);
  await removeReport(scenario);
  const opening = later(openTableEngine({ directory: foldersOf(scenario).state, signal, progress }));
  // Registered first, so that it is closed last.
  await using opened = new AsyncDisposableStack();
  opened.defer(async () => (await opening.catch(() => null))?.[Symbol.asyncDispose]());
  await requireUsableRules(scenario, opening);
  const secrets = [...(request.secrets ?? [])];
  const onSecret = (secret: string): void => {
    secrets.push(secret);
    request.onSecret?.(secret);
  };
  const up = { provider: request.provider, secrets: request.secrets, onSecret, signal, progress };
  await using side = await prepareSide(asked, { scenario, mergesInto: request.mergesInto ?? [], tables: opening, up });
  await using running = await bringUp({ ...up, scenario, directory: scenario.directory, mode: keep ? "up" : "test" });
  const tables = await opening;
  try {
    const id = `${started.at.toISOString().replaceAll(/[-:]/g, "").slice(0, 15)}-${running.environment.id}`;
    const { against } = side;
    const folder = await beginRun(scenario, { id, needed: against.kind === "run" ? against.run : null });
    const before = await side.keepIn(folder);
    const { references } = await sidesOf({ id, against }, { scenario, tables });
    const run = await performRun({
      id,
      scenario,
      commit: later(headCommit(scenario.directory, signal)),
      plan,
      only,
      running,
      tables,
      seedsOf: scenario,
      folder,
      against,
      references,
      started,
      signal,
      progress,
    });
    await writeRun(scenario, run);
    signal.throwIfAborted();
    // What there is to judge lies on disk: the environment goes meanwhile.
    const judging = judgeRun({ scenario, path: request.path, run, tables, today: run.startedAt.slice(0, 10), progress });
    const kept = keep ? await leftEnvironment(running) : null;
    const [judged, down] = await Promise.allSettled([judging, kept === null ? running.down() : null]);
    if (down.status === "rejected") throw judged.status === "rejected" ? judged.reason : down.reason;
    const teardown = down.value === null ? keptTeardown(running, before) : wholeTeardown(down.value, before);
    const ended = { teardown, wallMs: performance.now() - started.time };
    await writeRun(scenario, { ...run, ...ended });
    if (judged.status === "rejected") throw judged.reason;
    const report = maskedReport({ ...judged.value, ...ended }, [...secrets, ...running.secrets]);
    return { report, exitCode: exitCodeOf(judged.value.verdict), scenario, kept };
  } catch (thrown) {
    throw maskFailure(thrown, [...secrets, ...running.secrets]);
  }
}
