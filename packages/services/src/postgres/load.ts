import type { Pool } from "pg";
import type { SeedInput } from "../engine.ts";
import { failure } from "./failure.ts";
import { transaction } from "./pool.ts";
import { insertRows } from "./rows.ts";

/** Puts a seed in, all of it or nothing; resolves to its rows, or for a script to its statements. */
export async function load(pool: Pool, seed: SeedInput): Promise<number> {
  const circumstance = {
    code: "SEED_FAILED",
    what: `The seed ${seed.name} failed`,
    hint: "Nothing of it was put in: mend it and try again.",
  } as const;
  let sourceError: { readonly error: unknown } | undefined;
  async function* heard(rows: AsyncIterable<Record<string, unknown>>): AsyncGenerator<Record<string, unknown>> {
    try {
      yield* rows;
    } catch (error) {
      sourceError = { error };
      throw error;
    }
  }
  try {
    if (seed.kind === "rows") return await transaction(pool, (client) => insertRows(client, { ...seed, rows: heard(seed.rows) }));
    return await runScript(pool, seed.text);
  } catch (error) {
    // The rows' own source failed: that is the story, not the connection.
    if (sourceError !== undefined) throw sourceError.error;
    throw failure(error, { ...circumstance, sql: seed.kind === "script" ? { text: seed.text, before: 0 } : undefined });
  }
}

/** Postgres runs the statements of one request in one transaction. The connection is closed: a script may change its settings. */
async function runScript(pool: Pool, text: string): Promise<number> {
  const client = await pool.connect();
  try {
    const answer: unknown = await client.query(text);
    return Array.isArray(answer) ? answer.length : 1;
  } finally {
    client.release(true);
  }
}
