import { randomUUID } from "node:crypto";
import { readdir, rm } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";

/** Two machines, or a machine and a container, may share a folder: only on the same one does a process's number say anything. */
const machine = hostname().replaceAll(/[^\w]/g, "_");

/** The name of a folder for the intermediate files of this process. */
export function ownFolder(): string {
  return `tables-${machine}-${process.pid}-${randomUUID()}`;
}

/** Removes the folders of processes of this machine that were killed: nobody else knows of them any more. */
export async function removeAbandoned(directory: string): Promise<void> {
  for (const name of await readdir(directory)) {
    const [, host, pid] = /^tables-(\w+)-(\d+)-[\da-f-]{36}$/.exec(name) ?? [];
    if (host === machine && !isAlive(Number(pid))) await rm(join(directory, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // One of another user is alive, too.
    return !(error instanceof Error && "code" in error && error.code === "ESRCH");
  }
}
