import { randomBytes } from "node:crypto";
import type { Scenario, ServiceConfig } from "@rehearse/config";
import { createEnvironment, chooseProvider, type Environment, type Provider, type ProviderName } from "@rehearse/providers";
import { engineNamed } from "@rehearse/services";
import type { Progress } from "../progress.ts";
import { maskFailure } from "../steps/mask-secrets.ts";
import { RunningEnvironment, type RunningService } from "./running-environment.ts";
import { secretsOf } from "./secrets-of.ts";
import { takeDownEnvironment } from "./take-down-environment.ts";

export interface BringUp {
  readonly scenario: Pick<Scenario, "name" | "services">;
  /** Absolute: the scenario whose environment it is, by which it is found again. */
  readonly directory: string;
  readonly provider: ProviderName;
  readonly mode: "test" | "up";
  readonly signal: AbortSignal;
  readonly progress: Progress;
  /** Secrets of the caller, such as a token: shown no more than those made here. */
  readonly secrets?: readonly string[] | undefined;
  /** Told of every secret as soon as it is made, before anything can show it. */
  readonly onSecret?: ((secret: string) => void) | undefined;
}

/** How long an environment may live that nobody took down. */
const ttlSeconds = 24 * 60 * 60;

/** Starts every service of a scenario, all at once, and resolves when each answers the application's user. On any failure nothing is left. */
export async function bringUp({
  scenario,
  directory: scenarioDirectory,
  provider: wanted,
  mode,
  signal,
  progress,
  secrets = [],
  onSecret = () => {},
}: BringUp): Promise<RunningEnvironment> {
  const start = performance.now();
  const engines = scenario.services.map(({ engine }) => engineNamed(engine));
  const provider = await chooseProvider({ wanted, engines, scenarioDirectory });
  const environment = await createEnvironment({ scenario: scenario.name, scenarioDirectory, mode, ttlSeconds });
  await using undo = new AsyncDisposableStack();
  undo.defer(async () => void (await takeDownEnvironment(environment, progress)));
  const report = (text: string): void => progress({ state: "running", step: "up", text, wallMs: null, maxRssBytes: null });
  // One failure stops the others: waiting for them would only delay what the user has to hear.
  const failure = new AbortController();
  const either = AbortSignal.any([signal, failure.signal]);
  const starts = scenario.services.map((service) =>
    startService(service, { provider, environment, signal: either, report, onSecret }).catch((thrown: unknown) => {
      failure.abort(thrown);
      throw thrown;
    }),
  );
  const settled = await Promise.allSettled(starts);
  const services = settled.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  for (const { server } of services) undo.use(server.session);
  if (either.aborted) throw either.reason;
  const running = new RunningEnvironment({ provider, environment, services, secrets, signal, progress });
  undo.move();
  const versions = services.map(({ server }) => `${server.title} ${server.version}`).join(" · ");
  progress({ state: "done", step: "up", text: versions, wallMs: performance.now() - start, maxRssBytes: null });
  return running;
}

interface ServiceStart {
  readonly provider: Provider;
  readonly environment: Environment;
  readonly signal: AbortSignal;
  readonly report: (text: string) => void;
  readonly onSecret: (secret: string) => void;
}

async function startService(
  { name, engine, port }: ServiceConfig,
  { provider, environment, signal, report, onSecret }: ServiceStart,
): Promise<RunningService> {
  const credentials = { user: "rehearse", password: randomBytes(18).toString("base64url") };
  const secrets = secretsOf(credentials);
  for (const secret of secrets) onSecret(secret);
  const service = { name, port };
  const start = provider.start({ engine: engineNamed(engine), service, environment, credentials, signal, onProgress: report });
  // A server that does not start is quoted, and may have quoted what it was told.
  const server = await start.catch((thrown: unknown) => {
    throw maskFailure(thrown, secrets);
  });
  const values = server.engine.connection(server.session.entrance ?? server.address);
  for (const value of Object.values(values)) if (value !== credentials.password && value.includes(credentials.password)) onSecret(value);
  return { name, server, values };
}
