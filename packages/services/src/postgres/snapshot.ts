import type { Pool } from "pg";
import type { DigestedTable, Snapshot } from "../engine.ts";
import { digest } from "./digest.ts";
import { extract } from "./extract.ts";
import { beginReading } from "./pool.ts";

/** One state of all tables, which a connection holds while others read it at the same time. `version` is the server's. */
export async function openSnapshot(pool: Pool, version: string): Promise<Snapshot> {
  const holder = await pool.connect();
  try {
    await holder.query(beginReading());
    const { rows } = await holder.query<{ id: string }>("SELECT pg_catalog.pg_export_snapshot() AS id");
    const snapshot = rows[0]?.id ?? "";
    const made = new Map<string, Promise<DigestedTable | null>>();
    const digestOnce = (table: string, ignore: readonly string[]): Promise<DigestedTable | null> => {
      const name = JSON.stringify([table, ignore]);
      const digested = made.get(name) ?? digest(pool, { table, ignore, version, snapshot });
      made.set(name, digested);
      return digested;
    };
    return {
      async extract(source, file, wanted) {
        const extraction = await extract(pool, { source, file, snapshot });
        if (wanted === undefined || !("table" in source) || extraction.rows < wanted.fromRows) return extraction;
        return { ...extraction, engineDigest: (await digestOnce(source.table, wanted.ignore))?.digest };
      },
      digest: (table, { ignore }) => digestOnce(table, ignore),
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
