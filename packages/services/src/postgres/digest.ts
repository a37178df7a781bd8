import { createHash } from "node:crypto";
import type { Digest } from "@rehearse/dataset";
import type { Pool } from "pg";
import { describe, fieldsOf } from "./describe.ts";
import { failure } from "./failure.ts";
import { readOnly } from "./pool.ts";
import { rowHash } from "./row-hash.ts";
import { rowTotals } from "./row-totals.ts";
import { tableNamed } from "./tables.ts";

export interface DigestRequest {
  readonly table: string;
  /** Columns that do not count. */
  readonly ignore: readonly string[];
  /** The server's, such as `18.4`. */
  readonly version: string;
}

const firstWithBytesHash = 18;

/** The digest of a table by its own server: see `EngineSession.digest`. */
export async function digest(pool: Pool, { table: name, ignore, version }: DigestRequest): Promise<Digest> {
  try {
    return await readOnly(pool, async (client) => {
      const table = await tableNamed(client, name, "DATASET_NOT_FOUND");
      const all = await describe(client, await fieldsOf(client, table.sql));
      const columns = all
        .map((column, index) => ({ ...column, value: `read.c${index}` }))
        .filter((column) => !ignore.includes(column.name));
      const aliases = all.length === 0 ? "" : `(${all.map((_, index) => `c${index}`).join(", ")})`;
      const hash = rowHash(columns, Number.parseInt(version) >= firstWithBytesHash ? "as bytes" : "as text");
      const totals = await rowTotals(client, { hash, from: `${table.sql} AS read${aliases}` });
      const facts = JSON.stringify([columns.map(({ name, source }) => [name, source]), totals]);
      return {
        algorithm: `postgres-chain-1/${version}`,
        rows: Number(totals.rows),
        value: createHash("sha256").update(facts).digest("hex"),
      };
    });
  } catch (error) {
    throw failure(error, {
      code: "QUERY_FAILED",
      what: `The table ${name} cannot be read`,
      hint: "See whether a generated column of it fails.",
    });
  }
}
