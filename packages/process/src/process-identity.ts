import { processTable } from "./process-table.ts";

/** One process, for ever: a pid alone is given again to another one. */
export interface ProcessIdentity {
  readonly pid: number;
  /** The kernel's start time, as opaque text. */
  readonly startedAt: string;
}

/** The identity of a process, or null when there is none with this pid. */
export function processIdentity(pid: number): ProcessIdentity | null {
  const row = processTable.row(pid);
  return row === null ? null : { pid, startedAt: row.startedAt };
}

/** Whether this very process still runs. One that has ended and waits to be collected by its parent does not. */
export function isAlive(identity: ProcessIdentity): boolean {
  const row = processTable.row(identity.pid);
  return row !== null && !row.ended && row.startedAt === identity.startedAt;
}
