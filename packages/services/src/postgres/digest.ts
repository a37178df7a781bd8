import { createHash } from "node:crypto";
import type { Pool, PoolClient } from "pg";
import type { DigestedTable } from "../engine.ts";
import { columnOf, mappingOf } from "./canonical.ts";
import { describe, fieldsOf } from "./describe.ts";
import { failure } from "./failure.ts";
import { readOnly } from "./pool.ts";
import { primaryKey } from "./primary-key.ts";
import { rowHash } from "./row-hash.ts";
import { rowTotals } from "./row-totals.ts";
import { tableNamed, type Table } from "./tables.ts";

export interface DigestRequest {
  readonly table: string;
  /** Columns that do not count. */
  readonly ignore: readonly string[];
  /** The server's, such as `18.4`. */
  readonly version: string;
  /** One that another connection holds. */
  readonly snapshot: string;
}

const firstWithBytesHash = 18;

/** The digest of a table by its own server: see `Snapshot.digest`. */
export async function digest(pool: Pool, { table: name, ignore, version, snapshot }: DigestRequest): Promise<DigestedTable | null> {
  try {
    return await readOnly(
      pool,
      async (client) => {
        const table = await tableNamed(client, name, "DATASET_NOT_FOUND");
        const encoding = await encodingOfOwnRows(client, table);
        if (encoding === null) return null;
        const described = await describe(client, await fieldsOf(client, table.sql));
        const columns = described.map((column, index) => columnOf(column, mappingOf(column.type, index)));
        const key = await primaryKey(client, table);
        const counted = described
          .map((column, index) => ({ ...column, value: `read.c${index}` }))
          .filter((column) => !ignore.includes(column.name));
        const aliases = columns.length === 0 ? "" : `(${columns.map((_, index) => `c${index}`).join(", ")})`;
        const hash = rowHash(counted, Number.parseInt(version) >= firstWithBytesHash ? "as bytes" : "as text");
        const totals = await rowTotals(client, { hash, from: `${table.sql} AS read${aliases}` });
        const facts = { encoding, columns: columns.filter((column) => !ignore.includes(column.name)), key, totals };
        const value = createHash("sha256").update(JSON.stringify(facts)).digest("hex");
        const algorithm = `postgres-chain-1/${version}`;
        return {
          shape: { columns, key },
          digest: { ignore: [...new Set(ignore)].toSorted(), algorithm, rows: Number(totals.rows), value },
        };
      },
      snapshot,
    );
  } catch (error) {
    throw failure(error, {
      code: "QUERY_FAILED",
      what: `The table ${name} cannot be read`,
      hint: "See whether a generated column of it fails.",
    });
  }
}

/** The encoding of a table's texts, whose bytes are hashed; null where its rows, or some of them, are computed or lie elsewhere: two looks may see two things. */
async function encodingOfOwnRows(client: PoolClient, table: Table): Promise<string | null> {
  const { rows } = await client.query<{ encoding: string }>(
    `SELECT pg_catalog.current_setting('server_encoding') AS encoding FROM pg_catalog.pg_class
     WHERE oid = $1 AND relkind = ANY ('{r,p,m}') AND NOT EXISTS (
       SELECT FROM pg_catalog.pg_inherits i JOIN pg_catalog.pg_class part ON part.oid = i.inhrelid WHERE part.relkind = 'f')`,
    [table.oid],
  );
  return rows[0]?.encoding ?? null;
}
