import type { ConnectionValues, EngineSession } from "@rehearse/services";
import type { Environment, RunningServer, Teardown } from "@rehearse/providers";
import type { Progress } from "../progress.ts";
import { takeDownEnvironment } from "./take-down-environment.ts";

/** A service of a running environment: its server with an open session, and the values for its consumers. */
export interface RunningService {
  readonly name: string;
  readonly server: RunningServer;
  readonly values: ConnectionValues;
}

/** An environment whose services all answer. Disposing takes it down, unless it was taken down or left before. */
export class RunningEnvironment implements AsyncDisposable {
  readonly environment: Environment;
  readonly services: ReadonlyMap<string, RunningService>;
  /** A folder of the environment's own for files in passing. */
  readonly scratch: string;
  /** Aborted when a server ended that nobody had asked to. */
  readonly lost: AbortSignal;
  readonly #progress: Progress;
  #open = true;

  constructor({ environment, services, progress }: { environment: Environment; services: readonly RunningService[]; progress: Progress }) {
    this.#progress = progress;
    this.environment = environment;
    this.services = new Map(services.map((service) => [service.name, service]));
    this.scratch = environment.tmp;
    this.lost = AbortSignal.any(services.map((service) => service.server.lost));
  }

  session(service: string): EngineSession {
    const running = this.services.get(service);
    if (running === undefined) throw new Error(`no service ${service} in this environment`);
    return running.server.session;
  }

  /** The open sessions, by service. */
  get sessions(): ReadonlyMap<string, EngineSession> {
    return new Map([...this.services].map(([name, { server }]) => [name, server.session]));
  }

  /** What must never be shown: the passwords made for this environment. */
  get secrets(): string[] {
    return [...this.services.values()].map((service) => service.server.address.credentials.password);
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
    await Promise.allSettled([...this.services.values()].map(({ server }) => server.session[Symbol.asyncDispose]()));
  }
}
