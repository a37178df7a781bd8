import type { Restoration, StoredColumn } from "@rehearse/dataset";
import { escapeIdentifier, escapeLiteral, type PoolClient } from "pg";
import { unrestorable } from "../unrestorable.ts";
import { mappingOf } from "./canonical.ts";
import { describe } from "./describe.ts";
import { homeType } from "./home-type.ts";
import type { Described } from "./postgres-type.ts";
import { ordinaryTables, type Table } from "./tables.ts";

/** A column that rows go into. */
export interface TargetColumn extends Described {
  /** Computed from others: nothing goes in. */
  readonly generated: boolean;
  /** It must have a value, and has none by itself. */
  readonly required: boolean;
}

export interface TargetTable extends Table {
  readonly columns: readonly TargetColumn[];
}

/** The table of that name; where there is none it is made, with the restoration's columns and key. */
export async function targetTable(client: PoolClient, name: string, restoration: Restoration): Promise<TargetTable> {
  const found = (await ordinaryTables(client)).find((table) => table.name === name);
  if (found !== undefined) return { ...found, columns: await columnsOf(client, found) };
  await create(client, name, restoration);
  const made = (await ordinaryTables(client)).find((table) => table.name === name);
  if (made === undefined) throw unrestorable({ table: name, reason: "a table of that name cannot be made" });
  return { ...made, columns: await columnsOf(client, made) };
}

async function columnsOf(client: PoolClient, { oid }: Table): Promise<TargetColumn[]> {
  const { rows } = await client.query<{
    name: string;
    dataTypeID: number;
    dataTypeModifier: number;
    generated: boolean;
    required: boolean;
  }>(
    `SELECT attname AS name, atttypid AS "dataTypeID", atttypmod AS "dataTypeModifier", attgenerated <> '' AS generated,
       (attnotnull OR t.typnotnull) AND NOT atthasdef AND attidentity = '' AND t.typdefault IS NULL AS required
     FROM pg_catalog.pg_attribute JOIN pg_catalog.pg_type t ON t.oid = atttypid
     WHERE attrelid = $1 AND attnum > 0 AND NOT attisdropped ORDER BY attnum`,
    [oid],
  );
  const described = await describe(client, rows);
  return described.map((column, index) => ({
    ...column,
    generated: rows[index]?.generated ?? false,
    required: rows[index]?.required ?? false,
  }));
}

async function create(client: PoolClient, name: string, { columns, key }: Restoration): Promise<void> {
  const dot = name.indexOf(".");
  const [schema, table] = dot < 0 ? ["public", name] : [name.slice(0, dot), name.slice(dot + 1)];
  await client.query(`CREATE SCHEMA IF NOT EXISTS ${escapeIdentifier(schema)}`);
  const place = (last: string): string => `${escapeIdentifier(schema)}.${escapeIdentifier(last)}`;
  const parts: string[] = [];
  for (const column of columns) {
    const labels = /^enum(\(.*\))$/s.exec(column.source)?.[1];
    const type = labels === undefined ? await typeOf(client, column) : place(`${table}_${column.name}`);
    if (type === null) throw unrestorable({ table: name, reason: `Postgres has no type for column ${column.name} (${column.type})` });
    if (labels !== undefined) await client.query(`CREATE TYPE ${type} AS ENUM (${labelsOf(labels).map(escapeLiteral).join(", ")})`);
    parts.push(`${escapeIdentifier(column.name)} ${type}`);
  }
  if (key.length > 0) parts.push(`PRIMARY KEY (${key.map(escapeIdentifier).join(", ")})`);
  await client.query(`CREATE TABLE ${place(table)} (${parts.join(", ")})`);
}

/** The column's own type where the database has it and it means the same there, else the type that holds its values. */
async function typeOf(client: PoolClient, { name, source, type }: StoredColumn): Promise<string | null> {
  await client.query("SAVEPOINT asked");
  // Older servers refuse what does not read as a type, newer ones say NULL.
  const answer = await client.query<{ oid: number | null }>("SELECT pg_catalog.to_regtype($1)::oid AS oid", [source]).catch(() => null);
  if (answer === null) await client.query("ROLLBACK TO SAVEPOINT asked");
  const oid = answer?.rows[0]?.oid ?? null;
  const [own] = oid === null ? [] : await describe(client, [{ name, dataTypeID: oid, dataTypeModifier: -1 }]);
  const mapped = own === undefined ? null : mappingOf(own.type, 0);
  return mapped !== null && "type" in mapped && mapped.type === type ? source : homeType(type);
}

/** The labels in `('sad','glad')`. */
function labelsOf(list: string): string[] {
  return [...list.matchAll(/'((?:[^']|'')*)'/g)].map(([, label = ""]) => label.replaceAll("''", "'"));
}
