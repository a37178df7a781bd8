import { literal } from "../tables/sql-text.ts";
import type { Tables } from "../tables/tables.ts";

/** Functions that DuckDB counts among those of values, but that look at settings of the session. */
const ofTheSession = new Set(["current_setting", "getvariable", "in_search_path"]);

/** Says which of some functions of DuckDB is not one that works out a value from values, always the same; null where all are. */
export async function unusableFunction(tables: Tables, names: readonly string[]): Promise<string | null> {
  if (names.length === 0) return null;
  const known = await tables.query(
    `SELECT lower(function_name), bool_and(function_type = 'scalar' AND stability = 'CONSISTENT' OR ${harmlessMacro})
     FROM duckdb_functions() WHERE lower(function_name) IN (${names.map((name) => literal(name)).join(", ")}) GROUP BY 1`,
    "reading an expression",
  );
  for (const name of names) {
    const [, usable] = known.find(([it]) => it === name) ?? [];
    if (usable === undefined) return `there is no function ${name}`;
    if (usable !== "true" || ofTheSession.has(name))
      return `the function ${name} cannot be part of it: it does not work out one value from values alone, always the same`;
  }
  return null;
}

/** Functions of values that DuckDB writes in its own SQL. Others of this kind tell of the server, the session or the time. */
const harmlessMacro = `(function_type = 'macro' AND internal AND schema_name = 'main' AND regexp_full_match(lower(function_name),
  '(list|array|map_contains|md5_number)_.+|split_part|nullif|round_even|roundbankers|fmod|fdiv|days_in_month|date_add|json'))`;
