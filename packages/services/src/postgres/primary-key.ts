import type { PoolClient } from "pg";
import type { Table } from "./tables.ts";

/** The primary key's columns in its own order; those of INCLUDE are not part of it. */
export async function primaryKey(client: PoolClient, table: Table): Promise<string[]> {
  const answer = await client.query<{ name: string }>(
    `SELECT a.attname AS name
     FROM pg_catalog.pg_index i, pg_catalog.unnest(i.indkey::pg_catalog.int2[]) WITH ORDINALITY AS k(attnum, position)
     JOIN pg_catalog.pg_attribute a ON a.attnum = k.attnum
     WHERE i.indrelid = $1 AND i.indisprimary AND a.attrelid = i.indrelid AND k.position <= i.indnkeyatts
     ORDER BY k.position`,
    [table.oid],
  );
  return answer.rows.map(({ name }) => name);
}
