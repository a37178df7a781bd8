import type { FoundLabel } from "./process-label.ts";

export interface ProcessRow {
  readonly pid: number;
  readonly parent: number;
  /** True when it has ended and only waits to be collected by its parent. */
  readonly ended: boolean;
  /** The process group. */
  readonly group: number;
  /** The session; null where the platform does not say. */
  readonly session: number | null;
  /** The kernel's start time, as opaque text: with the pid it names one process, across restarts of the machine too. */
  readonly startedAt: string;
  /** CPU time of the process and of the children it has waited for, in milliseconds; null where the platform does not say. */
  readonly cpuMs: number | null;
}

/** What the operating system knows of its processes. */
export interface ProcessTable {
  /** Those that have not ended. */
  rows(): ProcessRow[];
  /** One process, ended or not. */
  row(pid: number): ProcessRow | null;
  /** Those of these processes that have not ended, and all that descends from them. */
  tree(roots: readonly Pick<ProcessRow, "pid" | "startedAt">[]): ProcessRow[];
  /** The labels of the processes whose environment variables may be read. */
  labels(rows: readonly ProcessRow[]): Map<number, FoundLabel>;
  /** The command line, words joined by blanks; empty when the process is gone. */
  command(pid: number): string;
}
