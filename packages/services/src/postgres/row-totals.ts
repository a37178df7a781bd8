import type { PoolClient } from "pg";

/** What the hashes of rows come to: sum and exclusive or together see rows that come twice, their order they do not. */
export interface RowTotals {
  readonly rows: string;
  readonly sum: string | null;
  readonly xor: string | null;
}

/** The totals of a hash of each row of `from`, in one pass that the server's workers share. */
export async function rowTotals(client: PoolClient, { hash, from }: { readonly hash: string; readonly from: string }): Promise<RowTotals> {
  const { rows } = await client.query<RowTotals>(
    `SELECT pg_catalog.count(*) AS rows, pg_catalog.sum(hash) AS sum, pg_catalog.bit_xor(hash) AS xor FROM (SELECT ${hash} AS hash FROM ${from}) AS hashes`,
  );
  return rows[0] ?? { rows: "0", sum: null, xor: null };
}
