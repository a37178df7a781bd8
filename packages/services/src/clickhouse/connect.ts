import { setTimeout as sleep } from "node:timers/promises";
import { messageOf, RehearseError } from "@rehearse/errors";
import type { EngineSession, ServerAddress } from "../engine.ts";
import { portOf } from "./address.ts";
import { extract } from "./extract.ts";
import { load } from "./load.ts";
import { restore } from "./restore.ts";
import { openServer, serverCode, type Server } from "./server.ts";
import { settle } from "./settle.ts";
import { openSnapshot } from "./snapshot.ts";
import { states } from "./states.ts";

const pauseMs = 20;
// The server refuses these at once and for good. Another server that took the port refuses them as well:
// the wait gives the provider the time to notice that ours has ended, which says more.
const refusals = new Set([192, 193, 194, 516]);
const refusalPatienceMs = 2000;

function refused(address: ServerAddress, cause: unknown): RehearseError {
  return new RehearseError({
    code: "ENGINE_NOT_READY",
    message: `ClickHouse (service "${address.service}") at ${address.host}:${portOf(address, "http")} refuses the user "${address.credentials.user}": ${messageOf(cause).trim()}`,
    hint: "Take the environment down and up again; when the port is given in rehearse.yml, make sure that no other server uses it.",
    cause,
  });
}

async function readVersion(server: Server, signal: AbortSignal): Promise<string> {
  const result = await server.reader.query({ query: "SELECT version() AS version", format: "JSONEachRow", abort_signal: signal });
  const [row] = await result.json<{ version: string }>();
  return row?.version ?? "";
}

/** Asks until the server answers; only a refused user is final. */
async function untilReady({ server, address, signal }: { server: Server; address: ServerAddress; signal: AbortSignal }): Promise<string> {
  const start = performance.now();
  for (;;) {
    signal.throwIfAborted();
    try {
      return await readVersion(server, signal);
    } catch (error) {
      signal.throwIfAborted();
      const code = serverCode(error);
      if (code !== null && refusals.has(code) && performance.now() - start > refusalPatienceMs) throw refused(address, error);
      // Not answering yet: the signal is the time limit.
    }
    await sleep(pauseMs);
  }
}

/** Waits until the server answers the application's user, and opens a session. See `Engine.connect`. */
export async function connect(address: ServerAddress, signal: AbortSignal): Promise<EngineSession> {
  await using stack = new AsyncDisposableStack();
  const server = stack.use(openServer(address));
  const version = await untilReady({ server, address, signal });
  // Every server has it, but an image whose server was told another one to begin with.
  if (address.directory === undefined) await server.writer.command({ query: "CREATE DATABASE IF NOT EXISTS default" });
  const owned = stack.move();
  return {
    version,
    load: (seed) => load(server, seed),
    settle: () => settle(server),
    states: () => states(server),
    extract: (source, file) => extract({ server, source, file }),
    snapshot: async () => openSnapshot(server, version),
    restore: (table, restoration) => restore(server, table, restoration),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
