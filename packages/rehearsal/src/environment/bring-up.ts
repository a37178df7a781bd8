import { randomBytes } from "node:crypto";
import type { Scenario, ServiceConfig } from "@rehearse/config";
import { createEnvironment, startEmbedded, type Environment } from "@rehearse/providers";
import { engineNamed } from "@rehearse/services";
import type { Progress } from "../progress.ts";
import { RunningEnvironment, type RunningService } from "./running-environment.ts";
import { takeDownEnvironment } from "./take-down-environment.ts";

export interface BringUp {
  readonly scenario: Scenario;
  readonly mode: "test" | "up";
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

/** How long an environment may live that nobody took down. */
const ttlSeconds = 24 * 60 * 60;

/** Starts every service of a scenario, all at once, and resolves when each answers the application's user. On any failure nothing is left. */
export async function bringUp({ scenario, mode, signal, progress }: BringUp): Promise<RunningEnvironment> {
  const start = performance.now();
  const environment = await createEnvironment({ scenario: scenario.name, scenarioDirectory: scenario.directory, mode, ttlSeconds });
  await using undo = new AsyncDisposableStack();
  undo.defer(async () => void (await takeDownEnvironment(environment, progress)));
  const report = (text: string): void => progress({ state: "running", step: "up", text, wallMs: null, maxRssBytes: null });
  // One failure stops the others: waiting for them would only delay what the user has to hear.
  const failure = new AbortController();
  const either = AbortSignal.any([signal, failure.signal]);
  const starts = scenario.services.map((service) =>
    startService(service, { environment, signal: either, report }).catch((thrown: unknown) => {
      failure.abort(thrown);
      throw thrown;
    }),
  );
  const settled = await Promise.allSettled(starts);
  const services = settled.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  for (const { server } of services) undo.use(server.session);
  if (either.aborted) throw either.reason;
  const running = new RunningEnvironment({ environment, services, signal, progress });
  undo.move();
  const versions = services.map(({ server }) => `${server.engine.title} ${server.session.version}`).join(" · ");
  progress({ state: "done", step: "up", text: versions, wallMs: performance.now() - start, maxRssBytes: null });
  return running;
}

async function startService(
  { name, engine, port }: ServiceConfig,
  { environment, signal, report }: { environment: Environment; signal: AbortSignal; report: (text: string) => void },
): Promise<RunningService> {
  const credentials = { user: "rehearse", password: randomBytes(18).toString("base64url") };
  const server = await startEmbedded({
    engine: engineNamed(engine),
    service: { name, port },
    environment,
    credentials,
    signal,
    onProgress: report,
  });
  return { name, server, values: server.engine.connection(server.address) };
}
