import { existsSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { RehearseError } from "@rehearse/errors";
import type { Credentials, Engine, EngineSession, ServerAddress } from "@rehearse/services";
import type { Environment } from "../environment/create-environment.ts";
import { cacheDirectory } from "./cache-directory.ts";
import { enginePackages } from "./engine-packages.ts";
import { freePorts } from "./free-ports.ts";
import { prepareDirectory } from "./prepare-directory.ts";
import { startProcess } from "./server-process.ts";
import { ensureOpen, serverOwner } from "./server-owner.ts";
import { templateDirectory } from "./template.ts";
import { whenReady } from "./when-ready.ts";

export interface EmbeddedStart {
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
  readonly address: ServerAddress;
  readonly session: EngineSession;
  /** Absolute: what the server writes. */
  readonly logFile: string;
  /** Aborted, with an ENGINE_LOST, when the server ends. */
  readonly lost: AbortSignal;
}

const attempts = 3;

/**
 * Starts a real engine as a process of this machine and resolves once it answers the application's user. Between finding a free port and using
 * it somebody else may take it: then again with others, unless the file names the port.
 */
export async function startEmbedded(start: EmbeddedStart): Promise<RunningServer> {
  const { engine, service, signal, onProgress } = start;
  const cache = cacheDirectory();
  const packages = await enginePackages({ engine, cache, signal, onProgress });
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startOnce(start, { cache, packages, name: attempt === 1 ? service.name : `${service.name}-${attempt}` });
    } catch (error) {
      const unlucky = error instanceof RehearseError && error.code === "PORT_TAKEN" && service.port === undefined;
      if (!unlucky || attempt === attempts) throw error;
    }
  }
}

interface Attempt {
  readonly cache: string;
  readonly packages: string;
  /** Of its directory, its log and its line in the ledger. */
  readonly name: string;
}

async function startOnce(start: EmbeddedStart, { cache, packages, name }: Attempt): Promise<RunningServer> {
  const { engine, service, environment, credentials, signal } = start;
  const ports = await freePorts(engine.embedded.portNames, service.port);
  const directory = join(environment.directory, `service-${name}`);
  const plan = engine.embedded.plan({ service: service.name, directory, packages, ports, credentials });
  ensureAvailable(engine, plan.server.file);
  const owner = plan.unprivileged ? serverOwner() : undefined;
  if (owner !== undefined) ensureOpen({ program: plan.server.file, directory: environment.directory, owner });
  const template = plan.template && (await templateDirectory({ engine, template: plan.template, packages, cache, owner, signal }));
  await prepareDirectory({ plan, directory, template, owner, signal });
  signal.throwIfAborted();

  const address = { service: service.name, host: "127.0.0.1", ports, credentials, directory };
  const server = await startProcess({ engine, service: service.name, plan, environment, id: name, owner });
  const session = await whenReady({ engine, address, server, signal });
  return { service: service.name, engine, address, session, logFile: server.logFile, lost: server.lost };
}

/** Packages for other platforms are left out without a word when an engine is fetched. */
function ensureAvailable(engine: Engine, program: string): void {
  if (!isAbsolute(program) || existsSync(program)) return;
  throw new RehearseError({
    code: "ENGINE_NOT_AVAILABLE",
    message: `There is no embedded ${engine.title} for ${process.platform}-${process.arch}.`,
    hint: "Run this on Linux x64, for which every engine is to be had.",
  });
}
