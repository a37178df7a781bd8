import type { Scenario } from "@rehearse/config";
import { RehearseError } from "@rehearse/errors";
import { againstRequest } from "./against/against-request.ts";
import { exitCodeOf } from "./judge/verdict-of.ts";
import { judgeRun } from "./judge-run.ts";
import { leftSecrets } from "./left-secrets.ts";
import { loadScenario } from "./load-scenario.ts";
import { maskedReport } from "./masked-report.ts";
import type { Against } from "./model/against.ts";
import type { Report } from "./model/report.ts";
import { openTableEngine } from "./open-table-engine.ts";
import type { Progress } from "./progress.ts";
import { latestRun, readRun } from "./store/run-store.ts";
import { foldersOf } from "./store/scenario-folders.ts";

export interface CheckRequest {
  /** The scenario's folder or file, as the user named it. */
  readonly path: string;
  /** The id of the run; left out: the latest. */
  readonly run?: string | undefined;
  /** `stored`, or the id of a run; left out: what it was compared with when it ran. */
  readonly against?: string | undefined;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

export interface CheckResult {
  readonly report: Report;
  readonly exitCode: 0 | 1;
  readonly scenario: Pick<Scenario, "directory" | "file">;
}

/** The verdict on a run that is over, under the rules and references of today: nothing runs again. RUN_NOT_FOUND; USAGE where something would have to run. */
export async function checkRun({ path, run: id, against, signal, progress }: CheckRequest): Promise<CheckResult> {
  const scenario = await loadScenario(path);
  const facts = id === undefined ? await latestRun(scenario) : await readRun(scenario, id);
  const run = against === undefined ? facts : { ...facts, against: withoutRunning(against) };
  await using tables = await openTableEngine({ directory: foldersOf(scenario).state, signal, progress });
  const report = await judgeRun({ scenario, path, run, tables, today: new Date().toISOString().slice(0, 10), progress });
  return { report: maskedReport(report, await leftSecrets(run.environment)), exitCode: exitCodeOf(report.verdict), scenario };
}

function withoutRunning(against: string): Against {
  const asked = againstRequest(against, { noise: false });
  if (asked.kind !== "revision") return asked;
  throw new RehearseError({
    code: "USAGE",
    message: `A check runs nothing, and ${against} would have to be rehearsed.`,
    expected: "--against stored, or the id of a run",
    got: against,
    hint: `rehearse test --against ${against}`,
  });
}
