import type { Extraction } from "@rehearse/dataset";
import { messageOf, RehearseError } from "@rehearse/errors";
import type { FieldDef, Pool, PoolClient } from "pg";
import { to as copyTo } from "pg-copy-streams";
import type { DatasetSource } from "../engine.ts";
import { saveStream } from "../save-stream.ts";
import { columnOf, mappingOf, otherBounds, ownText } from "./canonical.ts";
import { describe, describedAfter, fieldsOf } from "./describe.ts";
import { failure } from "./failure.ts";
import { readOnly } from "./pool.ts";
import { primaryKey } from "./primary-key.ts";
import { tableNamed } from "./tables.ts";

const opening = "(\n";

interface ExtractRequest {
  readonly source: DatasetSource;
  readonly file: string;
  /** One that another connection holds; left out: its own. */
  readonly snapshot?: string;
}

type CountedExtraction = Extraction & { readonly rows: number };

/** Streams a table or query as canonical text into `file`, on one snapshot that cannot be written to. */
export async function extract(pool: Pool, { source, file, snapshot }: ExtractRequest): Promise<CountedExtraction> {
  const what = "table" in source ? `The table ${source.table} cannot be read` : "The query failed";
  const hint = "A dataset's query is one SELECT that writes nothing: try it with psql.";
  try {
    return await readOnly(
      pool,
      async (client) => {
        if ("query" in source) {
          const from = `${opening}${source.query.replace(/[;\s]+$/, "")}\n)`;
          const fields = await fieldsOf(client, from).catch((error: unknown) => {
            throw failure(error, {
              code: "QUERY_FAILED",
              what,
              hint,
              sql: { text: source.query, before: describedAfter + opening.length },
            });
          });
          return await copy(client, { from, fields, key: [], file });
        }
        const table = await tableNamed(client, source.table, "DATASET_NOT_FOUND");
        const fields = await fieldsOf(client, table.sql);
        return await copy(client, { from: table.sql, fields, key: await primaryKey(client, table), file });
      },
      snapshot,
    );
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

async function copy(client: PoolClient, { from, fields, key, file }: Reading): Promise<CountedExtraction> {
  refuseTwins(fields);
  const columns = (await describe(client, fields)).map((described, index) => ({ described, mapped: mappingOf(described.type, index) }));
  // Columns are named by position: a query may give two columns names that differ only in how they are quoted.
  const aliases = columns.length === 0 ? "" : `(${columns.map((_, index) => `c${index}`).join(", ")})`;
  await client.query("SAVEPOINT whole");
  for (;;) {
    const cells = columns.flatMap(({ mapped }, index) => ("type" in mapped ? [mapped.field(`read.c${index}`)] : []));
    const select = `SELECT ${cells.join(", ")} FROM ${from} AS read${aliases}`;
    const stream = client.query(copyTo(`COPY (${select}) TO STDOUT (FORMAT csv, NULL '\\N', FORCE_QUOTE *)`));
    try {
      await saveStream(stream, file);
      return {
        format: "csv",
        file,
        rows: stream.rowCount,
        columns: columns.map(({ described, mapped }) => columnOf(described, mapped)),
        key,
      };
    } catch (error) {
      const column = columns[Number(otherBounds.exec(messageOf(error))?.[1])];
      if (column === undefined) throw error;
      // Arrays that are no plain lists are not lists without a loss: the column is read again as Postgres writes it.
      column.mapped = ownText(column.described.type);
      await client.query("ROLLBACK TO SAVEPOINT whole");
    }
  }
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
