import { setTimeout as pause } from "node:timers/promises";
import type { ConnectionValues, EngineSession } from "@rehearse/services";
import type { Environment, Provider, RunningServer, Teardown } from "@rehearse/providers";
import type { Progress } from "../progress.ts";
import { abortableSession } from "../steps/unless-aborted.ts";
import { secretsOf } from "./secrets-of.ts";
import { takeDownEnvironment } from "./take-down-environment.ts";

/** A service of a running environment: its server with an open session, and the values for its consumers while that is open. */
export interface RunningService {
  readonly name: string;
  readonly server: RunningServer;
  readonly values: ConnectionValues;
}

interface RunningParts {
  readonly provider: Provider;
  readonly environment: Environment;
  readonly services: readonly RunningService[];
  /** Of the caller. */
  readonly secrets: readonly string[];
  /** Aborted when the rehearsal is broken off. */
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

const closingMs = 500;

/** An environment whose services all answer. Disposing takes it down, unless it was taken down or left before. */
export class RunningEnvironment implements AsyncDisposable {
  readonly provider: Provider;
  readonly environment: Environment;
  readonly services: ReadonlyMap<string, RunningService>;
  /** The open sessions, by service; they answer no more when the rehearsal is broken off. */
  readonly sessions: ReadonlyMap<string, EngineSession>;
  /** A folder of the environment's own for files in passing. */
  readonly scratch: string;
  /** Aborted when a server ended that nobody had asked to. */
  readonly lost: AbortSignal;
  /** What must never be shown: what was made for this environment, and what the caller keeps secret. */
  readonly secrets: readonly string[];
  readonly #progress: Progress;
  #open = true;

  constructor({ provider, environment, services, secrets, signal, progress }: RunningParts) {
    this.#progress = progress;
    this.provider = provider;
    this.environment = environment;
    this.services = new Map(services.map((service) => [service.name, service]));
    this.scratch = environment.tmp;
    this.secrets = [...secrets, ...services.flatMap(({ server }) => secretsOf(server.address.credentials))];
    this.lost = AbortSignal.any(services.map((service) => service.server.lost));
    const ended = AbortSignal.any([signal, this.lost]);
    this.sessions = new Map(services.map(({ name, server }) => [name, abortableSession(server.session, ended)]));
  }

  session(service: string): EngineSession {
    const session = this.sessions.get(service);
    if (session === undefined) throw new Error(`no service ${service} in this environment`);
    return session;
  }

  /** Ends and removes everything, and says what the census of the system then found. */
  async down(): Promise<Teardown> {
    await this.#closeSessions();
    return takeDownEnvironment(this.environment, this.#progress);
  }

  /** Leaves the environment running; `rehearse down` takes it down. */
  async leave(): Promise<void> {
    await this.#closeSessions();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#open) await this.down();
  }

  async #closeSessions(): Promise<void> {
    this.#open = false;
    const closing = Promise.allSettled([...this.services.values()].map(({ server }) => server.session[Symbol.asyncDispose]()));
    // A session that waits for an answer is closed by the end of its server.
    await Promise.race([closing, pause(closingMs, undefined, { ref: false })]);
  }
}
