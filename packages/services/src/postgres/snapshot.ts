import type { Pool } from "pg";
import type { Snapshot } from "../engine.ts";
import { extract } from "./extract.ts";
import { beginReading } from "./pool.ts";

/** One state of all tables, which a connection holds while others read it at the same time. */
export async function openSnapshot(pool: Pool): Promise<Snapshot> {
  const holder = await pool.connect();
  try {
    await holder.query(beginReading());
    const { rows } = await holder.query<{ id: string }>("SELECT pg_catalog.pg_export_snapshot() AS id");
    const snapshot = rows[0]?.id ?? "";
    return {
      extract: (source, file) => extract(pool, { source, file, snapshot }),
      async [Symbol.asyncDispose]() {
        // A connection that broke has let go of the snapshot by itself.
        const broken = await holder.query("COMMIT").catch((error: unknown) => error);
        holder.release(broken instanceof Error);
      },
    };
  } catch (error) {
    holder.release(true);
    throw error;
  }
}
