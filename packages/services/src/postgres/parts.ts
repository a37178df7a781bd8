import type { PoolClient } from "pg";
import type { Table } from "./tables.ts";

/** So many blocks of a table are read as one part: enough that to begin one costs nothing beside it. */
const blocksOfPart = 2048;

/**
 * What stands after FROM for each part of a table; together they are all its rows, each once. A large table falls into ranges of places on disk, which
 * connections that share a snapshot can read side by side; from version 14 on the server goes straight to such a range. Tables whose rows, or some of
 * them, Postgres does not keep itself in blocks of one heap are one part.
 */
export async function partsOf(client: PoolClient, { oid, sql }: Table): Promise<string[]> {
  const { rows } = await client.query<{ blocks: string }>(
    `SELECT pg_catalog.pg_relation_size(pg_class.oid) / pg_catalog.current_setting('block_size')::pg_catalog.int8 AS blocks FROM pg_catalog.pg_class
     WHERE pg_class.oid = $1 AND relkind IN ('r', 'm') AND NOT relhassubclass AND relam = (SELECT oid FROM pg_catalog.pg_am WHERE amname = 'heap')
       AND pg_catalog.current_setting('server_version_num')::pg_catalog.int4 >= 140000`,
    [oid],
  );
  const parts = Math.floor(Number(rows[0]?.blocks ?? 0) / blocksOfPart);
  if (parts < 2) return [sql];
  return Array.from({ length: parts }, (_, index) => {
    const from = index === 0 ? [] : [`ctid >= '(${index * blocksOfPart},0)'::pg_catalog.tid`];
    const to = index === parts - 1 ? [] : [`ctid < '(${(index + 1) * blocksOfPart},0)'::pg_catalog.tid`];
    return `(SELECT * FROM ${sql} WHERE ${[...from, ...to].join(" AND ")})`;
  });
}
