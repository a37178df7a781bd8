import { readdirSync, readFileSync } from "node:fs";
import { listeningPorts } from "@rehearse/process";

export interface PortHolder {
  readonly pid: number;
  readonly name: string;
}

/** Which process listens on a TCP port of this machine; null where none does, and where it cannot be known (no /proc, another user's). */
export function portHolder(port: number): PortHolder | null {
  const pid = ifReadable(() => readdirSync("/proc").map(Number).filter(Number.isInteger), []).find((one) =>
    listeningPorts(one).includes(port),
  );
  return pid === undefined ? null : { pid, name: ifReadable(() => readFileSync(`/proc/${pid}/comm`, "utf8").trim(), "a process") };
}

function ifReadable<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof Error && "code" in error) return otherwise;
    throw error;
  }
}
