import { setTimeout as sleep } from "node:timers/promises";
import type { RunningProcess } from "./find-processes.ts";
import { isAlive } from "./process-identity.ts";

/** How often to look whether processes have ended. */
const pollMs = 15;
/** How often to look for new ones among those looks, which costs more. */
const pollsPerSearch = 8;
/** How long a server has to end its own children before they are asked themselves. */
const parentsFirstMs = 500;
/** How long SIGKILL may take: a process in the middle of a disk access dies only afterwards. */
const killMs = 3_000;

export interface EndedProcesses {
  /** Every process that was found alive, in the order in which they were found. */
  readonly found: readonly RunningProcess[];
  /** Those that are alive nevertheless. */
  readonly left: readonly RunningProcess[];
}

/**
 * Ends what `find` finds and looks again until it finds nothing, because a process may start others while it is ended.
 *
 * Parents are asked first (SIGTERM), so that a server may end its own children; soon after that all are asked, and after `graceMs` killed.
 */
export async function endProcesses(find: () => readonly RunningProcess[], { graceMs }: { graceMs: number }): Promise<EndedProcesses> {
  const found = new Map<string, RunningProcess>();
  const asked = new Set<string>();
  const began = performance.now();
  let alive: readonly RunningProcess[] = [];
  for (let polls = 0; ; polls += 1) {
    alive = alive.filter(isAlive);
    if (alive.length === 0 || polls % pollsPerSearch === 0) alive = find();
    for (const one of alive) found.set(keyOf(one), one);

    const elapsedMs = performance.now() - began;
    if (alive.length === 0 || elapsedMs > graceMs + killMs) return { found: [...found.values()], left: alive };
    if (elapsedMs >= graceMs) for (const { pid } of alive) signal(pid, "SIGKILL");
    else {
      const unasked = (elapsedMs >= Math.min(parentsFirstMs, graceMs / 2) ? alive : topmost(alive)).filter((one) => !asked.has(keyOf(one)));
      for (const one of unasked) {
        signal(one.pid, "SIGTERM");
        asked.add(keyOf(one));
      }
    }
    await sleep(pollMs);
  }
}

const keyOf = ({ pid, startedAt }: RunningProcess) => `${pid} ${startedAt}`;

/** Those whose parent is not among them. */
function topmost(processes: readonly RunningProcess[]): readonly RunningProcess[] {
  const pids = new Set(processes.map(({ pid }) => pid));
  return processes.filter(({ parent }) => !pids.has(parent));
}

/** A process that has ended in between, or that we may not signal, is told by the next look. */
function signal(pid: number, name: "SIGTERM" | "SIGKILL"): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code !== "ESRCH" && code !== "EPERM") throw error;
  }
}
