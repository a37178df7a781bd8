import type { CanonicalType, Column } from "./canonical-type.ts";
import type { Comparison, SchemaChange } from "./comparison.ts";
import { storedColumns } from "./canonical-type.ts";
import type { Manifest } from "./manifest.ts";
import { usableKey } from "./usable-key.ts";

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

/** Pairs the columns of two datasets by name, in the order of the current one. Pure. */
export function planColumns({ reference, current, ignore }: { reference: Manifest; current: Manifest; ignore: readonly string[] }): ColumnPlan {
  const [before, after] = [reference, current].map(({ columns }) => columns.filter(({ name }) => !ignore.includes(name)));
  return pair({ reference, current, ignore, before: before ?? [], after: after ?? [] });
}

function pair(sides: { reference: Manifest; current: Manifest; ignore: readonly string[]; before: readonly Column[]; after: readonly Column[] }): ColumnPlan {
  const { reference, current, before, after } = sides;
  const schema: SchemaChange[] = [];
  const notCompared: { column: string; reason: string }[] = [];
  const compared: ComparedColumn[] = [];
  const positions = { reference: positionsOf(reference), current: positionsOf(current) };
  for (const column of after) {
    const old = before.find(({ name }) => name === column.name);
    if (old === undefined) {
      schema.push({ change: "added", column: column.name, type: column.source });
      continue;
    }
    const change = typeChange(old, column);
    if (change !== null) schema.push(change);
    const reason = whyNotCompared(old, column);
    if (typeof reason === "string") notCompared.push({ column: column.name, reason });
    else compared.push({ name: column.name, type: reason.type, reference: positions.reference.get(column.name) ?? 0, current: positions.current.get(column.name) ?? 0 });
  }
  for (const old of before) if (!after.some(({ name }) => name === old.name)) schema.push({ change: "removed", column: old.name, type: old.source });
  const keys = { reference: usableKey(reference, sides.ignore), current: usableKey(current, sides.ignore) };
  if (keys.reference.join("\0") !== keys.current.join("\0")) schema.push({ change: "key", ...keys });
  return { compared, schema, notCompared };
}
