import { RehearseError } from "@rehearse/errors";
import type { CellPair } from "../cell-pair.ts";
import { comparing, type ComparedSides } from "../compared-side.ts";
import type { Comparison } from "../comparison.ts";
import { anyOf } from "../differing-rows.ts";
import type { KeyedRows } from "../keyed-rows.ts";
import type { ExpectedRule } from "./expected-rule.ts";

type Covered = Comparison["expected"];

/** How the rows that differ can be asked. All of it is SQL over `from`, and conditions are never NULL. */
interface Asked {
  readonly from: string;
  /** How many rows there are of each row of `from`. */
  readonly count: (condition: string) => string;
  readonly is: Readonly<Record<ExpectedRule["kinds"][number], string>>;
  /** For each column that can change, whether its cell did; by its place among the compared columns. */
  readonly changes: readonly { readonly column: number; readonly changed: string }[];
  readonly value: (column: number, side: "current" | "reference") => string;
}

/** Counts what each expected difference matches, and the rows of which not every difference is covered. */
export async function coverKeyed(
  rows: KeyedRows,
  found: { readonly from: string; readonly pairs: readonly CellPair[]; readonly total: number },
): Promise<Covered> {
  return cover(rows, found.total, {
    from: found.from,
    count: (condition) => `count(*) FILTER (${condition})`,
    is: { added: "NOT in_reference", removed: "NOT in_current", changed: "(in_reference AND in_current)" },
    changes: found.pairs.map(({ column, changed }) => ({ column: rows.columns.indexOf(column), changed })),
    value: (column, side) => (side === "reference" ? `r${column}` : `CASE WHEN in_current THEN c${column} ELSE r${column} END`),
  });
}

/** The same for rows without a key, of which one side has `surplus` more: none of them changed. */
export async function coverUnkeyed(
  rows: ComparedSides & { readonly expected: readonly ExpectedRule[] },
  found: { readonly from: string; readonly total: number },
): Promise<Covered> {
  return cover(rows, found.total, {
    from: found.from,
    count: (condition) => `coalesce(sum(abs(surplus)) FILTER (${condition}), 0)`,
    is: { added: "surplus > 0", removed: "surplus < 0", changed: "false" },
    changes: [],
    value: (column, side) => (side === "reference" ? `CASE WHEN surplus < 0 THEN v${column} END` : `v${column}`),
  });
}

/** What rules match where no row differs. */
export function coverNothing(expected: readonly ExpectedRule[]): Covered {
  return { matched: expected.map(() => 0), unexpected: 0 };
}

async function cover(rows: ComparedSides & { readonly expected: readonly ExpectedRule[] }, total: number, asked: Asked): Promise<Covered> {
  const { tables, expected } = rows;
  if (total === 0) return coverNothing(expected);
  const ask = async (condition: string): Promise<number> => {
    const [[count] = []] = await tables.query(`SELECT ${asked.count(condition)} FROM ${asked.from}`, comparing(rows));
    return Number(count);
  };
  const matched: number[] = [];
  for (const rule of expected)
    matched.push(await ask(matches(rule, asked)).catch((thrown: unknown) => Promise.reject(blamed(rule, thrown))));
  const covering = expected.filter((rule, index) => !rule.expired && (matched[index] ?? 0) <= rule.limit);
  return { matched, unexpected: covering.length === 0 ? total : await ask(`NOT ${covers(covering, asked)} AND ${differing(asked)}`) };
}

/** Whether a rule matches a row. Its condition is worked out for such rows only. */
function matches(rule: ExpectedRule, { is, changes, value }: Asked): string {
  const meant = changes.filter(({ column }) => rule.columns?.includes(column) ?? true).map(({ changed }) => changed);
  const kinds = rule.kinds.map((kind) => (kind === "changed" ? `(${is.changed} AND ${anyOf(meant)})` : is[kind]));
  return `CASE WHEN ${anyOf(kinds)} THEN ${rule.where === undefined ? "true" : `coalesce(${rule.where.sql(value)}, false)`} ELSE false END`;
}

/** Whether every difference of a row is covered by one of the rules: of a changed row, each cell that changed. */
function covers(rules: readonly ExpectedRule[], asked: Asked): string {
  const matching = (column: number): string => {
    const own = rules.filter(({ columns }) => columns?.includes(column) ?? true);
    return anyOf(own.map((rule) => matches(rule, asked)));
  };
  const left = asked.changes.map(({ column, changed }) => `(${changed} AND NOT ${matching(column)})`);
  return `CASE WHEN ${asked.is.changed} THEN NOT ${anyOf(left)} ELSE ${anyOf(rules.map((rule) => matches(rule, asked)))} END`;
}

/** Rows that are equal by a tolerance do not differ. */
function differing({ is, changes }: Asked): string {
  return `(NOT ${is.changed} OR ${anyOf(changes.map(({ changed }) => changed))})`;
}

/** The rows could be read before: what fails of them now is the condition of the rule. */
function blamed({ where }: ExpectedRule, thrown: unknown): unknown {
  return thrown instanceof RehearseError && thrown.code === "DATASET_UNREADABLE" && where !== undefined ? where.failed(thrown) : thrown;
}
