import type { ProcessRow } from "./process-row.ts";

/** The rows of these processes and of all that descends from them. */
export function descendants(rows: readonly ProcessRow[], roots: readonly Pick<ProcessRow, "pid" | "startedAt">[]): ProcessRow[] {
  const started = new Map(roots.map(({ pid, startedAt }) => [pid, startedAt]));
  const tree = new Set(rows.flatMap((row) => (started.get(row.pid) === row.startedAt ? row.pid : [])));
  for (let size = -1; size !== tree.size;) {
    size = tree.size;
    for (const row of rows) if (tree.has(row.parent)) tree.add(row.pid);
  }
  return rows.filter((row) => tree.has(row.pid));
}
