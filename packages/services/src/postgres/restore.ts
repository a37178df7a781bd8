import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import type { Restoration } from "@rehearse/dataset";
import { messageOf } from "@rehearse/errors";
import { escapeIdentifier, type Pool, type PoolClient } from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { unrestorable } from "../unrestorable.ts";
import { failure } from "./failure.ts";
import { restoring, transaction } from "./pool.ts";
import { digestOf, planRestore, type PlannedColumn } from "./restore-plan.ts";
import { moveSequences } from "./sequences.ts";
import { targetTable, type TargetTable } from "./target-table.ts";

const staging = `pg_temp."texts for Rehearse"`;

/** Replaces the rows of a table, all of them or none; see `EngineSession.restore`. */
export async function restore(pool: Pool, table: string, restoration: Restoration): Promise<number> {
  try {
    return await transaction(pool, async (client) => {
      await client.query(restoring);
      const target = await targetTable(client, table, restoration);
      const plan = planRestore({ table, target: target.columns, restored: restoration.columns });
      const rows = await stage(client, table, restoration);
      await empty(client, target);
      await insert(client, { table, target, plan, rows });
      await verify(client, { table, target, plan });
      await moveSequences(client, target);
      return rows;
    });
  } catch (error) {
    throw failure(error, {
      code: "REFERENCE_INVALID",
      what: `The reference of ${table} cannot be restored`,
      hint: "Run the whole rehearsal instead of the one stage, or accept a reference that fits the table.",
    });
  }
}

interface Filling {
  readonly target: TargetTable;
  readonly plan: readonly PlannedColumn[];
}

/** Puts the canonical texts into a table of the connection's own; resolves to the number of rows. */
async function stage(client: PoolClient, table: string, { file, columns, rows }: Restoration): Promise<number> {
  if (columns.length === 0) return rows;
  await client.query(`CREATE TEMPORARY TABLE ${staging} (${columns.map((_, index) => `c${index} text`).join(", ")}) ON COMMIT DROP`);
  const stream = client.query(copyFrom(`COPY ${staging} FROM STDIN (FORMAT csv, NULL '\\N')`));
  await pipeline(createReadStream(file), stream);
  if (stream.rowCount !== rows) throw unrestorable({ table, reason: `it has ${rows} rows, of which ${stream.rowCount} arrived` });
  return rows;
}

/** A table that others refer to cannot be truncated, not even where nobody watches. */
async function empty(client: PoolClient, { oid, sql }: TargetTable): Promise<void> {
  const { rowCount } = await client.query(
    "SELECT FROM pg_catalog.pg_constraint WHERE contype = 'f' AND confrelid = $1 AND conrelid <> $1",
    [oid],
  );
  await client.query(rowCount === 0 ? `TRUNCATE ${sql}` : `DELETE FROM ${sql}`);
}

/** Fills the table; where that fails, says which column it was, if one alone is at fault. */
async function insert(
  client: PoolClient,
  { table, ...filling }: Filling & { readonly table: string; readonly rows: number },
): Promise<void> {
  await client.query("SAVEPOINT filled");
  try {
    await client.query(insertion(filling));
  } catch (error) {
    for (const { name, value, given } of filling.plan) {
      if (given === null) continue;
      await client.query("ROLLBACK TO SAVEPOINT filled");
      await client.query(`SELECT pg_catalog.count(${value}) FROM ${staging}`).catch((cause: unknown) => {
        throw unrestorable({ table, reason: `column ${name} of the table does not take a value: ${messageOf(cause)}`, cause });
      });
    }
    throw error;
  }
}

function insertion({ target, plan, rows }: Filling & { readonly rows: number }): string {
  const list = plan.length === 0 ? "" : `(${plan.map(({ name }) => escapeIdentifier(name)).join(", ")}) OVERRIDING SYSTEM VALUE`;
  const from = plan.some(({ given }) => given !== null) ? staging : `pg_catalog.generate_series(1, ${rows})`;
  return `INSERT INTO ${target.sql} ${list} SELECT ${plan.map(({ value }) => value).join(", ")} FROM ${from}`;
}

/** A column may have rounded or cut what it was given: what is in it now is compared with what was to go in. */
async function verify(client: PoolClient, { table, target, plan }: Filling & { readonly table: string }): Promise<void> {
  const checked = plan.flatMap(({ name, given, kept }) => (given === null ? [] : [{ name, given, kept }]));
  if (checked.length === 0) return;
  const ask = async (texts: readonly string[], from: string): Promise<unknown[]> => {
    const { rows } = await client.query<unknown[]>({ text: `SELECT ${texts.map(digestOf).join(", ")} FROM ${from}`, rowMode: "array" });
    return rows[0] ?? [];
  };
  const given = await ask(
    checked.map((column) => column.given),
    staging,
  );
  const kept = await ask(
    checked.map((column) => column.kept),
    `${target.sql} AS kept`,
  );
  const lossy = checked.find((_, index) => given[index] !== kept[index]);
  if (lossy !== undefined) throw unrestorable({ table, reason: `column ${lossy.name} of the table does not keep its values exactly` });
}
