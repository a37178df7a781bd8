import { identityOf } from "../types/row-order.ts";
import type { ComparedColumn } from "./compared-columns.ts";
import { comparing, sideRows, type ComparedSides, type Side } from "./compared-side.ts";
import type { Comparison } from "./comparison.ts";
import { provablyUnique } from "./rungs/provably-unique.ts";

type KeyProblem = Comparison["keyProblems"][number];

/** Counts the rows of each side whose key is NULL in part, and the rows that share their key with another. Where all rows are the same one side tells. */
export async function findKeyProblems(
  sides: ComparedSides & { readonly fewRows: number; readonly same: boolean },
  key: readonly ComparedColumn[],
): Promise<KeyProblem[]> {
  if (key.length === 0) return [];
  const counts: string[] = [];
  for (const side of sides.same ? (["current"] as const) : (["reference", "current"] as const))
    if (!(await provablyUnique(sides, { side, key }))) counts.push(countProblems(sides, { side, key }));
  if (counts.length === 0) return [];
  const found = await sides.tables.query(counts.join(" UNION ALL "), comparing(sides));
  return found.flatMap(([name, duplicate, nulls]) =>
    (["reference", "current"] as const)
      .filter((side) => sides.same || side === name)
      .flatMap((side) => [...problem(side, "duplicate", Number(duplicate)), ...problem(side, "null", Number(nulls))]),
  );
}

function problem(side: Side, kind: KeyProblem["problem"], rows: number): KeyProblem[] {
  return rows === 0 ? [] : [{ side, problem: kind, rows }];
}

function countProblems(sides: ComparedSides, { side, key }: { side: Side; key: readonly ComparedColumn[] }): string {
  const values = key.map(({ type }, index) => identityOf(type, `v${index}`));
  const anyNull = values.map((value) => `(${value}) IS NULL`).join(" OR ");
  return `SELECT '${side}' AS side, coalesce(sum(n) FILTER (n > 1 AND NOT has_null), 0), coalesce(sum(n) FILTER (has_null), 0)
    FROM (SELECT count(*) AS n, ${anyNull} AS has_null FROM ${sideRows({ relation: sides[side], side, columns: key })} GROUP BY ${values.join(", ")})`;
}
