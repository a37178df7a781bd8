import type { Scenario } from "@rehearse/config";
import type { Tables } from "@rehearse/dataset";
import type { RunningEnvironment } from "./environment/running-environment.ts";
import type { References } from "./judge/references.ts";
import type { Against } from "./model/against.ts";
import { runSchema, type Run } from "./model/run.ts";
import type { Progress } from "./progress.ts";
import { maskSecrets } from "./steps/mask-secrets.ts";
import type { PlannedStep } from "./steps/plan-steps.ts";
import { runSteps } from "./steps/run-steps.ts";
import { TableWatch } from "./steps/table-watch.ts";

export interface RunRequest {
  readonly id: string;
  readonly scenario: Scenario;
  /** What is rehearsed, as the facts name it; null outside a repository. */
  readonly commit: Promise<string | null>;
  readonly plan: readonly PlannedStep[];
  /** The one stage that is rehearsed; null for the whole scenario. */
  readonly only: string | null;
  readonly running: RunningEnvironment;
  readonly tables: Tables;
  /** The scenario whose seeds go in; the rehearsal of a base takes the head's. */
  readonly seedsOf: Pick<Scenario, "file" | "directory">;
  /** Absolute: the datasets go below it. */
  readonly folder: string;
  readonly against: Against;
  /** What it will be compared with; loaded in place of stages. */
  readonly references: References;
  readonly started: Started;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

/** When a rehearsal began: by the calendar, and by the clock that only goes forward. */
interface Started {
  readonly at: Date;
  readonly time: number;
}

/** Carries out the planned steps in a running environment. The facts come without secrets and before the tear-down. */
export async function performRun(request: RunRequest): Promise<Run> {
  const { id, scenario, running, started, against, only } = request;
  const watch = new TableWatch(running.sessions);
  const signal = AbortSignal.any([request.signal, running.lost]);
  const { tables, folder: runFolder, seedsOf, references, progress } = request;
  const context = { scenario, environment: running, tables, watch, runFolder, seedsOf, references, signal, progress };
  const { loaded, ...facts } = await runSteps(request.plan, context);
  const run: Run = {
    version: 1,
    id,
    scenario: scenario.name,
    environment: running.environment.id,
    startedAt: started.at.toISOString(),
    wallMs: performance.now() - started.time,
    commit: await request.commit,
    provider: { name: running.provider.name, reason: running.provider.reason, engines: enginesOf(running) },
    against,
    only:
      only === null ? null : { stage: only, ran: facts.steps.map(({ name }) => name).filter((name) => name !== only), loaded: [...loaded] },
    steps: [...facts.steps],
    assertions: [...facts.assertions],
    teardown: null,
  };
  return runSchema.parse(JSON.parse(maskSecrets(JSON.stringify(run), running.secrets)));
}

function enginesOf(running: RunningEnvironment): Run["provider"]["engines"] {
  return [...running.services.values()].map(({ name, server: { engine, title, version } }) => ({
    service: name,
    engine: engine.name,
    title,
    version,
  }));
}
