import type { Pool } from "pg";
import type { EngineSession } from "../engine.ts";
import { extract } from "./extract.ts";
import { load } from "./load.ts";
import { restore } from "./restore.ts";
import { settle } from "./settle.ts";
import { openSnapshot } from "./snapshot.ts";
import { openStates } from "./states.ts";

/** The port of an engine over a pool of connections, which it closes. */
export function openSession(pool: Pool, version: string): EngineSession {
  return {
    version,
    load: (seed) => load(pool, seed),
    settle: () => settle(pool),
    states: openStates(pool),
    extract: (source, file) => extract(pool, { source, file }),
    snapshot: () => openSnapshot(pool, version),
    restore: (table, restoration) => restore(pool, table, restoration),
    // A pool that is ended twice complains.
    [Symbol.asyncDispose]: async () => (pool.ending ? undefined : await pool.end()),
  };
}
