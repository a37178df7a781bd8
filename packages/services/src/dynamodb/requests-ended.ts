import type { Server } from "node:http";
import { connect, type Socket } from "node:net";
import { setImmediate as readSockets, setTimeout as turn } from "node:timers/promises";

interface Requests {
  /** Listens on this port of 127.0.0.1. */
  readonly server: Server;
  readonly port: number;
  /** The requests that are being worked on, each as a promise of its end: also when their client is gone already. */
  readonly underWay: ReadonlySet<Promise<void>>;
  /** What waits longer than this is not about to write: a client may have sent half a request. */
  readonly patienceMs: number;
}

/** Resolves when the requests have ended that are under way now, and those that clients left in their sockets before they went. */
export async function requestsEnded({ server, port, underWay, patienceMs }: Requests): Promise<void> {
  await everybodyIn(server, port);
  for (let passed = 0; passed < 3; passed += 1) await readSockets();
  if (underWay.size === 0) return;
  const late = new AbortController();
  await Promise.race([Promise.all(underWay), turn(patienceMs, undefined, { signal: late.signal }).catch(() => undefined)]);
  late.abort();
}

/** Resolves when every client is let in that has knocked: Node takes one a turn, in order, so a knock of our own comes last. */
function everybodyIn(server: Server, port: number): Promise<void> {
  return new Promise((resolve) => {
    const knock = connect(port, "127.0.0.1");
    const look = (socket: Socket): void => {
      if (socket.remotePort !== knock.localPort) return;
      knock.destroy();
    };
    server.on("connection", look);
    knock.on("error", () => undefined);
    knock.on("close", () => {
      server.off("connection", look);
      resolve();
    });
  });
}
