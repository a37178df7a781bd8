import { once } from "node:events";
import { createServer, type Server } from "node:net";
import { messageOf } from "@rehearse/errors";
import { portTaken } from "./port-taken.ts";

const host = "127.0.0.1";

/** A free port of 127.0.0.1 for each name; `fixed` is the first one's. PORT_TAKEN where that is in use. */
export async function freePorts(names: readonly string[], fixed: number | undefined): Promise<Record<string, number>> {
  const ports: Record<string, number> = {};
  // All are held until all are found, so that no two are the same.
  await using held = new AsyncDisposableStack();
  for (const [index, name] of names.entries()) {
    const server = held.use(await hold(index === 0 ? fixed : undefined));
    const address = server.address();
    if (address !== null && typeof address === "object") ports[name] = address.port;
  }
  return ports;
}

async function hold(port = 0): Promise<Server> {
  const server = createServer();
  try {
    server.listen({ host, port, exclusive: true });
    await once(server, "listening");
    return server;
  } catch (error) {
    throw portTaken(port, messageOf(error), error);
  }
}
