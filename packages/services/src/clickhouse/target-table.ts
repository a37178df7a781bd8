import type { CanonicalType, Restoration } from "@rehearse/dataset";
import { unrestorable } from "../unrestorable.ts";
import { readingOf } from "./canonical.ts";
import { homeType } from "./home-type.ts";
import { identifier, qualified, tableNamed } from "./identifier.ts";
import { ask, type Server } from "./server.ts";
import { storedTables, type Table } from "./tables.ts";

/** A column that rows go into. */
export interface TargetColumn {
  readonly name: string;
  readonly type: string;
  /** From other columns: nothing goes in. */
  readonly computed: boolean;
}

export interface TargetTable extends Table {
  readonly columns: readonly TargetColumn[];
  /** The materialized views that what goes into the table would go into as well. */
  readonly views: readonly string[];
}

/** The table of that name; where there is none it is made, with the restoration's columns and key. */
export async function targetTable(server: Server, name: string, restoration: Restoration): Promise<TargetTable> {
  const found = await stored(server, name);
  if (found !== undefined) return found;
  await server.writer.command({ query: creation(server, name, restoration) });
  const made = await stored(server, name);
  if (made === undefined) throw unrestorable({ table: name, reason: "it is a view, or a table that keeps nothing itself" });
  return made;
}

async function stored(server: Server, name: string): Promise<TargetTable | undefined> {
  const table = (await storedTables(server)).find(({ shown }) => shown === name);
  if (table === undefined) return undefined;
  const columns = await ask<{ name: string; type: string; default_type: string }>(server.reader, `DESCRIBE TABLE ${table.from}`);
  const views = await ask<{ view: string }>(
    server.reader,
    `SELECT concat('\`', replaceAll(database, '\`', '\\\\\`'), '\`.\`', replaceAll(name, '\`', '\\\\\`'), '\`') AS view FROM system.tables
     WHERE engine = 'MaterializedView' AND has(
       (SELECT arrayZip(dependencies_database, dependencies_table) FROM system.tables WHERE database = '${text(table.database)}' AND name = '${text(table.name)}'), (database, name))`,
  );
  const kept = columns.filter(({ default_type: kind }) => kind !== "ALIAS" && kind !== "EPHEMERAL");
  const described = kept.map(({ name, type, default_type: kind }) => ({ name, type, computed: kind === "MATERIALIZED" }));
  return { ...table, columns: described, views: views.map(({ view }) => view) };
}

function creation({ service }: Server, name: string, { columns, key }: Restoration): string {
  const list = columns.map((column) => {
    const type = means(column.source, column.type) ? column.source : homeType(column.type);
    if (type === null) throw unrestorable({ table: name, reason: `ClickHouse has no type for column ${column.name} (${column.type})` });
    return `${identifier(column.name)} ${type}`;
  });
  const order = `ORDER BY (${key.map(identifier).join(", ")})`;
  const engine = key.length === 0 ? "MergeTree ORDER BY tuple()" : `ReplacingMergeTree ${order} SETTINGS allow_nullable_key = 1`;
  return `CREATE TABLE ${qualified(tableNamed(name, service))} (${list.join(", ")}) ENGINE = ${engine}`;
}

/** Whether the values of a column of that type of ClickHouse are read as that canonical type. */
function means(source: string, type: CanonicalType): boolean {
  return [false, true].some((binary) => {
    const reading = readingOf(source, { binary, depth: 0 });
    return "type" in reading && reading.type === type;
  });
}

function text(value: string): string {
  return value.replaceAll(/['\\]/g, "\\$&");
}
