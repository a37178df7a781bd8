import { isDeepStrictEqual } from "node:util";
import type { CanonicalType, Column } from "../types/canonical-type.ts";
import { commonType } from "../types/common-type.ts";
import { usableKey } from "../rows/usable-key.ts";
import type { Comparison, SchemaChange, Tolerance } from "./comparison.ts";
import type { Relation } from "./relation.ts";

/** A column whose cells are compared. */
export interface ComparedColumn {
  readonly name: string;
  /** What is compared: the type that both sides have in common, or the one that the column's transform gives. */
  readonly type: CanonicalType;
  /** SQL over the rows of each side that gives what is compared, as the type is stored. */
  readonly reference: string;
  readonly current: string;
  readonly tolerance: Tolerance | undefined;
}

/** What the columns alone say about a comparison. */
export interface ColumnPlan {
  readonly compared: readonly ComparedColumn[];
  readonly schema: readonly SchemaChange[];
  readonly notCompared: Comparison["notCompared"];
}

/** Pairs the columns of two sides by their exact names, in the order of the current one. */
export function planColumns({
  reference,
  current,
  ignore,
}: {
  reference: Relation;
  current: Relation;
  ignore: readonly string[];
}): ColumnPlan {
  const before = columnsByName(reference, ignore);
  const after = columnsByName(current, ignore);
  const pairs = [...after.values()].flatMap((now) => {
    const old = before.get(now.column.name);
    return old === undefined ? [] : [{ old, now }];
  });
  const columns = pairs.map(({ old, now }) => pairColumn(old, now));
  return {
    compared: columns.filter((column) => "name" in column),
    schema: [
      ...[...after.values()]
        .filter(({ column }) => !before.has(column.name))
        .map(({ column }) => ({ change: "added" as const, column: column.name, type: column.source })),
      ...[...before.values()]
        .filter(({ column }) => !after.has(column.name))
        .map(({ column }) => ({ change: "removed" as const, column: column.name, type: column.source })),
      ...pairs.flatMap(({ old, now }) => typeChange(old.column, now.column)),
      ...keyChange(usableKey(reference, ignore), usableKey(current, ignore)),
    ],
    notCompared: columns.filter((column) => "reason" in column),
  };
}

interface Placed {
  readonly column: Column;
  /** SQL of its value; empty where it has none. */
  readonly value: string;
}

function columnsByName({ columns, values }: Relation, ignore: readonly string[]): Map<string, Placed> {
  const stored = values[Symbol.iterator]();
  const placed = columns.map((column) => ({ column, value: typeof column.type === "string" ? (stored.next().value ?? "") : "" }));
  return new Map(placed.filter(({ column }) => !ignore.includes(column.name)).map((it) => [it.column.name, it]));
}

/** What the cells of a column that both sides have are compared as, or why they cannot be. */
function pairColumn(old: Placed, now: Placed): ComparedColumn | { readonly column: string; readonly reason: string } {
  const { name } = now.column;
  if (typeof now.column.type !== "string") return { column: name, reason: now.column.type.notComparable };
  if (typeof old.column.type !== "string")
    return { column: name, reason: `the reference does not hold it: ${old.column.type.notComparable}` };
  const common = commonType({ ...old.column, type: old.column.type }, { ...now.column, type: now.column.type });
  if ("notComparable" in common) return { column: name, reason: common.notComparable };
  return { name, type: common.type, reference: common.reference(old.value), current: common.current(now.value), tolerance: undefined };
}

/** A change of the engine's own type is shown in its words; one of our reading of the same type in ours. */
function typeChange(old: Column, now: Column): SchemaChange[] {
  const column = now.name;
  if (old.source !== now.source) return [{ change: "type", column, reference: old.source, current: now.source }];
  // The rows have NULL for both, whose files were never side by side.
  if (old.nulls !== undefined && now.nulls !== undefined && old.nulls !== now.nulls)
    return [
      { change: "type", column, reference: `${old.source}, ${nullWords[old.nulls]}`, current: `${now.source}, ${nullWords[now.nulls]}` },
    ];
  // What one side does not hold is not compared, and says why.
  if (typeof old.type !== "string" || typeof now.type !== "string" || old.type === now.type) return [];
  return [{ change: "type", column, reference: `${old.source} read as ${old.type}`, current: `${now.source} read as ${now.type}` }];
}

const nullWords = { null: "null where it has no value", missing: "left out where it has no value" };

function keyChange(reference: readonly string[], current: readonly string[]): SchemaChange[] {
  return isDeepStrictEqual(reference, current) ? [] : [{ change: "key", reference, current }];
}
