import { didYouMean, RehearseError } from "@rehearse/errors";
import { escapeIdentifier, type ClientBase } from "pg";

export interface Table {
  readonly oid: number;
  /** The name in the file: `table` in the schema `public`, `schema.table` elsewhere. */
  readonly name: string;
  /** Quoted and with its schema. */
  readonly sql: string;
}

// Partitions are read through their table. A materialized view without data cannot be read at all.
const listed = `
  SELECT c.oid, n.nspname AS schema, c.relname AS table
  FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND NOT c.relispartition AND c.relispopulated AND c.relkind = ANY ($1)`;

/** Every table that holds rows of its own (materialized views do), in name order. */
export async function tables(client: ClientBase): Promise<Table[]> {
  return list(client, ["r", "p", "m"]);
}

/** Every table that rows can be put into and taken out of. */
export async function ordinaryTables(client: ClientBase): Promise<Table[]> {
  return list(client, ["r", "p"]);
}

/** The table, view or foreign table of that name, or an error that lists the tables. A name with a dot may mean two. */
export async function tableNamed(client: ClientBase, name: string, code: "DATASET_NOT_FOUND" | "SEED_FAILED"): Promise<Table> {
  const all = await list(client, ["r", "p", "m", "v", "f"]);
  const [table, twin] = all.filter((one) => one.name === name);
  if (table !== undefined && twin === undefined) return table;
  const names = all.map((one) => one.name);
  throw new RehearseError({
    code,
    message:
      table === undefined
        ? `There is no table ${name}${didYouMean(name, names)}`
        : `${name} names two tables: ${table.sql} and ${twin?.sql}.`,
    hint:
      names.length === 0
        ? "The database has no tables: this must come after the stage that makes them."
        : `The tables are: ${names.join(", ")}.`,
  });
}

async function list(client: ClientBase, kinds: readonly string[]): Promise<Table[]> {
  const answer = await client.query<{ oid: number; schema: string; table: string }>(listed, [kinds]);
  return answer.rows.map(named).toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function named({ oid, schema, table }: { oid: number; schema: string; table: string }): Table {
  return {
    oid,
    name: schema === "public" ? table : `${schema}.${table}`,
    sql: `${escapeIdentifier(schema)}.${escapeIdentifier(table)}`,
  };
}
