import type { Pool } from "pg";
import { patienceMs, untilEnded } from "../until-ended.ts";
import { failure } from "./failure.ts";

/** Waits until each server process has been seen idle that works for another client now; see `EngineSession.settle`. */
export async function settle(pool: Pool, endAfterMs = patienceMs): Promise<void> {
  try {
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

/** The processes that work for other clients, or hold a transaction open: the server rolls it back once it notices that the client is gone. */
async function working(pool: Pool): Promise<number[]> {
  const answer = await pool.query<{ pid: number }>(
    `SELECT pid FROM pg_catalog.pg_stat_activity
     WHERE backend_type = 'client backend' AND application_name <> pg_catalog.current_setting('application_name')
       AND (state IN ('active', 'fastpath function call') OR state LIKE 'idle in transaction%')`,
  );
  return answer.rows.map(({ pid }) => pid);
}
