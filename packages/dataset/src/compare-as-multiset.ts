import type { ComparedColumn } from "./compared-columns.ts";
import { sideRows } from "./compared-side.ts";
import type { Cell } from "./comparison.ts";
import type { Dataset } from "./dataset.ts";
import type { RowDifferences } from "./row-differences.ts";
import { identityOf, orderOfRows } from "./row-order.ts";
import type { Tables } from "./tables.ts";
import { toText } from "./canonical-text.ts";

/** Two sides whose rows have no key: equal rows cancel each other, one for one; what remains is added or removed. */
export async function compareAsMultiset(rows: {
  tables: Tables;
  reference: Dataset;
  current: Dataset;
  columns: readonly ComparedColumn[];
  examples: number;
}): Promise<RowDifferences> {
  const none = { columns: [], changed: 0 };
  if (rows.columns.length === 0) {
    const more = rows.current.manifest.rows - rows.reference.manifest.rows;
    return { ...none, added: Math.max(more, 0), removed: Math.max(-more, 0), examples: { changed: [], added: [], removed: [] } };
  }
  const plan = planGroups(rows);
  const doing = `comparing ${rows.current.directory} with its reference`;
  const [counts = []] = await rows.tables.query(plan.counts, doing);
  const [added = 0, removed = 0] = counts.map(Number);
  const examples = {
    changed: [],
    added: added === 0 ? [] : repeated(await rows.tables.query(plan.added, doing), rows.examples),
    removed: removed === 0 ? [] : repeated(await rows.tables.query(plan.removed, doing), rows.examples),
  };
  return { ...none, added, removed, examples };
}

function planGroups({
  reference,
  current,
  columns,
  examples,
}: {
  reference: Dataset;
  current: Dataset;
  columns: readonly ComparedColumn[];
  examples: number;
}) {
  const identities = columns.map(({ type }, index) => identityOf(type, `v${index}`));
  const side = (dataset: Dataset, name: "reference" | "current") =>
    `SELECT ${columns.map((_, index) => `v${index}`).join(", ")}, ${name === "current" ? 1 : -1} AS one FROM ${sideRows({ dataset, side: name, columns })}`;
  const groups = `(SELECT ${columns.map((_, index) => `any_value(v${index}) AS v${index}`).join(", ")}, sum(one) AS surplus
    FROM (${side(reference, "reference")} UNION ALL ${side(current, "current")}) GROUP BY ${identities.join(", ")} HAVING sum(one) <> 0)`;
  const cells = columns.map(({ type }, index) => toText(type, `v${index}`)).join(", ");
  const order = orderOfRows(columns.map(({ type }, index) => ({ type, value: `v${index}` }))).join(", ");
  const first = (condition: string) =>
    `SELECT abs(surplus), ${cells} FROM ${groups} WHERE ${condition} ORDER BY ${order} LIMIT ${examples}`;
  return {
    counts: `SELECT coalesce(sum(surplus) FILTER (surplus > 0), 0), coalesce(-sum(surplus) FILTER (surplus < 0), 0) FROM ${groups}`,
    added: first("surplus > 0"),
    removed: first("surplus < 0"),
  };
}

/** Each row as often as there is one too many of it, the first `limit` of them all. */
function repeated(counted: readonly (readonly Cell[])[], limit: number): Cell[][] {
  const rows = counted.flatMap(([count, ...cells]) => Array.from({ length: Math.min(Number(count), limit) }, () => cells));
  return rows.slice(0, limit);
}
