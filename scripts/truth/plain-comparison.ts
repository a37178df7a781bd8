import type { Cell, ComparisonRules } from "@rehearse/dataset";
import { plainCells, type PlainColumn } from "./plain-columns.ts";
import { nearEnough } from "./plain-tolerance.ts";
import { plainValue } from "./plain-value.ts";
import type { TruthCase, TruthTable } from "./truth-case.ts";

/** What a comparison must find. */
export interface PlainFindings {
  readonly by: "key" | "multiset";
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
  /** For each column that differs or was equal only by a tolerance. */
  readonly columns: Readonly<Record<string, PlainColumnCounts>>;
  readonly schema: readonly string[];
  readonly notCompared: readonly string[];
  readonly verdict: "same" | "expected" | "different" | "not compared";
}

interface PlainColumnCounts {
  readonly changed: number;
  readonly toTolerance: number;
  readonly nullToValue: number;
  readonly valueToNull: number;
}

/** Compares two tables row by row and cell by cell, in memory, in the most obvious way. */
export function plainComparison({ reference, current, rules }: TruthCase): PlainFindings {
  const { compared, schema, notCompared } = plainCells({ reference, current, rules });
  const [before, after] = [pick(reference, { compared, side: "reference" }), pick(current, { compared, side: "current" })];
  const key = keyOf({ current, compared, rules });
  const [left, right] = [byKey(before, { compared, key, side: "reference" }), byKey(after, { compared, key, side: "current" })];
  const rows = key.length > 0 && left !== null && right !== null ? keyed({ left, right, compared }) : multiset(before, { after, compared });
  const different = schema.length + rows.added + rows.removed + rows.changed > 0;
  return {
    ...rows,
    schema,
    notCompared,
    verdict: different ? "different" : notCompared.length > 0 || compared.length === 0 ? "not compared" : "same",
  };
}

type Row = readonly Cell[];
type Side = "reference" | "current";

function pick({ columns, rows }: TruthTable, { compared }: { compared: readonly PlainColumn[]; side: Side }): Row[] {
  const places = compared.map(({ name }) => columns.findIndex((column) => column.name === name));
  return rows.map((row) => places.map((place) => row[place] ?? null));
}

/** The positions of the key's columns; none where one of them is not compared. */
function keyOf({ current, compared, rules }: { current: TruthTable; compared: readonly PlainColumn[]; rules: ComparisonRules }): number[] {
  const names = rules.key !== undefined && rules.key.length > 0 ? rules.key : current.key;
  const places = names.map((name) => compared.findIndex((column) => column.name === name));
  return places.includes(-1) ? [] : places;
}

/** Rows by their key, null where a key is NULL in part or occurs twice. */
function byKey(
  rows: readonly Row[],
  { compared, key, side }: { compared: readonly PlainColumn[]; key: readonly number[]; side: Side },
): Map<string, Row> | null {
  const found = new Map<string, Row>();
  for (const row of rows) {
    const values = key.map((place) => identity(compared[place], { row, place, side }));
    const at = JSON.stringify(values);
    if (values.includes(null) || found.has(at)) return null;
    found.set(at, row);
  }
  return found;
}

function identity(column: PlainColumn | undefined, { row, place, side }: { row: Row; place: number; side: Side }): string | null {
  if (column === undefined) throw new Error("a column that is not compared");
  return plainValue(column[side], column.read(row[place] ?? null, side));
}

function keyed({ left, right, compared }: { left: Map<string, Row>; right: Map<string, Row>; compared: readonly PlainColumn[] }) {
  const pairs = [...right].flatMap(([at, after]) => {
    const before = left.get(at);
    return before === undefined ? [] : [{ before, after }];
  });
  const counts = new Map<string, { changed: number; toTolerance: number; nullToValue: number; valueToNull: number }>();
  let changed = 0;
  for (const { before, after } of pairs) {
    let rowChanged = false;
    for (const [place, column] of compared.entries()) {
      const old = identity(column, { row: before, place, side: "reference" });
      const now = identity(column, { row: after, place, side: "current" });
      if (old === now) continue;
      const count = counts.get(column.name) ?? { changed: 0, toTolerance: 0, nullToValue: 0, valueToNull: 0 };
      counts.set(column.name, count);
      if (nearEnough(column, { reference: before[place] ?? null, current: after[place] ?? null })) {
        count.toTolerance += 1;
        continue;
      }
      rowChanged = true;
      count.changed += 1;
      if (old === null) count.nullToValue += 1;
      if (now === null) count.valueToNull += 1;
    }
    if (rowChanged) changed += 1;
  }
  const columns: Record<string, PlainColumnCounts> = Object.fromEntries(counts);
  return { by: "key" as const, added: right.size - pairs.length, removed: left.size - pairs.length, changed, columns };
}

function multiset(before: readonly Row[], { after, compared }: { after: readonly Row[]; compared: readonly PlainColumn[] }) {
  const surplus = new Map<string, number>();
  for (const [side, rows, one] of [
    ["current", after, 1],
    ["reference", before, -1],
  ] as const)
    for (const row of rows) {
      const text = JSON.stringify(compared.map((column, place) => identity(column, { row, place, side })));
      surplus.set(text, (surplus.get(text) ?? 0) + one);
    }
  const sum = (sign: 1 | -1): number => [...surplus.values()].reduce((total, count) => total + Math.max(0, sign * count), 0);
  return { by: "multiset" as const, added: sum(1), removed: sum(-1), changed: 0, columns: {} };
}
