import { existsSync, rmSync, statSync } from "node:fs";
import { RehearseError } from "@rehearse/errors";
import { findProcesses, type FoundLabel } from "@rehearse/process";
import { isEngineFailure } from "../docker/docker-failure.ts";
import { dockerEngine, type DockerEngine } from "../docker/docker-engine.ts";
import { containedEnvironments, type ContainedEnvironment } from "../docker/contained-environments.ts";
import { removeContainers } from "../docker/remove-containers.ts";
import { ledgerFiles } from "../ledger/read-ledger.ts";
import { ledgerFile } from "../ledger/state-directory.ts";
import { markedDirectories } from "./environment-directory.ts";
import { thisMachine } from "./environment-labels.ts";
import { listEnvironment, type ListedEnvironment } from "./list-environments.ts";
import { takeDown } from "./take-down.ts";
import { performTeardown, sumOf, type Teardown } from "./teardown.ts";

/** A ledger without its first line belongs to a process that is about to write it, or that died in doing so long ago. */
const unbegunMs = 2_000;

/** What was taken down. */
export interface StaleTeardown extends Teardown {
  readonly id: string;
  /** Null for an orphan: what carries our label or marker, but whose ledger is gone. */
  readonly scenario: string | null;
}

/**
 * Takes down every environment of a scenario (or of all) whose owner has ended, whether it was left up on purpose or not, and every orphan. An
 * environment whose owner is alive is never touched, nor one whose ledger lies in another state directory.
 * LEDGER_UNREADABLE for a damaged ledger, after all the others were taken down.
 */
export async function takeDownStale(scope: { scenarioDirectory: string } | "all"): Promise<StaleTeardown[]> {
  const done: StaleTeardown[] = [];
  const damaged: RehearseError[] = [];
  for (const file of ledgerFiles()) {
    try {
      const environment = listEnvironment(file);
      if (environment === null) removeUnbegun(file);
      else if (isStale(environment, scope)) done.push({ id: environment.id, scenario: environment.scenario, ...(await takeDown(file)) });
    } catch (error) {
      if (!(error instanceof RehearseError) || error.code !== "LEDGER_UNREADABLE") throw error;
      damaged.push(error);
    }
  }
  const engine = await dockerEngine();
  const docker = "api" in engine ? engine : null;
  for (const id of await orphans(docker)) done.push({ id, scenario: null, ...(await takeDownOrphan(id, docker)) });
  if (damaged[0] !== undefined) throw damaged[0];
  return done;
}

function isStale(environment: ListedEnvironment, scope: { scenarioDirectory: string } | "all"): boolean {
  const meant = scope === "all" || scope.scenarioDirectory === environment.scenarioDirectory;
  return meant && !environment.ownerAlive;
}

function removeUnbegun(file: string): void {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat !== undefined && Date.now() - stat.mtimeMs > unbegunMs) rmSync(file, { force: true });
}

/** An engine that answers and tells nothing is like none: whoever used it has a ledger that says so. */
function nothingTold(error: unknown): [] {
  if (isEngineFailure(error)) return [];
  throw error;
}

/** The ids of orphans. */
async function orphans(docker: DockerEngine | null): Promise<Set<string>> {
  const processes = findProcesses({ label: isOrphan }).flatMap(({ label }) => label?.environment ?? []);
  const directories = markedDirectories().filter((directory) => !existsSync(directory.ledger));
  const contained = docker === null ? [] : (await containedEnvironments(docker).catch(nothingTold)).filter(isAbandoned);
  return new Set([...processes, ...directories.map(({ id }) => id), ...contained.map(({ id }) => id)]);
}

async function takeDownOrphan(id: string, docker: DockerEngine | null): Promise<Teardown> {
  const none = { created: 0, removed: 0, leftovers: [] };
  const containers = docker === null ? none : await removeContainers(id, { socket: docker.socket, recorded: [] });
  const rest = await performTeardown({
    find: () => findProcesses({ label: (label, pid) => label.environment === id && isOrphan(label, pid) }),
    processes: [],
    directories: [],
    possibleDirectories: markedDirectories().flatMap((marked) => (marked.id === id && !existsSync(marked.ledger) ? [marked.path] : [])),
  });
  return sumOf([{ ...containers, left: containers.leftovers.length }, rest]);
}

/** A ledger that we cannot see may be there for others who use the same engine: theirs is left alone until its time to live is over. */
function isAbandoned({ id, ledger, machine, expired }: ContainedEnvironment): boolean {
  return !existsSync(ledgerFile(id)) && !existsSync(ledger) && (machine === thisMachine() || expired);
}

/** A process in a container has a file system of its own, in which its ledger lies. */
function isOrphan({ environment, ledger }: FoundLabel, pid: number): boolean {
  if (existsSync(ledgerFile(environment))) return false;
  return ledger === null || !(existsSync(ledger) || existsSync(`/proc/${pid}/root${ledger}`));
}
