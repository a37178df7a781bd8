import type { ProcessIdentity } from "./process-identity.ts";
import type { FoundLabel } from "./process-label.ts";
import type { ProcessRow } from "./process-row.ts";
import { processTable } from "./process-table.ts";

/** Which processes are looked for: any of the three is enough, and whatever descends from one that is found belongs to it. */
export interface ProcessSearch {
  readonly label?: ((label: FoundLabel, pid: number) => boolean) | undefined;
  readonly identities?: readonly ProcessIdentity[] | undefined;
  /** The first process of a group and session: all of the group and session are meant, also when it has ended itself. */
  readonly leader?: ProcessIdentity | undefined;
}

export interface RunningProcess extends ProcessIdentity {
  readonly parent: number;
  /**
   * Its own label, or that of its nearest labelled ancestor: some programs write over the memory that their variables are read from. Null where
   * the search asks for none.
   */
  readonly label: FoundLabel | null;
  /** CPU time of the process and of the children it has waited for, in milliseconds; null where the platform does not say. */
  readonly cpuMs: number | null;
  readonly command: string;
}

/** The running processes that a search means. This process and its ancestors are never among them. */
export function findProcesses({ label, identities = [], leader }: ProcessSearch): RunningProcess[] {
  const rows = processTable.rows();
  const byPid = new Map(rows.map((row) => [row.pid, row]));
  // To read everybody's variables is most of the work.
  const labels: ReadonlyMap<number, FoundLabel> = label === undefined ? new Map() : processTable.labels(rows);
  const started = new Map(identities.map((identity) => [identity.pid, identity.startedAt]));
  const grouped = leader === undefined ? () => false : groupOf(leader, byPid);

  const isMeant = (row: ProcessRow) => {
    const found = labels.get(row.pid);
    return (found !== undefined && label?.(found, row.pid) === true) || started.get(row.pid) === row.startedAt || grouped(row);
  };
  const spared = new Set(lineage(process.pid, byPid).map((row) => row.pid));
  return rows.flatMap((row) => {
    const line = lineage(row.pid, byPid);
    if (!line.some((member) => !spared.has(member.pid) && isMeant(member))) return [];
    const labelled = line.find((member) => labels.has(member.pid));
    const found = labelled === undefined ? undefined : labels.get(labelled.pid);
    const { pid, startedAt, parent, cpuMs } = row;
    return { pid, startedAt, parent, cpuMs, label: found ?? null, command: processTable.command(pid) };
  });
}

/** A group keeps its leader's pid reserved after the leader has ended; a living leader with another start time leads another group. */
function groupOf(leader: ProcessIdentity, byPid: ReadonlyMap<number, ProcessRow>): (row: ProcessRow) => boolean {
  const first = byPid.get(leader.pid);
  if (first !== undefined && first.startedAt !== leader.startedAt) return () => false;
  return (row) => row.group === leader.pid || row.session === leader.pid;
}

/** The process and its ancestors, nearest first. The table is not read at one instant, so a loop in it is possible. */
function lineage(pid: number, byPid: ReadonlyMap<number, ProcessRow>): ProcessRow[] {
  const line = new Set<ProcessRow>();
  for (let row = byPid.get(pid); row !== undefined && !line.has(row); row = byPid.get(row.parent)) line.add(row);
  return [...line];
}
