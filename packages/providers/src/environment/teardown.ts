import { lstatSync } from "node:fs";
import { endProcesses, isAlive, listeningPorts, type ProcessIdentity, type RunningProcess } from "@rehearse/process";
import { removeDirectory } from "./remove-directory.ts";

/** What was found and removed: "created 9 · removed 9 · left 0". */
export interface Teardown {
  /** Directories, processes, containers and networks that were made; the processes that a server or a step starts in turn count with it. */
  readonly created: number;
  readonly removed: number;
  /** What a look at the system, not at the ledger, finds afterwards. */
  readonly left: number;
  /** Each of them in words. */
  readonly leftovers: readonly string[];
}

export interface TeardownPlan {
  /** Finds all processes that must end, each time anew. */
  readonly find: () => readonly RunningProcess[];
  /** Those that were written down. */
  readonly processes: readonly ProcessIdentity[];
  /** Those that were written down as made. */
  readonly directories: readonly string[];
  /** Those that may be there. */
  readonly possibleDirectories: readonly string[];
}

/** From SIGTERM to SIGKILL: long enough for a database that shuts down, which frees its shared memory. */
const graceMs = 2_000;

/** Ends the processes, removes the directories, and looks again. Safe to do twice, also at once. */
export async function performTeardown({ find, processes, directories, possibleDirectories }: TeardownPlan): Promise<Teardown> {
  const paths = [...new Set([...directories, ...possibleDirectories.filter(isThere)])];
  const { found } = await endProcesses(find, { graceMs });
  const reasons = new Map<string, string | null>();
  for (const path of paths) reasons.set(path, await removeDirectory(path));

  const made = [...processes, ...topmost(found).filter((one) => !processes.some((known) => isSame(known, one)))];
  const kept = outermost(paths.filter(isThere)).map((path) => `directory ${path}${because(reasons.get(path))}`);
  const leftovers = [...find().map(describe), ...kept];
  return {
    created: made.length + paths.length,
    removed: made.filter((one) => !isAlive(one)).length + paths.filter((path) => !isThere(path)).length,
    left: leftovers.length,
    leftovers,
  };
}

/** What several parts of a tear-down did together. */
export function sumOf(parts: readonly Teardown[]): Teardown {
  const total = (count: (part: Teardown) => number): number => parts.reduce((sum, part) => sum + count(part), 0);
  return {
    created: total((part) => part.created),
    removed: total((part) => part.removed),
    left: total((part) => part.left),
    leftovers: parts.flatMap((part) => part.leftovers),
  };
}

const isSame = (one: ProcessIdentity, other: ProcessIdentity) => one.pid === other.pid && one.startedAt === other.startedAt;

function topmost(processes: readonly RunningProcess[]): readonly RunningProcess[] {
  const pids = new Set(processes.map(({ pid }) => pid));
  return processes.filter(({ parent }) => !pids.has(parent));
}

function outermost(paths: readonly string[]): string[] {
  return paths.filter((path) => !paths.some((other) => path.startsWith(`${other}/`)));
}

/** Its reason names what in the directory it is. */
const because = (reason: string | null | undefined): string => (reason === null || reason === undefined ? "" : `: ${reason}`);

function describe({ pid, command }: RunningProcess): string {
  const ports = listeningPorts(pid);
  return `process ${pid} (${command})${ports.length === 0 ? "" : `, which listens on ${ports.join(", ")}`}`;
}

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}
