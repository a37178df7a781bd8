import { setTimeout as pause } from "node:timers/promises";
import { environmentLabel } from "../environment/environment-labels.ts";
import { dockerEngine, type DockerEngine } from "./docker-engine.ts";
import { engineWords, isEngineFailure, isMissing } from "./docker-failure.ts";

/** What the ledger says was made with an engine, by name. */
export interface Recorded {
  readonly kind: "container" | "network";
  readonly name: string;
  /** False where only the intent was written down. */
  readonly made: boolean;
}

export interface Removed {
  readonly created: number;
  readonly removed: number;
  readonly leftovers: readonly string[];
}

interface Thing {
  readonly kind: "container" | "network" | "volume";
  /** `container rehearse-k3x9a2bq-core` */
  readonly name: string;
  remove(): Promise<unknown>;
}

/** How long what is being removed may take to be gone. */
const patienceMs = 20_000;
/** How long an engine may take to make what a process asked for that has ended since. */
const lateMs = 4_000;
const pauseMs = 50;

/**
 * Removes every container, network and volume of an environment from one engine, found by label, and looks again until none is left. An engine that
 * does not answer leaves everything that was recorded: it cannot be told what became of it.
 */
export async function removeContainers(
  environment: string,
  { socket, recorded }: { socket: string; recorded: readonly Recorded[] },
): Promise<Removed> {
  const engine = await dockerEngine(socket);
  const unknown = (why: string): Removed => {
    const names =
      recorded.length === 0 ? [`whatever environment ${environment} has there`] : recorded.map(({ kind, name }) => `${kind} ${name}`);
    return { created: names.length, removed: 0, leftovers: names.map((name) => `${name}: ${why}`) };
  };
  if ("missing" in engine) return unknown(engine.missing);
  try {
    return await removeFrom(engine, { environment, recorded });
  } catch (error) {
    if (!isEngineFailure(error)) throw error;
    return unknown(`the Docker engine at ${socket} does not tell (${engineWords(error)})`);
  }
}

async function removeFrom(
  engine: DockerEngine,
  { environment, recorded }: { environment: string; recorded: readonly Recorded[] },
): Promise<Removed> {
  const made = recorded.flatMap(({ kind, name, made: known }) => (known ? [`${kind} ${name}`] : []));
  const intended = recorded.map(({ kind, name }) => `${kind} ${name}`);
  const seen = new Set<string>();
  const began = performance.now();
  let refusals = new Map<string, string>();
  for (;;) {
    const left = await thingsOf(engine, environment);
    for (const { name } of left) seen.add(name);
    const elapsedMs = performance.now() - began;
    const awaited = intended.some((name) => !made.includes(name) && !seen.has(name)) && elapsedMs < lateMs;
    if ((left.length === 0 && !awaited) || elapsedMs > patienceMs) {
      const created = new Set([...seen, ...made]).size;
      return { created, removed: created - left.length, leftovers: left.map(({ name }) => name + (refusals.get(name) ?? "")) };
    }
    refusals = await removeAll(left);
    if (left.length === 0 || refusals.size > 0) await pause(pauseMs);
  }
}

async function thingsOf({ api }: DockerEngine, environment: string): Promise<Thing[]> {
  const filters = { label: [`${environmentLabel}=${environment}`] };
  const [containers, networks, { Volumes: volumes }] = await Promise.all([
    api.listContainers({ all: true, filters }),
    api.listNetworks({ filters }),
    api.listVolumes({ filters }),
  ]);
  return [
    ...containers.map(({ Id: id, Names: [name = id] }): Thing => {
      const remove = () => api.getContainer(id).remove({ force: true, v: true });
      return { kind: "container", name: `container ${name.replace(/^\//, "")}`, remove };
    }),
    ...networks.map(({ Id: id, Name: name }): Thing => {
      return { kind: "network", name: `network ${name}`, remove: () => api.getNetwork(id).remove() };
    }),
    ...(volumes ?? []).map(({ Name: name }): Thing => {
      return { kind: "volume", name: `volume ${name}`, remove: () => api.getVolume(name).remove({ force: true }) };
    }),
  ];
}

/** Containers first: they hold the others. Resolves to what the engine refused, by name, and why. */
async function removeAll(things: readonly Thing[]): Promise<Map<string, string>> {
  const containers = things.filter(({ kind }) => kind === "container");
  const refusals = await Promise.all((containers.length > 0 ? containers : things).map(removeOne));
  return new Map(refusals.flat());
}

/** Another tear-down may be at it, a container still leaving a network, a file system busy: the next look tells. */
async function removeOne(thing: Thing): Promise<[string, string][]> {
  try {
    await thing.remove();
  } catch (error) {
    if (!isEngineFailure(error)) throw error;
    if (!isMissing(error)) return [[thing.name, `: ${engineWords(error)}`]];
  }
  return [];
}
