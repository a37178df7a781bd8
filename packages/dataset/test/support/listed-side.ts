import type { CanonicalType, Cell, Relation } from "../../src/index.ts";
import type { ComparedColumn } from "../../src/compare/compared-columns.ts";
import { storageType } from "../../src/types/storage-type.ts";
import { columns } from "./table-workshop.ts";

/** The rows of a side. */
export type Rows = readonly (readonly Cell[])[];

/** A side whose rows stand in a list of SQL. */
export function sideOf(types: Readonly<Record<string, CanonicalType>>, rows: Rows, key: readonly string[] = []): Relation {
  const cell = (value: Cell, type: CanonicalType): string => `${value === null ? "NULL" : `'${value}'`}::${storageType(type)}`;
  const list = Object.values(types);
  const select = rows.map((cells) => `SELECT ${list.map((type, at) => `${cell(cells[at] ?? null, type)} AS c${at}`).join(", ")}`);
  const none = `SELECT ${list.map((type, at) => `NULL::${storageType(type)} AS c${at}`).join(", ")} WHERE false`;
  return {
    title: "a side",
    columns: columns(types),
    key,
    rows: rows.length,
    from: list.length === 0 ? `range(${rows.length})` : `(${rows.length === 0 ? none : select.join(" UNION ALL ")})`,
    values: list.map((_, at) => `c${at}`),
  };
}

/** The columns of such sides as they are compared where no rule says otherwise. */
export function plainColumns(types: Readonly<Record<string, CanonicalType>>): ComparedColumn[] {
  return Object.entries(types).map(([name, type], at) => ({ name, type, reference: `c${at}`, current: `c${at}`, tolerance: undefined }));
}
