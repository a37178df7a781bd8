import type { ComparedColumn } from "./compared-columns.ts";
import { scanStored, type Side } from "./compared-side.ts";
import type { Comparison } from "./comparison.ts";
import type { Dataset } from "../rows/dataset.ts";
import { identityOf } from "../types/row-order.ts";
import type { Tables } from "../tables/tables.ts";

type KeyProblem = Comparison["keyProblems"][number];

/** Counts the rows of each side whose key is NULL in part, and the rows that share their key with another. */
export async function findKeyProblems(request: {
  tables: Tables;
  key: readonly ComparedColumn[];
  reference: Dataset;
  current: Dataset;
}): Promise<KeyProblem[]> {
  if (request.key.length === 0) return [];
  const counts = (["reference", "current"] as const).map((side) => countProblems({ side, dataset: request[side], key: request.key }));
  const found = await request.tables.query(counts.join(" UNION ALL "), `comparing ${request.current.directory} with its reference`);
  return found.flatMap(([name, duplicate, nulls]) => {
    const side = name === "reference" ? name : "current";
    return [...problem(side, "duplicate", Number(duplicate)), ...problem(side, "null", Number(nulls))];
  });
}

function problem(side: Side, kind: KeyProblem["problem"], rows: number): KeyProblem[] {
  return rows === 0 ? [] : [{ side, problem: kind, rows }];
}

function countProblems({ side, dataset, key }: { side: Side; dataset: Dataset; key: readonly ComparedColumn[] }): string {
  const values = key.map((column) => identityOf(column.type, `c${column[side]}`));
  const anyNull = values.map((value) => `(${value}) IS NULL`).join(" OR ");
  return `SELECT '${side}' AS side, coalesce(sum(n) FILTER (n > 1 AND NOT has_null), 0), coalesce(sum(n) FILTER (has_null), 0)
    FROM (SELECT count(*) AS n, ${anyNull} AS has_null FROM ${scanStored(dataset)} GROUP BY ${values.join(", ")})`;
}
