import { once } from "node:events";
import type { Container, ContainerCreateOptions } from "dockerode";
import type { Environment } from "../environment/create-environment.ts";
import type { RunningServer, ServerRequest } from "../provider.ts";
import { containerName } from "./container-name.ts";
import { containerPlan } from "./container-plan.ts";
import type { DockerEngine } from "./docker-engine.ts";
import { engineFailure } from "./docker-failure.ts";
import { definitionOf } from "./engine-definition.ts";
import { fetchImage } from "./image.ts";
import type { LockFile } from "./lock-file.ts";
import { notReady, notStarted } from "./start-failure.ts";
import { watchContainer } from "./watch-container.ts";

export interface ContainerHost {
  readonly engine: DockerEngine;
  readonly lock: LockFile;
  readonly composeDirectory?: string | undefined;
  networkOf(environment: Environment): Promise<string>;
}

const readyMs = 120_000;

/** Starts an engine as a container and resolves once it answers the application's user. */
export async function startContainer(request: ServerRequest, host: ContainerHost): Promise<RunningServer> {
  const { engine, service, environment, credentials, signal, onProgress } = request;
  const { container: recipe } = engine;
  const definition = await definitionOf(engine, recipe.variables({ service: service.name, credentials }), host.composeDirectory);
  // Both take their time, and neither waits for the other.
  const [image, network] = await Promise.all([
    fetchImage({ engine: host.engine, lock: host.lock, name: definition.image, signal, onProgress }),
    host.networkOf(environment),
  ]);
  signal.throwIfAborted();

  const [firstPort] = Object.values(recipe.ports);
  const plan = containerPlan({
    definition: { ...definition, image: image.reference },
    name: containerName(environment.id, service.name),
    service: service.name,
    network,
    labels: environment.labels,
    fixedPorts: new Map(service.port === undefined || firstPort === undefined ? [] : [[firstPort, service.port]]),
  });
  const title = recipe.title ?? engine.title;
  const container = await create(plan, { host, environment, title });
  await container.start().catch((error: unknown) => {
    throw notStarted(error, { title, request });
  });

  const watch = watchContainer(host.engine.patient.getContainer(container.id), { title, service: service.name });
  const late = AbortSignal.timeout(readyMs);
  const stop = AbortSignal.any([signal, watch.lost, late]);
  try {
    const ports = (await portsOf(container, recipe.ports)) ?? (await rejected(stop));
    const administrator = recipe.administrator === undefined ? undefined : { user: recipe.administrator, password: credentials.password };
    const address = { service: service.name, host: "127.0.0.1", ports, credentials, administrator };
    const session = await engine.connect(address, stop);
    const close = async (): Promise<void> => {
      watch.stop();
      await session[Symbol.asyncDispose]();
    };
    const version = session.version ?? image.version;
    return {
      service: service.name,
      engine,
      title,
      version,
      address,
      session: { ...session, [Symbol.asyncDispose]: close },
      lost: watch.lost,
    };
  } catch (error) {
    watch.stop();
    signal.throwIfAborted();
    if (!stop.aborted) throw error;
    throw await notReady({ engine, title, service: service.name, container, cause: stop.reason });
  }
}

interface CreateContext {
  readonly host: ContainerHost;
  readonly environment: Environment;
  readonly title: string;
}

async function create(plan: ContainerCreateOptions, { host, environment, title }: CreateContext): Promise<Container> {
  const { api, socket } = host.engine;
  try {
    return await environment.ledger.makeContained({ kind: "container", socket, name: plan.name ?? "" }, () => api.createContainer(plan));
  } catch (error) {
    throw engineFailure(error, `The container of ${title} could not be made`);
  }
}

/** The ports of this machine that lead to the container's; null where it has none, for it has ended. */
async function portsOf(container: Container, wanted: Readonly<Record<string, number>>): Promise<Record<string, number> | null> {
  const { NetworkSettings: settings } = await container.inspect().catch((error: unknown) => {
    throw engineFailure(error, "The container's ports could not be looked up");
  });
  const ports = Object.entries(wanted).map(([name, port]) => [name, Number(settings.Ports[`${port}/tcp`]?.[0]?.HostPort)] as const);
  return ports.some(([, port]) => Number.isNaN(port)) ? null : Object.fromEntries(ports);
}

/** The end of a container is told a moment after it. */
async function rejected(stop: AbortSignal): Promise<never> {
  if (!stop.aborted) await once(stop, "abort");
  throw stop.reason;
}
