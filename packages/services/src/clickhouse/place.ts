import { RehearseError } from "@rehearse/errors";
import { qualified, tableNamed } from "./identifier.ts";
import type { Server } from "./server.ts";
import { splitStatements } from "./split-statements.ts";
import { storedTables, viewNames } from "./tables.ts";

/** What a dataset is read from. */
export interface Place {
  /** What is read, as it stands after FROM. */
  readonly from: string;
  /** Whether it is computed when it is read, as views and queries are. */
  readonly computed: boolean;
  readonly final: boolean;
  readonly key: readonly string[];
  /** How many rows it has at most; null where the server does not know without looking. */
  readonly mostRows: number | null;
}

/** The place of a table or view, by its name in files. DATASET_NOT_FOUND where there is none. */
export async function tablePlace(server: Server, name: string): Promise<Place> {
  const tables = await storedTables(server);
  const table = tables.find(({ shown }) => shown === name);
  if (table !== undefined) {
    const { from, final, key, mostRows } = table;
    return { from, computed: false, final, key, mostRows };
  }
  const views = await viewNames(server);
  if (views.includes(name))
    return { from: qualified(tableNamed(name, server.service)), computed: true, final: false, key: [], mostRows: null };
  const known = [...tables.map(({ shown }) => shown), ...views];
  throw new RehearseError({
    code: "DATASET_NOT_FOUND",
    message: `The table "${name}" is not in ClickHouse (service "${server.service}")`,
    hint: "Name a table that the stage has made, or write a query dataset.",
    expected: known.length === 0 ? "a table; there is none" : `one of ${known.slice(0, 20).join(", ")}${known.length > 20 ? ", …" : ""}`,
    got: name,
  });
}

/** The place of a query's rows. */
export async function queryPlace(server: Server, query: string): Promise<Place> {
  const statements = splitStatements(query);
  const [statement, ...more] = "unclosed" in statements ? [] : statements;
  if (statement === undefined || more.length > 0) {
    throw new RehearseError({
      code: "QUERY_FAILED",
      message: `A query of the service "${server.service}" is not one statement`,
      hint: "Write exactly one SELECT.",
      expected: "one statement",
      got:
        "unclosed" in statements
          ? `a ${statements.unclosed} that begins on line ${statements.line} and never ends`
          : String(statements.length),
    });
  }
  // What the engine logs reaches its tables late; a query may well ask them.
  await server.writer.command({ query: "SYSTEM FLUSH LOGS" });
  // The newline keeps a comment at the query's end from taking the bracket along.
  return { from: `(${statement.text}\n)`, computed: true, final: false, key: [], mostRows: null };
}
