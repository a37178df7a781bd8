import { spawnSync } from "node:child_process";
import { RehearseError } from "@rehearse/errors";
import { descendants } from "./descendants.ts";
import { type FoundLabel, labelOf } from "./process-label.ts";
import type { ProcessRow, ProcessTable } from "./process-row.ts";

/** `lstart` is a date of five words, such as `Mon Nov 23 10:00:00 2026`. */
const columns = "pid=,ppid=,pgid=,stat=,lstart=";
const line = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(\S+\s+\S+\s+\S+\s+\S+\s+\d+)\s*$/;

/** The process table of systems without /proc (macOS), as `ps` tells it. It hides the variables of the system's own programs. */
export const psProcessTable: ProcessTable = {
  rows: () => parseRows(ps(["-axww", "-o", columns])).filter((row) => !row.ended),
  row: (pid) => parseRows(ps(["-ww", "-o", columns, "-p", String(pid)]))[0] ?? null,
  tree: (roots) => descendants(psProcessTable.rows(), roots),
  labels(rows) {
    const known = new Set(rows.map((row) => row.pid));
    const labels = parseLabels(ps(["-axwwE", "-o", "pid=,command="]));
    return new Map([...labels].filter(([pid]) => known.has(pid)));
  },
  command: (pid) => ps(["-ww", "-o", "command=", "-p", String(pid)]).trim(),
};

function parseRows(output: string): ProcessRow[] {
  return output.split("\n").flatMap((text) => {
    const [, pid, parent, group, state, started] = line.exec(text) ?? [];
    if (started === undefined || state === undefined) return [];
    const numbers = { pid: Number(pid), parent: Number(parent), group: Number(group), session: null, cpuMs: null };
    return { ...numbers, ended: state.startsWith("Z"), startedAt: started.replace(/\s+/g, " ") };
  });
}

/** Variables follow the command on the same line, parted by blanks; our values hold none but the ledger's path, which ends in `.ndjson`. */
export function parseLabels(output: string): Map<number, FoundLabel> {
  const labels = new Map<number, FoundLabel>();
  for (const text of output.split("\n")) {
    const pid = Number.parseInt(text, 10);
    const variables = [...text.matchAll(/ (REHEARSE_LEDGER)=(.*?\.ndjson)(?= |$)| (REHEARSE_(?:ENVIRONMENT|STEP|SERVICE))=(\S+)/g)];
    const label = labelOf(new Map(variables.map(([, ledger, path, name, value]) => [ledger ?? name ?? "", path ?? value ?? ""])));
    if (label !== null) labels.set(pid, label);
  }
  return labels;
}

/** `ps -p` exits with 1 and says nothing when there is no such process. */
function ps(args: readonly string[]): string {
  const { stdout, error } = spawnSync("ps", args, { encoding: "utf8", maxBuffer: 64 * 1024 * 1024, env: { ...process.env, LC_ALL: "C" } });
  if (error !== undefined) {
    throw new RehearseError({
      code: "PROCESS_NOT_STARTED",
      message: "Rehearse could not list the processes of this machine: `ps` did not run.",
      hint: "Make sure that `ps` is on PATH, then run the command again.",
      cause: error,
    });
  }
  return stdout;
}
