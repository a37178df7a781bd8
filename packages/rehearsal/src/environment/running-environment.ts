import type { ConnectionValues, EngineSession } from "@rehearse/services";
import type { Environment, RunningServer, Teardown } from "@rehearse/providers";
import { takeDown } from "@rehearse/providers";

/** A service of a running environment: its server, an open session, and the values for its consumers. */
export interface RunningService {
  readonly name: string;
  readonly server: RunningServer;
  readonly session: EngineSession;
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
  #open = true;

  constructor(environment: Environment, services: readonly RunningService[]) {
    this.environment = environment;
    this.services = new Map(services.map((service) => [service.name, service]));
    this.scratch = environment.scratch;
    this.lost = AbortSignal.any(services.map((service) => service.server.lost));
  }

  session(service: string): EngineSession {
    const running = this.services.get(service);
    if (running === undefined) throw new Error(`no service ${service} in this environment`);
    return running.session;
  }

  /** What must never be shown: the passwords made for this environment. */
  get secrets(): string[] {
    return [...this.services.values()].map((service) => service.server.address.credentials.password);
  }

  /** Ends and removes everything, and says what the census of the system then found. */
  async down(): Promise<Teardown> {
    await this.#closeSessions();
    return takeDown(this.environment);
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
    await Promise.allSettled([...this.services.values()].map((service) => service.session[Symbol.asyncDispose]()));
  }
}
