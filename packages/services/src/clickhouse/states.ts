import { createHash } from "node:crypto";
import type { TableState } from "../engine.ts";
import { columnOf, sourceAlias } from "./identifier.ts";
import { ask, requestFailure, serverCode, type Server } from "./server.ts";
import { storedTables, type Table } from "./tables.ts";

/** Names the way of hashing: a digest is only comparable with one of the same way. */
const algorithm = "clickhouse-cityhash64-1";
const unknownTable = 60;

interface StoredColumn {
  readonly database: string;
  readonly table: string;
  readonly name: string;
  readonly type: string;
}

/** The state of every stored table: see `EngineSession.states`. Rows that a merge would drop are not counted, so a merge moves nothing. */
export async function states(server: Server): Promise<TableState[]> {
  try {
    const [tables, columns] = await Promise.all([storedTables(server), storedColumns(server)]);
    const found = [];
    for (const table of tables) {
      const own = columns.filter((column) => column.database === table.database && column.table === table.name);
      found.push(await stateOf({ server, table, columns: own }));
    }
    return found.filter((state) => state !== null);
  } catch (error) {
    const doing = `The state of the tables of service "${server.service}" could not be read`;
    throw requestFailure({
      code: "QUERY_FAILED",
      doing,
      hint: "The server's message names the table's problem.",
      service: server.service,
      error,
    });
  }
}

async function storedColumns(server: Server): Promise<StoredColumn[]> {
  return ask<StoredColumn>(
    server.reader,
    `SELECT database, table, name, type FROM system.columns
     WHERE database != 'system' AND default_kind NOT IN ('ALIAS', 'EPHEMERAL') ORDER BY database, table, position`,
  );
}

async function stateOf(read: { server: Server; table: Table; columns: readonly StoredColumn[] }): Promise<TableState | null> {
  const { server, table, columns } = read;
  const query = `SELECT toString(count()) AS rows, toString(sum(hash)) AS sum, toString(groupBitXor(hash)) AS xor
    FROM (SELECT cityHash64(tuple(${columns.map(hashed).join(", ")})) AS hash FROM ${table.from} AS ${sourceAlias}${table.final ? " FINAL" : ""})`;
  try {
    const [row] = await ask<{ rows: string; sum: string; xor: string }>(server.reader, query);
    const { rows = "0", sum = "", xor = "" } = row ?? {};
    // Sum and xor together: xor alone is blind to a row that comes twice.
    const facts = [algorithm, columns.map(({ name, type }) => [name, type]), rows, sum, xor];
    return { table: table.shown, rows: Number(rows), digest: createHash("sha256").update(JSON.stringify(facts)).digest("hex") };
  } catch (error) {
    // It went between the list and the look, as the hidden tables of refreshed views do.
    if (serverCode(error) === unknownTable) return null;
    const doing = `The state of the table "${table.shown}" (${table.engine}) of service "${server.service}" could not be read`;
    const hint = "Mend the table, or drop it: every table is looked at after each stage.";
    throw requestFailure({ code: "QUERY_FAILED", doing, hint, service: server.service, error });
  }
}

/** What of a column goes into a row's hash. A tuple's hash sees NULL; a bare column's would make the whole hash NULL. */
function hashed({ name, type }: StoredColumn): string {
  const column = columnOf(name);
  // The bytes of an aggregate's state depend on the order in which parts were merged, what it says does not.
  return type.startsWith("AggregateFunction(") ? `finalizeAggregation(${column})` : column;
}
