import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";

/** A request as it came. */
export interface Told {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A server that answers each request as a test says, and knows what it was asked. */
export interface ToldServer extends AsyncDisposable {
  readonly endpoint: string;
  readonly told: Told[];
}

export async function startToldServer(answer: (response: ServerResponse, request: Told, count: number) => void): Promise<ToldServer> {
  const told: Told[] = [];
  const server = createServer((request, response) => {
    const { method = "", url = "", headers } = request;
    // What is longer than it will ever come is answered before its end.
    const read = Number(headers["content-length"] ?? 0) > 2 ** 20 ? Promise.resolve("") : text(request);
    void read.then((body) => {
      const one = { method, url, headers, body };
      told.push(one);
      answer(response, one, told.length);
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    told,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
