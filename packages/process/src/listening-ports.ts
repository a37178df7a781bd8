import { readdirSync, readFileSync, readlinkSync } from "node:fs";

const listening = "0A";

/** The TCP ports that a process listens on; empty where the system does not say (no /proc), and for a process of another user. */
export function listeningPorts(pid: number): number[] {
  const sockets = new Set(
    ifReadable(() => readdirSync(`/proc/${pid}/fd`)).flatMap((fd) => ifReadable(() => [readlinkSync(`/proc/${pid}/fd/${fd}`)])),
  );
  const ports = ["tcp", "tcp6"].flatMap((file) =>
    ifReadable(() => readFileSync(`/proc/${pid}/net/${file}`, "latin1").split("\n")).flatMap((line) => {
      // See proc_net(5): slot, local address, remote address, state, …, inode as the tenth.
      const [, local, , state, , , , , , inode] = line.trim().split(/\s+/);
      return state === listening && sockets.has(`socket:[${inode}]`) ? Number.parseInt(local?.split(":")[1] ?? "", 16) : [];
    }),
  );
  return [...new Set(ports)].sort((one, other) => one - other);
}

function ifReadable<T>(read: () => T[]): T[] {
  try {
    return read();
  } catch (error) {
    if (error instanceof Error && "code" in error) return [];
    throw error;
  }
}
