import { toText } from "../../types/canonical-text.ts";
import { literal } from "../../tables/sql-text.ts";
import { orderOf } from "../../types/row-order.ts";
import { comparing, sideRows } from "../compared-side.ts";
import type { Cause, Cell } from "../comparison.ts";
import { anyOf } from "../differing-rows.ts";
import { nearlyAll, type CauseRequest } from "./cause-request.ts";

/** A value that may be what the changed rows have in common. */
interface Candidate {
  /** Position among the compared columns. */
  readonly index: number;
  readonly value: Cell;
}

/** How many changed rows, the first by key, are looked at for values that all of them may have in common. */
const looked = 100;
/** Longer texts are no category. */
const longest = 200;

/**
 * The one value of one column that nearly all changed rows have, and hardly any other row. Of several the one with the most changed rows, the fewest
 * others, the first of the columns.
 */
export async function valueCause(request: CauseRequest): Promise<Cause | null> {
  const counted = await countChanged(request, await likely(request));
  const covering = counted.filter(({ rows }) => nearlyAll(rows, request.changed));
  if (covering.length === 0) return null;
  const { total, found } = await countCurrent(request, covering);
  const telling = found.filter(({ rows, of }) => rows >= 0.8 * of && of < total && request.changed - rows <= 0.1 * (total - of));
  // Of those that tell as much the first comes first, as the columns do.
  const [best] = telling.toSorted((a, b) => b.rows - a.rows || a.of - b.of);
  if (best === undefined) return null;
  return { kind: "value", column: request.rows.columns[best.index]?.name ?? "", value: best.value, rows: best.rows, of: best.of };
}

/** For each column the value that most of the first changed rows have; to count one in all changed rows takes long where they are many. */
async function likely({ rows, from, pairs }: CauseRequest): Promise<Candidate[]> {
  const cells = rows.columns.map(({ type }, index) => toText(type, `c${index}`));
  const order = rows.key.flatMap((column) => orderOf(column.type, `c${rows.columns.indexOf(column)}`));
  const first = await rows.tables.query(
    `SELECT ${cells.join(", ")} FROM ${from} WHERE ${changedRow(pairs)} ORDER BY ${order.join(", ")} LIMIT ${looked}`,
    comparing(rows),
  );
  return rows.columns.flatMap((_, index) => {
    const [value, times] = mostFrequent(first.map((cells_) => cells_[index] ?? null));
    const nobody = times * 2 < first.length || (value !== null && (value.includes("\0") || value.length > longest));
    return nobody ? [] : [{ index, value }];
  });
}

function mostFrequent(values: readonly Cell[]): [value: Cell, times: number] {
  const counts = new Map<Cell, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].toSorted(([, a], [, b]) => b - a)[0] ?? [null, 0];
}

async function countChanged({ rows, from, pairs }: CauseRequest, candidates: readonly Candidate[]) {
  // Without anything to count, the query would give every changed row.
  if (candidates.length === 0) return [];
  const counts = candidates.map(
    (candidate) => `count(*) FILTER (${has(candidate, { rows, letter: "r" })} AND ${has(candidate, { rows, letter: "c" })})`,
  );
  const [found = []] = await rows.tables.query(`SELECT ${counts.join(", ")} FROM ${from} WHERE ${changedRow(pairs)}`, comparing(rows));
  return candidates.map((candidate, at) => ({ ...candidate, rows: Number(found[at]) }));
}

async function countCurrent<C extends Candidate>({ rows }: CauseRequest, candidates: readonly C[]) {
  const counts = candidates.map((candidate) => `count(*) FILTER (${has(candidate, { rows, letter: "v" })})`);
  const side = sideRows({ relation: rows.current, side: "current", columns: rows.columns });
  const [[total, ...found] = []] = await rows.tables.query(`SELECT count(*), ${counts.join(", ")} FROM ${side}`, comparing(rows));
  return { total: Number(total), found: candidates.map((candidate, at) => ({ ...candidate, of: Number(found[at]) })) };
}

function has({ index, value }: Candidate, { rows, letter }: { rows: CauseRequest["rows"]; letter: "r" | "c" | "v" }): string {
  const type = rows.columns[index]?.type ?? "text";
  const cell = `${letter}${index}`;
  return value === null ? `${cell} IS NULL` : `coalesce(${toText(type, cell)} = ${literal(value)}, false)`;
}

function changedRow(pairs: CauseRequest["pairs"]): string {
  return `in_reference AND in_current AND ${anyOf(pairs.map(({ changed }) => changed))}`;
}
