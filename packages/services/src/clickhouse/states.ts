import { createHash } from "node:crypto";
import type { TableState } from "../engine.ts";
import { algorithm, rowTotals } from "./row-totals.ts";
import { ask, requestFailure, serverCode, type Server } from "./server.ts";
import { storedTables, type Table } from "./tables.ts";

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
    const [tables, columns, parts] = await Promise.all([storedTables(server), storedColumns(server), partsOf(server)]);
    const found = [];
    for (const table of tables) {
      const own = columns.filter((column) => column.database === table.database && column.table === table.name);
      found.push(await unlessKnown({ server, table, columns: own, parts }));
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

/** What a table consists of, by its name: the parts of a MergeTree are never changed, only replaced by others. */
async function partsOf(server: Server): Promise<ReadonlyMap<string, string>> {
  const rows = await ask<{ database: string; table: string; parts: string }>(
    server.reader,
    `SELECT database, table, arrayStringConcat(arraySort(groupArray(concat(name, ' ', hash_of_all_files))), ',') AS parts
     FROM system.parts WHERE active AND database != 'system' GROUP BY database, table`,
  );
  return new Map(rows.map(({ database, table, parts }) => [JSON.stringify([database, table]), parts]));
}

const known = new WeakMap<Server, Map<string, { readonly made: string; readonly state: TableState }>>();

interface StateRead {
  readonly server: Server;
  readonly table: Table;
  readonly columns: readonly StoredColumn[];
}

/** The state of a table; it is not read again where the table consists of the parts and columns that it consisted of. */
async function unlessKnown({ parts, ...read }: StateRead & { readonly parts: ReadonlyMap<string, string> }): Promise<TableState | null> {
  const { server, table, columns } = read;
  if (!table.engine.endsWith("MergeTree")) return stateOf(read);
  const name = JSON.stringify([table.database, table.name]);
  const made = JSON.stringify([table.engine, columns, parts.get(name) ?? ""]);
  const states = known.get(server) ?? new Map<string, { made: string; state: TableState }>();
  known.set(server, states);
  const before = states.get(name);
  if (before?.made === made) return before.state;
  const state = await stateOf(read);
  if (state !== null) states.set(name, { made, state });
  return state;
}

async function storedColumns(server: Server): Promise<StoredColumn[]> {
  return ask<StoredColumn>(
    server.reader,
    `SELECT database, table, name, type FROM system.columns
     WHERE database != 'system' AND default_kind NOT IN ('ALIAS', 'EPHEMERAL') ORDER BY database, table, position`,
  );
}

async function stateOf({ server, table, columns }: StateRead): Promise<TableState | null> {
  try {
    const { rows, sum, xor } = await rowTotals(server, { ...table, columns });
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
