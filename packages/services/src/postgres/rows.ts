import { didYouMean, RehearseError } from "@rehearse/errors";
import { escapeIdentifier, type PoolClient } from "pg";
import type { SeedInput } from "../engine.ts";
import { parameter, type ColumnKind } from "./parameter.ts";
import { tableNamed, type Table } from "./tables.ts";

type RowsSeed = Extract<SeedInput, { kind: "rows" }>;
type Row = Record<string, unknown>;

// The protocol takes 65,535 parameters a statement.
const maxRows = 1000;
const maxParameters = 65_535;

/** Inserts objects by column names; a key that is missing in a row leaves the column to its default. Resolves to the number of rows. */
export async function insertRows(client: PoolClient, seed: RowsSeed): Promise<number> {
  const table = await tableNamed(client, seed.table, "SEED_FAILED");
  const types = await columnTypes(client, table);
  const batchSize = Math.max(1, Math.min(maxRows, Math.floor(maxParameters / Math.max(1, types.size))));
  let count = 0;
  let batch: Row[] = [];
  for await (const row of seed.rows) {
    batch.push(row);
    if (batch.length < batchSize) continue;
    await insert(client, { seed, table, types, batch, first: count + 1 });
    count += batch.length;
    batch = [];
  }
  if (batch.length > 0) await insert(client, { seed, table, types, batch, first: count + 1 });
  return count + batch.length;
}

interface Batch {
  readonly seed: RowsSeed;
  readonly table: Table;
  readonly types: ReadonlyMap<string, ColumnKind>;
  readonly batch: readonly Row[];
  readonly first: number;
}

async function insert(client: PoolClient, { seed, table, types, batch, first }: Batch): Promise<void> {
  const columns = [...new Set(batch.flatMap((row) => Object.keys(row)))];
  const unknown = columns.find((column) => !types.has(column));
  if (unknown !== undefined) {
    throw new RehearseError({
      code: "SEED_FAILED",
      message: `The seed ${seed.name} has a column ${unknown}, the table ${table.name} has not (row ${first + batch.findIndex((row) => unknown in row)})${didYouMean(unknown, [...types.keys()])}`,
      hint: `The columns are: ${[...types.keys()].join(", ")}.`,
    });
  }
  const values: (string | null)[] = [];
  const cell = (row: Row, column: string): string => {
    if (row[column] === undefined) return "DEFAULT";
    values.push(parameter(row[column], types.get(column) ?? "scalar"));
    return `$${values.length}`;
  };
  const tuples = batch.map((row) => `(${columns.map((column) => cell(row, column)).join(", ")})`);
  const into = `${table.sql} (${columns.map((column) => escapeIdentifier(column)).join(", ")})`;
  await client.query(`INSERT INTO ${into} OVERRIDING SYSTEM VALUE VALUES ${tuples.join(", ")}`, values);
}

/** Every column, by how values go into it. */
async function columnTypes(client: PoolClient, table: Table): Promise<Map<string, ColumnKind>> {
  const answer = await client.query<{ name: string; kind: ColumnKind }>(
    `SELECT a.attname AS name, CASE WHEN t.typname IN ('json', 'jsonb') THEN 'json' WHEN t.typcategory = 'A' THEN 'array' ELSE 'scalar' END AS kind
     FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
     WHERE a.attrelid = $1 AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum`,
    [table.oid],
  );
  return new Map(answer.rows.map(({ name, kind }) => [name, kind]));
}
