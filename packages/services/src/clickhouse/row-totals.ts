import { columnOf, sourceAlias } from "./identifier.ts";
import { ask, type Server } from "./server.ts";

/** Names the way of hashing: a digest is only comparable with one of the same way. */
export const algorithm = "clickhouse-cityhash64-1";

/** What the hashes of rows come to. Sum and xor together: xor alone is blind to a row that comes twice. */
export interface RowTotals {
  readonly rows: string;
  readonly sum: string;
  readonly xor: string;
}

interface HashedRows {
  /** As it is written after FROM. */
  readonly from: string;
  readonly final: boolean;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

/** The totals of a hash of each row, in one pass. */
export async function rowTotals(server: Server, { from, final, columns }: HashedRows): Promise<RowTotals> {
  // The tuple of no column is a type of its own, which has no hash.
  const hashes = columns.length === 0 ? "0" : columns.map(hashed).join(", ");
  const [totals] = await ask<RowTotals>(
    server.reader,
    `SELECT toString(count()) AS rows, toString(sum(hash)) AS sum, toString(groupBitXor(hash)) AS xor
     FROM (SELECT cityHash64(tuple(${hashes})) AS hash FROM ${from} AS ${sourceAlias}${final ? " FINAL" : ""})`,
  );
  return totals ?? { rows: "0", sum: "", xor: "" };
}

/** What of a column goes into a row's hash. A tuple's hash sees NULL; a bare column's would make the whole hash NULL. */
function hashed({ name, type }: HashedRows["columns"][number]): string {
  const column = columnOf(name);
  // The bytes of an aggregate's state depend on the order in which parts were merged, what it says does not.
  return type.startsWith("AggregateFunction(") ? `finalizeAggregation(${column})` : column;
}
