import { qualified, shownName, type TableName } from "./identifier.ts";
import { ask, type Server } from "./server.ts";

/** A table as the server knows it. */
export interface Table extends TableName {
  /** Its name in files and reports: a materialized view's own name stands for the hidden table that keeps its rows. */
  readonly shown: string;
  readonly engine: string;
  /** How it is written after FROM: engines that merge rows in the background are read as if they had merged them all. */
  readonly from: string;
  readonly final: boolean;
  /** The columns that are unique in it: the sorting key of an engine that merges by it; empty where it has an expression in it. */
  readonly key: readonly string[];
  /** How many rows it has at most; null where the server does not know without looking. */
  readonly mostRows: number | null;
}

const merging = /(?:Replacing|Collapsing|Summing|Aggregating|Coalescing|Graphite)MergeTree$/;
// Others read from elsewhere (Kafka, PostgreSQL, …) or through another table (views, Distributed).
const storing = /MergeTree$|Log$|^(?:Memory|Join|EmbeddedRocksDB|KeeperMap|File|Buffer)$/;
const column = /^(?:[A-Za-z_]\w*|`[^`\\]+`)$/;

interface TableRow {
  readonly database: string;
  readonly name: string;
  readonly engine: string;
  readonly sorting_key: string;
  /** Those that a merge would drop among them. */
  readonly rows: string | null;
  /** The materialized view that this hidden table belongs to, or empty. */
  readonly view: string;
}

/** Every table a user made that keeps rows in this server, in order of the names shown. */
export async function storedTables(server: Server): Promise<Table[]> {
  const rows = await ask<TableRow>(
    server.reader,
    `SELECT t.database AS database, t.name AS name, t.engine AS engine, t.sorting_key AS sorting_key, toString(t.total_rows) AS rows, v.name AS view
     FROM system.tables AS t LEFT JOIN system.tables AS v ON v.database = t.database AND t.name = concat('.inner_id.', toString(v.uuid))
     WHERE t.database NOT IN ('system', 'information_schema', 'INFORMATION_SCHEMA') AND NOT t.is_temporary`,
  );
  return rows
    .filter(({ engine }) => storing.test(engine))
    .map((row) => tableOf(row, server.service))
    .toSorted((a, b) => (a.shown < b.shown ? -1 : 1));
}

/** The views a user made, by the names shown: what may be read and keeps no rows of its own. */
export async function viewNames(server: Server): Promise<string[]> {
  const rows = await ask<TableName>(
    server.reader,
    "SELECT database, name FROM system.tables WHERE engine = 'View' AND database NOT IN ('information_schema', 'INFORMATION_SCHEMA')",
  );
  return rows.map((row) => shownName(row, server.service)).toSorted();
}

function tableOf({ database, name, engine, sorting_key: sortingKey, rows, view }: TableRow, service: string): Table {
  const final = merging.test(engine);
  // The server keeps the parentheses of `ORDER BY (id)`.
  const parts = sortingKey === "" ? [] : sortingKey.replace(/^\((.*)\)$/s, "$1").split(", ");
  return {
    database,
    name,
    shown: shownName({ database, name: view === "" ? name : view }, service),
    engine,
    from: qualified({ database, name }),
    final,
    key: final && parts.every((part) => column.test(part)) ? parts.map((part) => part.replaceAll("`", "")) : [],
    mostRows: rows === null ? null : Number(rows),
  };
}
