import { existsSync, readdirSync, readFileSync } from "node:fs";
import { descendants } from "./descendants.ts";
import { type FoundLabel, labelOf } from "./process-label.ts";
import type { ProcessRow, ProcessTable } from "./process-row.ts";

/** The kernel counts in 1/100 s towards programs (USER_HZ) on every architecture that Node runs on. */
const msPerTick = 10;

/** Start times count from the machine's start, so they only name a process together with it. */
const bootId = (readOrNull("/proc/sys/kernel/random/boot_id") ?? "").toString().slice(0, 8);

/** Most kernels tell the children of each thread, so that a tree is found without a look at everybody. */
const tellsChildren = existsSync("/proc/thread-self/children");

/** The process table of Linux, read from /proc. */
export const linuxProcessTable: ProcessTable = {
  rows: () =>
    pids()
      .flatMap((pid) => linuxProcessTable.row(pid) ?? [])
      .filter((row) => !row.ended),
  row(pid) {
    const stat = readOrNull(`/proc/${pid}/stat`);
    return stat === null ? null : parseStat(stat.toString("latin1"));
  },
  tree(roots) {
    if (!tellsChildren) return descendants(linuxProcessTable.rows(), roots);
    const tree = new Map<number, ProcessRow>();
    const add = (row: ProcessRow | null): void => {
      if (row === null || row.ended || tree.has(row.pid)) return;
      tree.set(row.pid, row);
      for (const child of childrenOf(row.pid)) add(linuxProcessTable.row(child));
    };
    for (const { pid, startedAt } of roots) {
      const row = linuxProcessTable.row(pid);
      if (row?.startedAt === startedAt) add(row);
    }
    return [...tree.values()];
  },
  labels(rows) {
    const labels = new Map<number, FoundLabel>();
    for (const { pid } of rows) {
      const variables = readOrNull(`/proc/${pid}/environ`);
      if (variables === null || !variables.includes("REHEARSE_ENVIRONMENT=")) continue;
      const label = labelOf(parseVariables(variables.toString()));
      if (label !== null) labels.set(pid, label);
    }
    return labels;
  },
  command: (pid) => (readOrNull(`/proc/${pid}/cmdline`) ?? "").toString().replaceAll("\0", " ").trim(),
};

function pids(): number[] {
  return readdirSync("/proc").flatMap((name) => (/^\d+$/.test(name) ? Number(name) : []));
}

/** The children of all threads of a process. */
function childrenOf(pid: number): number[] {
  const threads = whileThere(() => readdirSync(`/proc/${pid}/task`)) ?? [];
  return threads.flatMap((thread) => {
    const children = readOrNull(`/proc/${pid}/task/${thread}/children`)?.toString("latin1").trim() ?? "";
    return children === "" ? [] : children.split(" ").map(Number);
  });
}

/** The fields of /proc/<pid>/stat after the program's name, which may itself hold blanks and brackets. See proc_pid_stat(5). */
function parseStat(stat: string): ProcessRow {
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const field = (number: number) => Number(fields[number - 3]);
  const state = fields[0];
  return {
    pid: Number.parseInt(stat, 10),
    parent: field(4),
    ended: state === "Z" || state === "X" || state === "x",
    group: field(5),
    session: field(6),
    startedAt: `${bootId}:${field(22)}`,
    cpuMs: (field(14) + field(15) + field(16) + field(17)) * msPerTick,
  };
}

/** CPU time of all children this process has waited for so far, theirs included, in milliseconds; null where there is no /proc. */
export function waitedChildrenCpuMs(): number | null {
  const stat = readOrNull("/proc/self/stat")?.toString("latin1");
  if (stat === undefined) return null;
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[16 - 3]) + Number(fields[17 - 3])) * msPerTick;
}

/** Resident memory of a process now and at its highest so far, in bytes; null when it is gone or there is no /proc. */
export function residentMemory(pid: number): { now: number; highest: number } | null {
  const status = readOrNull(`/proc/${pid}/status`)?.toString("latin1");
  const now = status?.match(/^VmRSS:\s*(\d+) kB$/m)?.[1];
  const highest = status?.match(/^VmHWM:\s*(\d+) kB$/m)?.[1];
  return now === undefined || highest === undefined ? null : { now: Number(now) * 1024, highest: Number(highest) * 1024 };
}

function parseVariables(environ: string): Map<string, string> {
  return new Map(
    environ.split("\0").flatMap((entry) => {
      const equals = entry.indexOf("=");
      return equals > 0 ? [[entry.slice(0, equals), entry.slice(equals + 1)]] : [];
    }),
  );
}

function readOrNull(file: string): Buffer | null {
  return whileThere(() => readFileSync(file));
}

/** Null for a process that is gone or that belongs to somebody else; both are expected at any moment. */
function whileThere<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT" || code === "ESRCH" || code === "EACCES" || code === "EPERM") return null;
    throw error;
  }
}
