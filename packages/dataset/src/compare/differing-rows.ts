import { differs, identityOf } from "../types/row-order.ts";
import { comparing, sideRows } from "./compared-side.ts";
import type { KeyedRows } from "./keyed-rows.ts";
import { keepFewRows, type KeptRows } from "../tables/keep-rows.ts";

/**
 * All rows that are not the same on both sides, side by side, found the plain way: a full outer join that looks at every value. Every other way of
 * comparing must find the same.
 *
 * The rows have `in_reference` and `in_current`, of which at least one is true, and for the compared column number i its values as `r<i>` and `c<i>`.
 * Two values are the same only where they are the same value of the type: tolerances are applied by whoever reads these rows.
 */
export async function differingRowsByFullJoin(rows: KeyedRows): Promise<KeptRows> {
  return keepFewRows({ tables: rows.tables, select: fullJoin(rows), doing: comparing(rows) });
}

/** SQL for them, of the rows for which a condition over the columns' values `v0`, `v1`, … holds. */
export function fullJoin({ reference, current, columns, key }: KeyedRows, where = "true"): string {
  const cells = columns.map((_, index) => `r.v${index} AS r${index}, c.v${index} AS c${index}`);
  const differences = columns.flatMap((column, index) =>
    key.includes(column) ? [] : [differs(column.type, [`r.v${index}`, `c.v${index}`])],
  );
  const on = key.map((column) => {
    const at = `v${columns.indexOf(column)}`;
    return `${identityOf(column.type, `r.${at}`)} = ${identityOf(column.type, `c.${at}`)}`;
  });
  return `SELECT r.here IS NOT NULL AS in_reference, c.here IS NOT NULL AS in_current, ${cells.join(", ")}
    FROM (FROM ${sideRows({ relation: reference, side: "reference", columns })} WHERE ${where}) AS r
    FULL JOIN (FROM ${sideRows({ relation: current, side: "current", columns })} WHERE ${where}) AS c ON ${on.join(" AND ")}
    WHERE r.here IS NULL OR c.here IS NULL OR ${anyOf(differences)}`;
}

/** Not a chain of ORs: DuckDB limits how deep an expression may be, and a table may have more columns than that. */
export function anyOf(conditions: readonly string[]): string {
  return `greatest(${[...conditions, "false"].join(", ")})`;
}
