import { setTimeout as delay } from "node:timers/promises";
import type { Pool } from "pg";
import { patienceMs, untilEnded } from "../until-ended.ts";
import { failure } from "./failure.ts";

/** How long an idle server process may take to read what its client left, and to end; one whose client is still there goes on. */
const leavingMs = 500;
const pollMs = 5;

/**
 * Waits until the server processes of clients that are gone have read what was left to them, and until each has been seen idle that works for another
 * client now; see `EngineSession.settle`.
 */
export async function settle(pool: Pool, endAfterMs = patienceMs): Promise<void> {
  try {
    await untilLeft(pool);
    await untilEnded({
      working: () => working(pool),
      end: (pids) => pool.query("SELECT pg_catalog.pg_terminate_backend(pid) FROM pg_catalog.unnest($1::int[]) AS pid", [pids]),
      endAfterMs,
      server: "Postgres",
    });
  } catch (error) {
    throw failure(error, {
      code: "QUERY_FAILED",
      what: "What the server works on cannot be seen or ended",
      hint: "The service's user must be allowed to see and end what other connections do.",
    });
  }
}

/** Waits until those that are idle now have ended, or begun to work. */
async function untilLeft(pool: Pool): Promise<void> {
  const start = performance.now();
  let waiting = await others(pool, "state = 'idle'");
  while (waiting.length > 0 && performance.now() - start < leavingMs) {
    await delay(pollMs);
    const idle = new Set(await others(pool, "state = 'idle'"));
    waiting = waiting.filter((pid) => idle.has(pid));
  }
}

/** The processes that work for other clients, or hold a transaction open: the server rolls it back once it notices that the client is gone. */
function working(pool: Pool): Promise<number[]> {
  return others(pool, "state IN ('active', 'fastpath function call') OR state LIKE 'idle in transaction%'");
}

/** The server's processes for other clients of which this holds. */
async function others(pool: Pool, condition: string): Promise<number[]> {
  const answer = await pool.query<{ pid: number }>(
    `SELECT pid FROM pg_catalog.pg_stat_activity
     WHERE backend_type = 'client backend' AND application_name <> pg_catalog.current_setting('application_name') AND (${condition})`,
  );
  return answer.rows.map(({ pid }) => pid);
}
