import { toText } from "../types/canonical-text.ts";
import type { ComparedColumn } from "./compared-columns.ts";
import { comparing, sideRows, type ComparedSides, type Side } from "./compared-side.ts";
import type { Cell } from "./comparison.ts";
import { coverNothing, coverUnkeyed } from "./expected/cover-differences.ts";
import type { ExpectedRule } from "./expected/expected-rule.ts";
import type { RowDifferences } from "./row-differences.ts";
import { whySame } from "./rungs/choose-rung.ts";
import type { Survey } from "./rungs/survey-rows.ts";
import { keepFewRows, keepRows } from "../tables/keep-rows.ts";
import { orderOf, sortedColumns } from "../types/row-order.ts";
import { cellsOfRowText, rowText } from "../types/row-text.ts";
import type { Relation } from "./relation.ts";

/** Two sides whose rows have no key. */
interface UnkeyedSides extends ComparedSides {
  readonly columns: readonly ComparedColumn[];
  readonly expected: readonly ExpectedRule[];
}

/** Rows of both sides that are equal cancel each other, one for one; what remains is added or removed. */
export async function compareAsMultiset(
  rows: UnkeyedSides & { examples: number; fewRows: number },
  { sameDigest }: Survey,
): Promise<RowDifferences> {
  if (sameDigest !== null) return noDifferences(rows, sameDigest);
  const { tables, examples: limit } = rows;
  const doing = comparing(rows);
  const few = Math.max(rows.reference.rows, rows.current.rows) <= rows.fewRows;
  await using left = await (few ? keepFewRows : keepRows)({ tables, select: rowsLeftOver(rows), doing });
  const [[added, removed] = []] = await tables.query(
    `SELECT coalesce(sum(greatest(surplus, 0)), 0), coalesce(-sum(least(surplus, 0)), 0) FROM ${left.from}`,
    doing,
  );
  const first = async (condition: string): Promise<Cell[][]> => {
    const order = rows.columns.slice(0, sortedColumns).flatMap(({ type }, index) => orderOf(type, `v${index}`));
    const select = `SELECT abs(surplus), row_text FROM ${left.from} WHERE ${condition} ORDER BY ${[...order, "row_text"].join(", ")} LIMIT ${limit}`;
    return rows.columns.length === 0 ? [] : repeated(await tables.query(select, doing), limit);
  };
  return {
    added: Number(added),
    removed: Number(removed),
    changed: 0,
    columns: [],
    causes: [],
    expected: await coverUnkeyed(rows, { from: left.from, total: Number(added) + Number(removed) }),
    rung: { name: "multiset", why: "rows without a usable key were counted by all their values" },
    examples: {
      changed: [],
      added: Number(added) === 0 ? [] : await first("surplus > 0"),
      removed: Number(removed) === 0 ? [] : await first("surplus < 0"),
    },
  };
}

function noDifferences(rows: UnkeyedSides, sameDigest: NonNullable<Survey["sameDigest"]>): RowDifferences {
  return {
    added: 0,
    removed: 0,
    changed: 0,
    columns: [],
    causes: [],
    expected: coverNothing(rows.expected),
    rung: { name: "digests", why: whySame[sameDigest] },
    examples: { changed: [], added: [], removed: [] },
  };
}

/** SQL for the rows of which one side has more: their text, how many more the current side has, and the columns that they are sorted by or asked for. */
function rowsLeftOver({ reference, current, columns, expected }: UnkeyedSides): string {
  const needed = new Set([...columns.keys().take(sortedColumns), ...expected.flatMap(({ where }) => where?.columns ?? [])]);
  const sorted = Array.from(needed, (index) => `v${index}`);
  const text = `${rowText(columns.map((_, index) => `t${index}`))} AS row_text`;
  const texts = columns.map(({ type }, index) => `${toText(type, `v${index}`)} AS t${index}`);
  const side = (relation: Relation, name: Side): string =>
    `SELECT ${[...sorted, text, `${name === "current" ? 1 : -1} AS one`].join(", ")}
     FROM (SELECT ${[...sorted, ...texts, "here"].join(", ")} FROM ${sideRows({ relation, side: name, columns })})`;
  const kept = ["row_text", "sum(one)::BIGINT AS surplus", ...sorted.map((value) => `any_value(${value}) AS ${value}`)];
  return `SELECT ${kept.join(", ")} FROM (${side(reference, "reference")} UNION ALL ${side(current, "current")}) GROUP BY row_text HAVING sum(one) <> 0`;
}

/** Each row as often as there is one too many of it, the first `limit` of them all. */
function repeated(counted: readonly (readonly Cell[])[], limit: number): Cell[][] {
  const rows = counted.flatMap(([count, text]) => Array.from({ length: Math.min(Number(count), limit) }, () => cellsOfRowText(text ?? "")));
  return rows.slice(0, limit);
}
