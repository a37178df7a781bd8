import { setTimeout as delay } from "node:timers/promises";
import { RehearseError } from "@rehearse/errors";
import { findProcesses, listeningPorts } from "@rehearse/process";
import type { Engine, EngineSession, ServerAddress } from "@rehearse/services";
import { portHolder } from "./port-holder.ts";
import { portTaken } from "./port-taken.ts";
import { logTail, readLog, type ServerProcess } from "./server-process.ts";

export interface Readiness {
  readonly engine: Engine;
  readonly address: ServerAddress;
  readonly server: ServerProcess;
  readonly signal: AbortSignal;
}

const timeoutMs = 30_000;
const logLookMs = 200;

/**
 * Opens a session once the server answers. Rejects with what the engine makes of the log when the process ends or its log says that the start
 * failed, with PORT_TAKEN when it is another process that answers, with ENGINE_NOT_READY after 30 s.
 */
export async function whenReady({ engine, address, server, signal }: Readiness): Promise<EngineSession> {
  const done = new AbortController();
  const explained = new AbortController();
  const late = AbortSignal.timeout(timeoutMs);
  const stop = AbortSignal.any([signal, server.lost, explained.signal, late]);
  const watching = watchLog({ engine, address, server, explained, until: done.signal });
  try {
    const session = await engine.connect(address, stop);
    try {
      ensureOwnPorts(address, server);
    } catch (error) {
      await session[Symbol.asyncDispose]();
      throw error;
    }
    return session;
  } catch (error) {
    signal.throwIfAborted();
    if (!stop.aborted) throw error;
    throw engine.explain(await readLog(server.logFile), address) ?? (await unexplained({ engine, address, server, late }));
  } finally {
    done.abort();
    await watching;
  }
}

/** Some servers go on running after they have found that they cannot do their work. */
async function watchLog({
  engine,
  address,
  server,
  explained,
  until,
}: Omit<Readiness, "signal"> & { explained: AbortController; until: AbortSignal }): Promise<void> {
  while (!until.aborted) {
    const failure = engine.explain(await readLog(server.logFile), address);
    if (failure !== null) explained.abort(failure);
    await delay(logLookMs, undefined, { signal: until }).catch(() => undefined);
  }
}

/** A server that took one of our ports in between may answer in our server's place. */
function ensureOwnPorts({ ports }: ServerAddress, { identity }: ServerProcess): void {
  const direct = new Set(listeningPorts(identity.pid));
  const others = Object.values(ports).filter((port) => !direct.has(port));
  if (others.length === 0) return;
  const own = new Set(findProcesses({ leader: identity }).flatMap(({ pid }) => listeningPorts(pid)));
  const foreign = others.find((port) => !own.has(port) && portHolder(port) !== null);
  if (foreign !== undefined) throw portTaken(foreign, "another process listens there");
}

async function unexplained({ engine, address, server, late }: Omit<Readiness, "signal"> & { late: AbortSignal }): Promise<RehearseError> {
  const what = `${engine.title} (service "${address.service}")`;
  const details = await logTail(server.logFile);
  if (server.lost.aborted) {
    const message = `${what} ended instead of starting.`;
    return new RehearseError({
      code: "ENGINE_START_FAILED",
      message,
      hint: "What it wrote last says why.",
      details,
      cause: server.lost.reason,
    });
  }
  return new RehearseError({
    code: "ENGINE_NOT_READY",
    message: `${what} did not answer within ${timeoutMs / 1000} s.`,
    hint: "What it wrote last may say why; on a busy machine, run fewer things at once.",
    details,
    cause: late.reason,
  });
}
