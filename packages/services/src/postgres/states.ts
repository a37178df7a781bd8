import { createHash } from "node:crypto";
import type { Pool, PoolClient } from "pg";
import type { TableState } from "../engine.ts";
import { failure } from "./failure.ts";
import { readOnly } from "./pool.ts";
import { rowTotals } from "./row-totals.ts";
import { tables, type Table } from "./tables.ts";

// A name no column has: a column of the same name would be taken instead of the row.
const row = `"the whole row, for Rehearse"`;

/**
 * Returns a look at the rows of every table as count and digest, on one snapshot. A look at the moment of the one before gives the same and reads no row.
 *
 * The text of a record is hashed, not the record: Postgres' own record hash takes 1 and 4294967296, NaN and Infinity, 1.0 and 1.00 for the
 * same and an enum's OID for its value; `record_send` carries OIDs, which differ between databases. It is the same in every version: the digests of what
 * stages read are kept with the references.
 */
export function openStates(pool: Pool): () => Promise<readonly TableState[]> {
  let last: { readonly moment: string | null; readonly states: readonly TableState[] } | undefined;
  return async () => {
    try {
      last = await readOnly(pool, async (client) => {
        const moment = await momentOf(client);
        if (moment !== null && moment === last?.moment) return last;
        const states: TableState[] = [];
        for (const table of await tables(client)) states.push(await state(client, table));
        return { moment, states };
      });
      return last.states;
    } catch (error) {
      throw failure(error, {
        code: "QUERY_FAILED",
        what: "The tables cannot be read",
        hint: "See whether a generated column of one of them fails.",
      });
    }
  };
}

/**
 * Which transactions this one sees, of all databases: no row or column can change without a transaction that has a number, so where the same are seen all is
 * the same. Null where there are foreign tables, whose rows other servers change.
 */
async function momentOf(client: PoolClient): Promise<string | null> {
  const { rows } = await client.query<{ moment: string | null }>(
    `SELECT CASE WHEN NOT EXISTS (SELECT FROM pg_catalog.pg_class WHERE relkind = 'f') THEN pg_catalog.txid_current_snapshot()::pg_catalog.text END AS moment`,
  );
  return rows[0]?.moment ?? null;
}

async function state(client: PoolClient, table: Table): Promise<TableState> {
  const columns = await client.query<{ name: string; type: string }>(
    `SELECT attname AS name, pg_catalog.format_type(atttypid, atttypmod) AS type FROM pg_catalog.pg_attribute
     WHERE attrelid = $1 AND attnum > 0 AND NOT attisdropped ORDER BY attnum`,
    [table.oid],
  );
  const totals = await rowTotals(client, {
    hash: `pg_catalog.hashtextextended(pg_catalog.textin(pg_catalog.record_out(${row})) COLLATE "C", 0)`,
    from: `${table.sql} AS ${row}`,
  });
  const digest = createHash("sha256")
    .update(JSON.stringify([columns.rows, totals]))
    .digest("hex");
  return { table: table.name, rows: Number(totals.rows), digest };
}
