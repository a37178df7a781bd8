import { isDeepStrictEqual } from "node:util";
import { storedColumns, type CanonicalType, type Column } from "../types/canonical-type.ts";
import type { Comparison, SchemaChange } from "./comparison.ts";
import type { Manifest } from "../rows/manifest.ts";
import { usableKey } from "../rows/usable-key.ts";

/** A column whose cells are compared, and where it stands in the file of each side. */
export interface ComparedColumn {
  readonly name: string;
  readonly type: CanonicalType;
  readonly reference: number;
  readonly current: number;
}

/** What the manifests alone say about a comparison. */
export interface ColumnPlan {
  readonly compared: readonly ComparedColumn[];
  readonly schema: readonly SchemaChange[];
  readonly notCompared: Comparison["notCompared"];
}

/** Pairs the columns of two datasets by their exact names, in the order of the current one. */
export function planColumns({
  reference,
  current,
  ignore,
}: {
  reference: Manifest;
  current: Manifest;
  ignore: readonly string[];
}): ColumnPlan {
  const before = columnsByName(reference, ignore);
  const after = columnsByName(current, ignore);
  const pairs = [...after.values()].flatMap((now) => {
    const old = before.get(now.column.name);
    return old === undefined ? [] : [{ old, now }];
  });
  return {
    compared: pairs.flatMap(({ old, now }) => comparedColumn(old, now)),
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
    notCompared: pairs.flatMap(({ old, now }) => notCompared(old.column, now.column)),
  };
}

interface Placed {
  readonly column: Column;
  /** Where its values stand in the file, -1 where they are not stored. */
  readonly position: number;
}

function columnsByName({ columns }: Manifest, ignore: readonly string[]): Map<string, Placed> {
  const positions = new Map(storedColumns(columns).map(({ name }, position) => [name, position]));
  return new Map(
    columns
      .filter(({ name }) => !ignore.includes(name))
      .map((column) => [column.name, { column, position: positions.get(column.name) ?? -1 }]),
  );
}

function comparedColumn(old: Placed, now: Placed): ComparedColumn[] {
  const { name, type } = now.column;
  return typeof type === "string" && type === old.column.type ? [{ name, type, reference: old.position, current: now.position }] : [];
}

function notCompared({ type: before }: Column, { name, type: now }: Column): { column: string; reason: string }[] {
  if (typeof now !== "string") return [{ column: name, reason: now.notComparable }];
  if (typeof before !== "string") return [{ column: name, reason: `the reference does not hold it: ${before.notComparable}` }];
  return before === now ? [] : [{ column: name, reason: `its type changed from ${before} to ${now}` }];
}

/** A change of the engine's own type is shown in its words; one of our reading of the same type in ours. */
function typeChange(old: Column, now: Column): SchemaChange[] {
  const column = now.name;
  if (old.source !== now.source) return [{ change: "type", column, reference: old.source, current: now.source }];
  if (readAs(old) === readAs(now)) return [];
  return [{ change: "type", column, reference: `${old.source} read as ${readAs(old)}`, current: `${now.source} read as ${readAs(now)}` }];
}

function readAs({ type }: Column): string {
  return typeof type === "string" ? type : "nothing";
}

function keyChange(reference: readonly string[], current: readonly string[]): SchemaChange[] {
  return isDeepStrictEqual(reference, current) ? [] : [{ change: "key", reference, current }];
}
