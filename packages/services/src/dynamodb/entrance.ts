import { Agent, createServer, request as ask, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { ServerAddress } from "../engine.ts";
import { patienceMs } from "../until-ended.ts";
import { mayWrite } from "./may-write.ts";
import { requestsEnded } from "./requests-ended.ts";

/** A way to a server on which it is seen what programs ask. */
export interface Entrance extends AsyncDisposable {
  /** Of this process: it goes when the entrance is closed. */
  readonly address: ServerAddress;
  /** A number that is another one after every request that may have written; null while one is under way, and where tables change by themselves. */
  seen(): number | null;
  /** Resolves when the requests have ended that are under way now, whether or not their clients still wait. */
  settled(): Promise<void>;
}

/** From then on the server removes items of its own accord. */
const changesLater = /\.UpdateTimeToLive$/;

/** Of this connection alone, which the other one has its own of. */
const ofTheConnection = new Set(["connection", "expect", "keep-alive"]);

/** Opens a way to the server at an address, on a free port of 127.0.0.1. Requests and answers pass as they are; unknown ones count as writes. */
export async function openEntrance(to: ServerAddress): Promise<Entrance> {
  const underWay = new Set<Promise<void>>();
  const agent = new Agent({ keepAlive: true });
  let [writes, writing, changesByItself] = [0, 0, false];
  const server = createServer({ keepAliveTimeout: 0, requestTimeout: 0, headersTimeout: 0 }, (request, response) => {
    const target = request.headers["x-amz-target"];
    const written = Number(mayWrite(target));
    if (typeof target === "string" && changesLater.test(target)) changesByItself = true;
    writes += written;
    writing += written;
    const passing = pass({ request, response, to, agent }).finally(() => {
      writes += written;
      writing -= written;
      underWay.delete(passing);
    });
    underWay.add(passing);
  });
  const port = await listening(server);
  return {
    address: { ...to, ports: { ...to.ports, port } },
    seen: () => (writing > 0 || changesByItself ? null : writes),
    settled: () => requestsEnded({ server, port, underWay, patienceMs }),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      agent.destroy();
    },
  };
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return port;
}

interface Passage {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly to: ServerAddress;
  readonly agent: Agent;
}

/** Hands a request on and its answer back; resolves when the server has answered it whole, or will never. */
function pass({ request, response, to, agent }: Passage): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const { method, url } = request;
  const onward = ask({ agent, host: to.host, port: to.ports["port"], method, path: url, setHost: false });
  for (const [name, value] of headersOf(request)) onward.appendHeader(name, value);
  onward.on("response", (answer) => {
    answer.on("close", resolve);
    if (response.destroyed) {
      answer.resume();
      return;
    }
    response.statusCode = answer.statusCode ?? 502;
    for (const [name, value] of headersOf(answer)) response.appendHeader(name, value);
    answer.pipe(response);
    // What nobody waits for any more is read to its end all the same: the server goes on with it.
    response.on("close", () => answer.unpipe(response).resume());
    answer.on("error", () => response.destroy());
  });
  // Its client sees what it would see of the server itself.
  onward.on("error", () => {
    response.destroy();
    resolve();
  });
  // A request that breaks off in its middle is one that the server never gets.
  request.on("close", () => {
    if (!request.complete) onward.destroy();
  });
  request.pipe(onward);
  return promise;
}

function headersOf({ rawHeaders }: IncomingMessage): (readonly [name: string, value: string])[] {
  return rawHeaders.flatMap((name, index) => {
    const value = rawHeaders[index + 1];
    return index % 2 === 1 || value === undefined || ofTheConnection.has(name.toLowerCase()) ? [] : [[name, value] as const];
  });
}
