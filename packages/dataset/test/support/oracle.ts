import type { Cell } from "../../src/index.ts";

/** A table in memory: names, rows of canonical text. */
export interface PlainTable {
  readonly names: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

export interface PlainCounts {
  readonly by: "key" | "multiset";
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
  readonly columns: Readonly<Record<string, number>>;
}

/** What a comparison must count, found the plain way: canonical texts are equal exactly when the values are. */
export function plainCounts({
  reference,
  current,
  key,
  ignore,
}: {
  reference: PlainTable;
  current: PlainTable;
  key: readonly string[];
  ignore: readonly string[];
}): PlainCounts {
  const names = current.names.filter((name) => reference.names.includes(name) && !ignore.includes(name));
  const [before, after] = [pick(reference, names), pick(current, names)];
  const [left, right] = [before, after].map((rows) =>
    byKey(
      rows,
      key.map((name) => names.indexOf(name)),
    ),
  );
  if (key.length === 0 || left === undefined || right === undefined || left === null || right === null) return multiset(before, after);
  const pairs = [...right].flatMap(([at, row]) => {
    const old = left.get(at);
    return old === undefined ? [] : [{ row, old }];
  });
  const columns = names.map((name, index) => [name, pairs.filter(({ row, old }) => row[index] !== old[index]).length] as const);
  return {
    by: "key",
    added: right.size - pairs.length,
    removed: left.size - pairs.length,
    changed: pairs.filter(({ row, old }) => row.some((cell, index) => cell !== old[index])).length,
    columns: Object.fromEntries(columns.filter(([, count]) => count > 0)),
  };
}

function pick({ names, rows }: PlainTable, wanted: readonly string[]): Cell[][] {
  return rows.map((row) => wanted.map((name) => row[names.indexOf(name)] ?? null));
}

/** Rows by their key, null where a key is NULL or occurs twice. */
function byKey(rows: readonly Cell[][], key: readonly number[]): Map<string, Cell[]> | null {
  const found = new Map<string, Cell[]>();
  for (const row of rows) {
    const cells = key.map((index) => row[index] ?? null);
    const at = JSON.stringify(cells);
    if (cells.includes(null) || found.has(at)) return null;
    found.set(at, row);
  }
  return found;
}

function multiset(before: readonly Cell[][], after: readonly Cell[][]): PlainCounts {
  const surplus = new Map<string, number>();
  const count = (rows: readonly Cell[][], one: number): void => {
    for (const row of rows) surplus.set(JSON.stringify(row), (surplus.get(JSON.stringify(row)) ?? 0) + one);
  };
  count(after, 1);
  count(before, -1);
  const all = [...surplus.values()];
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
  return {
    by: "multiset",
    added: sum(all.filter((n) => n > 0)),
    removed: Math.abs(sum(all.filter((n) => n < 0))),
    changed: 0,
    columns: {},
  };
}
