import { patienceMs, untilEnded } from "../until-ended.ts";
import { ask, requestFailure, serverCode, type Server } from "./server.ts";

const badArguments = 36;
/** The interface of a query that came through none: the one that an embedded engine runs as long as it lives. */
const localInterface = 6;

/** Waits until the queries have ended that others asked before, and what they left to be inserted later is in; see `EngineSession.settle`. */
export async function settle(server: Server, endAfterMs = patienceMs): Promise<void> {
  try {
    await untilEnded({
      working: () => working(server),
      end: (ids) => kill(server, ids),
      endAfterMs,
      server: `ClickHouse (service "${server.service}")`,
    });
    await flushInserts(server);
  } catch (error) {
    const doing = `What the service "${server.service}" works on could not be seen or ended`;
    const hint = "The service's user must be allowed to read system.processes and to end queries.";
    throw requestFailure({ code: "QUERY_FAILED", doing, hint, service: server.service, error });
  }
}

/** The queries of others, by their ids. */
async function working({ reader, agent }: Server): Promise<string[]> {
  const rows = await ask<{ query_id: string }>(
    reader,
    `SELECT query_id FROM system.processes WHERE interface != ${localInterface} AND NOT startsWith(http_user_agent, '${agent}')`,
  );
  return rows.map((row) => row.query_id);
}

async function kill({ writer }: Server, ids: readonly string[]): Promise<void> {
  const query = "KILL QUERY WHERE query_id IN {ids: Array(String)} ASYNC";
  await writer.command({ query, query_params: { ids } });
}

/** Embedded engines have no such queue: they insert at once. */
const withoutQueue = new WeakSet<Server>();

async function flushInserts(server: Server): Promise<void> {
  if (withoutQueue.has(server)) return;
  try {
    await server.writer.command({ query: "SYSTEM FLUSH ASYNC INSERT QUEUE" });
  } catch (error) {
    if (serverCode(error) !== badArguments) throw error;
    withoutQueue.add(server);
  }
}
