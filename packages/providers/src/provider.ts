import type { Credentials, Engine, EngineSession, ServerAddress } from "@rehearse/services";
import type { Environment } from "./environment/create-environment.ts";

/** One service to start in an environment. */
export interface ServerRequest {
  readonly engine: Engine;
  /** `port` goes to the first of the engine's port names. */
  readonly service: { readonly name: string; readonly port?: number | undefined };
  readonly environment: Environment;
  readonly credentials: Credentials;
  readonly signal: AbortSignal;
  readonly onProgress: (text: string) => void;
}

/** A server that answers. It belongs to its environment: taking that down ends it. */
export interface RunningServer {
  readonly service: string;
  readonly engine: Engine;
  /** The name for people, and the version, of the program that serves. */
  readonly title: string;
  readonly version: string;
  readonly address: ServerAddress;
  /** Closing it also ends the watch over the server: nothing of this process keeps it any more. */
  readonly session: EngineSession;
  /** Aborted, with an ENGINE_LOST, when the server ends. */
  readonly lost: AbortSignal;
}

/** Where services run. */
export interface Provider {
  readonly name: "docker" | "embedded";
  /** Why it is this one, for the report. */
  readonly reason: string;
  /** Starts a server and resolves once it answers the application's user. */
  start(request: ServerRequest): Promise<RunningServer>;
}
