import type { Extraction } from "@rehearse/dataset";
import { messageOf, RehearseError } from "@rehearse/errors";
import type { FieldDef, Pool, PoolClient } from "pg";
import { to as copyTo } from "pg-copy-streams";
import type { DatasetSource } from "../engine.ts";
import { saveStream } from "../save-stream.ts";
import { columnOf, mappingOf, otherBounds, ownText } from "./canonical.ts";
import { describe, describedAfter, fieldsOf } from "./describe.ts";
import { failure } from "./failure.ts";
import { partsOf } from "./parts.ts";
import { readOnly } from "./pool.ts";
import type { Described } from "./postgres-type.ts";
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

/** Does work on the one snapshot of an extraction, on a connection that nobody else uses meanwhile. */
type Read = <T>(work: (client: PoolClient) => Promise<T>) => Promise<T>;

/**
 * Streams a table or query as canonical text, on one snapshot that cannot be written to: into `file`, and what is large, where the snapshot is one that
 * others can share, side by side into more files beside it.
 */
export async function extract(pool: Pool, { source, file, snapshot }: ExtractRequest): Promise<CountedExtraction> {
  const what = "table" in source ? `The table ${source.table} cannot be read` : "The query failed";
  const hint = "A dataset's query is one SELECT that writes nothing: try it with psql.";
  const request = { source, file, what, hint };
  try {
    if (snapshot !== undefined) return await readAll((work) => readOnly(pool, work, snapshot), { ...request, sideBySide: true });
    return await readOnly(pool, (client) => readAll((work) => work(client), { ...request, sideBySide: false }));
  } catch (error) {
    throw failure(error, { code: "QUERY_FAILED", what, hint });
  }
}

interface Reading {
  readonly source: DatasetSource;
  readonly file: string;
  readonly what: string;
  readonly hint: string;
  readonly sideBySide: boolean;
}

async function readAll(read: Read, reading: Reading): Promise<CountedExtraction> {
  const plan = await read((client) => planned(client, reading));
  const columns = plan.columns.map((described, index) => ({ described, mapped: mappingOf(described.type, index) }));
  // Columns are named by position: a query may give two columns names that differ only in how they are quoted.
  const aliases = columns.length === 0 ? "" : `(${columns.map((_, index) => `c${index}`).join(", ")})`;
  const files = plan.parts.map((_, index) => (index === 0 ? reading.file : `${reading.file}.${index}`));
  for (;;) {
    const cells = columns.flatMap(({ mapped }, index) => ("type" in mapped ? [mapped.field(`read.c${index}`)] : []));
    const copies = plan.parts.map((part, index) => {
      const select = `SELECT ${cells.join(", ")} FROM ${part} AS read${aliases}`;
      return read((client) => copy(client, { select, file: files[index] ?? reading.file }));
    });
    // One that failed is not retried or told of while others still write.
    const ended = await Promise.allSettled(copies);
    const failed = ended.find((one) => one.status === "rejected");
    if (failed === undefined) {
      const rows = ended.reduce((sum, one) => sum + (one.status === "fulfilled" ? one.value : 0), 0);
      const [file = reading.file, ...more] = files;
      return {
        format: "csv",
        file,
        more,
        rows,
        columns: columns.map(({ described, mapped }) => columnOf(described, mapped)),
        key: plan.key,
      };
    }
    const column = columns[Number(otherBounds.exec(messageOf(failed.reason))?.[1])];
    if (column === undefined) throw failed.reason;
    // Arrays that are no plain lists are not lists without a loss: the column is read again as Postgres writes it.
    column.mapped = ownText(column.described.type);
  }
}

interface Plan {
  readonly columns: readonly Described[];
  readonly key: readonly string[];
  /** What stands after FROM, for each part of the rows; together they are all. */
  readonly parts: readonly string[];
}

async function planned(client: PoolClient, { source, what, hint, sideBySide }: Reading): Promise<Plan> {
  if ("query" in source) {
    const from = `${opening}${source.query.replace(/[;\s]+$/, "")}\n)`;
    const fields = await fieldsOf(client, from).catch((error: unknown) => {
      const sql = { text: source.query, before: describedAfter + opening.length };
      throw failure(error, { code: "QUERY_FAILED", what, hint, sql });
    });
    refuseTwins(fields);
    return { columns: await describe(client, fields), key: [], parts: [from] };
  }
  const table = await tableNamed(client, source.table, "DATASET_NOT_FOUND");
  const columns = await describe(client, await fieldsOf(client, table.sql));
  return { columns, key: await primaryKey(client, table), parts: sideBySide ? await partsOf(client, table) : [table.sql] };
}

/** Streams the rows of a SELECT into a file; resolves to how many there were. What fails leaves the transaction as it was. */
async function copy(client: PoolClient, { select, file }: { readonly select: string; readonly file: string }): Promise<number> {
  await client.query("SAVEPOINT whole");
  const stream = client.query(copyTo(`COPY (${select}) TO STDOUT (FORMAT csv, NULL '\\N', FORCE_QUOTE *)`));
  try {
    await saveStream(stream, file);
    return stream.rowCount;
  } catch (error) {
    if (otherBounds.test(messageOf(error))) await client.query("ROLLBACK TO SAVEPOINT whole");
    throw error;
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
