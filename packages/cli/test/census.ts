import { existsSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import path from "node:path";
import type { Workplace } from "./workplace.ts";

/** What is there of a workplace's environments, found without any code of Rehearse: by the paths that only they can know. */
export interface Census {
  readonly processes: readonly string[];
  /** Inodes of sockets on which these processes listen. */
  readonly listening: readonly string[];
  readonly directories: readonly string[];
  readonly ledgers: readonly string[];
}

export function census({ tmp, state }: Pick<Workplace, "tmp" | "state">): Census {
  const owned = pids().filter((pid) => pid !== process.pid && mentions(pid, [tmp, state]));
  const listeners = listeningInodes();
  return {
    processes: owned.map((pid) => `${pid} ${read(`/proc/${pid}/cmdline`).replaceAll("\0", " ").trim()}`),
    listening: owned.flatMap(socketInodes).filter((inode) => listeners.has(inode)),
    directories: existsSync(tmp) ? readdirSync(tmp).filter((name) => name !== "node-compile-cache") : [],
    ledgers: existsSync(state) ? readdirSync(state, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ndjson")) : [],
  };
}

/** The inodes of all sockets on which anybody listens. */
export function listeningInodes(): Set<string> {
  const lines = ["/proc/net/tcp", "/proc/net/tcp6", "/proc/net/unix"].flatMap((file) => read(file).split("\n").slice(1));
  // tcp: state 0A is LISTEN, the inode is field 9; unix: flag 00010000 is listening, the inode is field 6.
  const inodes = lines
    .map((line) => line.trim().split(/\s+/))
    .map((fields) => (fields[3] === "0A" ? fields[9] : fields[3] === "00010000" ? fields[6] : undefined));
  return new Set(inodes.filter((inode) => inode !== undefined));
}

function pids(): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

/** Whether a process's variables, command line, folder or open files lie in one of the places. */
function mentions(pid: number, places: readonly string[]): boolean {
  const texts = [read(`/proc/${pid}/environ`), read(`/proc/${pid}/cmdline`), link(`/proc/${pid}/cwd`), ...openFiles(pid)];
  // The command line of a `rehearse` that is still running names neither: its variables do.
  return texts.some((text) => places.some((place) => text.includes(`${place}${path.sep}`) || text.includes(`${place}\0`)));
}

function openFiles(pid: number): string[] {
  return list(`/proc/${pid}/fd`).map((fd) => link(`/proc/${pid}/fd/${fd}`));
}

function socketInodes(pid: number): string[] {
  return openFiles(pid).flatMap((target) => /^socket:\[(\d+)\]$/.exec(target)?.[1] ?? []);
}

/** A process may end while it is looked at: then it has nothing to say. */
function orNothing<T>(look: () => T, nothing: T): T {
  try {
    return look();
  } catch {
    return nothing;
  }
}
const read = (file: string): string => orNothing(() => readFileSync(file, "utf8"), "");
const link = (file: string): string => orNothing(() => readlinkSync(file), "");
const list = (folder: string): string[] => orNothing(() => readdirSync(folder), []);

export const nothingLeft: Census = { processes: [], listening: [], directories: [], ledgers: [] };
