import { toText } from "../types/canonical-text.ts";
import type { ComparedColumn } from "./compared-columns.ts";
import { sideRows } from "./compared-side.ts";
import type { Dataset } from "../rows/dataset.ts";
import { differs, identityOf, orderOf } from "../types/row-order.ts";

/** Two sides whose key is unique and never NULL on each of them. */
export interface KeyedSides {
  readonly reference: Dataset;
  readonly current: Dataset;
  readonly key: readonly ComparedColumn[];
  /** The compared columns that are not of the key. */
  readonly values: readonly ComparedColumn[];
}

/** SQL that counts: rows only in the current side, only in the reference, in both but changed; then for each value column the rows in which it differs. */
export function countsOfJoin(sides: KeyedSides): string {
  const { from, on, differences } = parts(sides, sides.values);
  const flags = differences.map((difference, index) => `, ${difference} AS d${index}`).join("");
  const counts = differences.map((_, index) => `, count(*) FILTER (matched AND d${index})`).join("");
  return `SELECT count(*) FILTER (in_reference IS NULL), count(*) FILTER (in_current IS NULL), count(*) FILTER (matched AND ${any(differences.map((_, index) => `d${index}`))})${counts}
    FROM (SELECT r.here AS in_reference, c.here AS in_current, r.here AND c.here AS matched${flags}
      FROM ${from.reference} AS r FULL JOIN ${from.current} AS c ON ${on})`;
}

/** SQL for the first rows by key that only one side has: the cells of all columns in the order given. */
export function rowsOfOneSide(
  sides: KeyedSides,
  only: { side: "reference" | "current"; columns: readonly ComparedColumn[]; limit: number },
): string {
  const { from, on } = parts(sides, sides.values);
  const [mine, other] = only.side === "reference" ? (["r", "c"] as const) : (["c", "r"] as const);
  const names = columnNames(sides);
  const cells = only.columns.map((column) => toText(column.type, `${mine}.${names.get(column)}`));
  const [here, there] = only.side === "reference" ? [from.reference, from.current] : [from.current, from.reference];
  return `SELECT ${cells.join(", ")} FROM ${here} AS ${mine} ANTI JOIN ${there} AS ${other} ON ${on} ${firstByKey(sides, mine, only.limit)}`;
}

/** SQL for the first changed rows by key: the key's cells, then for each of the columns, which are those that differ anywhere, both cells. */
export function changedRows(sides: KeyedSides, changed: { columns: readonly ComparedColumn[]; limit: number }): string {
  const { from, on, differences } = parts(sides, changed.columns);
  const names = columnNames(sides);
  const cells = changed.columns.flatMap((column) => [
    toText(column.type, `r.${names.get(column)}`),
    toText(column.type, `c.${names.get(column)}`),
  ]);
  const key = sides.key.map((column) => toText(column.type, `c.${names.get(column)}`));
  return `SELECT ${[...key, ...cells].join(", ")} FROM ${from.reference} AS r JOIN ${from.current} AS c ON ${on}
    WHERE ${any(differences)} ${firstByKey(sides, "c", changed.limit)}`;
}

/** How `sideRows` calls the columns. */
function columnNames({ key, values }: KeyedSides): ReadonlyMap<ComparedColumn, string> {
  return new Map([...key, ...values].map((column, index) => [column, `v${index}`]));
}

function parts(sides: KeyedSides, compared: readonly ComparedColumn[]) {
  const names = columnNames(sides);
  const columns = [...sides.key, ...sides.values];
  return {
    from: {
      reference: sideRows({ dataset: sides.reference, side: "reference", columns }),
      current: sideRows({ dataset: sides.current, side: "current", columns }),
    },
    on: sides.key
      .map((column) => `${identityOf(column.type, `r.${names.get(column)}`)} = ${identityOf(column.type, `c.${names.get(column)}`)}`)
      .join(" AND "),
    differences: compared.map((column) => differs(column.type, [`r.${names.get(column)}`, `c.${names.get(column)}`])),
  };
}

/** Not a chain of ORs: DuckDB limits how deep an expression may be, and a table may have more columns than that. */
function any(conditions: readonly string[]): string {
  return `greatest(${[...conditions, "false"].join(", ")})`;
}

function firstByKey(sides: KeyedSides, alias: "r" | "c", limit: number): string {
  const names = columnNames(sides);
  return `ORDER BY ${sides.key.flatMap((column) => orderOf(column.type, `${alias}.${names.get(column)}`)).join(", ")} LIMIT ${limit}`;
}
