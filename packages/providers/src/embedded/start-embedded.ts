import { join } from "node:path";
import { RehearseError } from "@rehearse/errors";
import type { Engine } from "@rehearse/services";
import type { RunningServer, ServerRequest } from "../provider.ts";
import { cacheDirectory } from "./cache-directory.ts";
import { ensureAvailable } from "./ensure-available.ts";
import { freePorts } from "./free-ports.ts";
import { lockedPackages } from "./locked-packages.ts";
import { prepareDirectory } from "./prepare-directory.ts";
import { startProcess } from "./server-process.ts";
import { ensureOpen, serverOwner } from "./server-owner.ts";
import { templateDirectory } from "./template.ts";
import { whenReady } from "./when-ready.ts";

const attempts = 3;

/**
 * Starts a real engine as a process of this machine and resolves once it answers the application's user. Between finding a free port and using
 * it somebody else may take it: then again with others, unless the file names the port.
 */
export async function startEmbedded(start: ServerRequest): Promise<RunningServer> {
  const { engine, service, signal, onProgress } = start;
  const cache = cacheDirectory();
  const packages = await lockedPackages({
    name: engine.name,
    title: titleOf(engine),
    packages: engine.embedded.packages,
    cache,
    signal,
    onProgress,
  });
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

async function startOnce(start: ServerRequest, { cache, packages, name }: Attempt): Promise<RunningServer> {
  const { engine, service, environment, credentials, signal } = start;
  const ports = await freePorts(engine.embedded.portNames, service.port);
  const data = environment.makeData();
  const directory = join(data, `service-${name}`);
  const plan = engine.embedded.plan({ service: service.name, directory, packages, ports, credentials });
  ensureAvailable(engine.title, plan.server.file);
  const owner = plan.unprivileged ? serverOwner() : undefined;
  if (owner !== undefined) ensureOpen({ program: plan.server.file, directory: data, owner });
  const template = plan.template && (await templateDirectory({ engine, template: plan.template, packages, cache, owner, signal }));
  await prepareDirectory({ plan, directory, template, owner, signal });
  signal.throwIfAborted();

  const address = { service: service.name, host: "127.0.0.1", ports, credentials, directory };
  const server = await startProcess({ engine, service: service.name, plan, environment, id: name, owner });
  const session = await whenReady({ engine, address, server, signal });
  const version = session.version ?? "unknown";
  return { service: service.name, engine, title: titleOf(engine), version, address, session, lost: server.lost };
}

const titleOf = ({ title, embedded }: Engine): string => embedded.title ?? title;
