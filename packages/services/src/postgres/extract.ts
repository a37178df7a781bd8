import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import type { Extraction } from "@rehearse/dataset";
import { RehearseError } from "@rehearse/errors";
import type { FieldDef, Pool, PoolClient } from "pg";
import { to as copyTo } from "pg-copy-streams";
import type { DatasetSource } from "../engine.ts";
import { canonicalText, column } from "./canonical.ts";
import { describe, describedAfter, fieldsOf } from "./describe.ts";
import { failure } from "./failure.ts";
import { readOnly } from "./pool.ts";
import { tableNamed, type Table } from "./tables.ts";

const opening = "(\n";

/** Streams a table or query as canonical text into `file`, on one snapshot that cannot be written to. */
export async function extract(pool: Pool, source: DatasetSource, file: string): Promise<Extraction> {
  const what = "table" in source ? `The table ${source.table} cannot be read` : "The query failed";
  const hint = "A dataset's query is one SELECT that writes nothing: try it with psql.";
  try {
    return await readOnly(pool, async (client) => {
      if ("query" in source) {
        const from = `${opening}${source.query.replace(/[;\s]+$/, "")}\n)`;
        const fields = await fieldsOf(client, from).catch((error: unknown) => {
          throw failure(error, { code: "QUERY_FAILED", what, hint, sql: { text: source.query, before: describedAfter + opening.length } });
        });
        return await copy(client, { from, fields, key: [], file });
      }
      const table = await tableNamed(client, source.table, "DATASET_NOT_FOUND");
      const fields = await fieldsOf(client, table.sql);
      return await copy(client, { from: table.sql, fields, key: await primaryKey(client, table), file });
    });
  } catch (error) {
    throw failure(error, { code: "QUERY_FAILED", what, hint });
  }
}

interface Reading {
  readonly from: string;
  readonly fields: readonly FieldDef[];
  readonly key: readonly string[];
  readonly file: string;
}

async function copy(client: PoolClient, { from, fields, key, file }: Reading): Promise<Extraction> {
  refuseTwins(fields);
  const described = await describe(client, fields);
  // Columns are named by position: a query may give two columns names that differ only in how they are quoted.
  const positions = described.map((_, index) => `c${index}`);
  const texts = described.map((one, index) => canonicalText(one, `read.c${index}`)).filter((text) => text !== null);
  const aliases = positions.length === 0 ? "" : `(${positions.join(", ")})`;
  const select = `SELECT ${texts.join(", ")} FROM ${from} AS read${aliases}`;
  const stream = client.query(copyTo(`COPY (${select}) TO STDOUT (FORMAT csv, NULL '\\N', FORCE_QUOTE *)`));
  await pipeline(stream, createWriteStream(file));
  return { format: "csv", file, rows: stream.rowCount, columns: described.map(column), key };
}

function refuseTwins(fields: readonly FieldDef[]): void {
  const names = fields.map(({ name }) => name);
  const twin = names.find((name, index) => names.indexOf(name) !== index);
  if (twin === undefined) return;
  throw new RehearseError({
    code: "QUERY_FAILED",
    message: `The query gives two columns the name ${twin}.`,
    hint: "Give each column a name of its own with AS.",
  });
}

/** The primary key's columns in its own order; those of INCLUDE are not part of it. */
async function primaryKey(client: PoolClient, table: Table): Promise<string[]> {
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
