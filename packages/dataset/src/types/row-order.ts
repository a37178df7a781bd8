import { toText } from "./canonical-text.ts";
import type { CanonicalType } from "./canonical-type.ts";
import { rowText } from "./row-text.ts";
import { familyOf, storageType } from "./storage-type.ts";

/** SQL expressions that sort values as people expect, and totally: numbers kept as text by size, then by text; -0 before 0. */
export function orderOf(type: CanonicalType, value: string): string[] {
  const family = familyOf(type);
  if (family === "interval") return [1, 3, 5].map((part) => `try_cast(split_part(${value}, ' ', ${part}) AS DOUBLE)`).concat(value);
  if (family === "number" || ((family === "decimal" || family === "integer") && storageType(type) === "VARCHAR"))
    return [`try_cast(${value} AS DOUBLE)`, value];
  return [value, ...(family === "float" ? [toText(type, value)] : [])];
}

/** Columns that a sort looks at one by one; DuckDB sets memory aside for each, hundreds of megabytes where a table has hundreds of columns. */
export const sortedColumns = 8;

/** SQL expressions that sort whole rows: by their first columns, then, so that the order is total, by a hash of all of them. */
export function orderOfRows(columns: readonly { readonly type: CanonicalType; readonly value: string }[]): string[] {
  const first = columns.slice(0, sortedColumns).flatMap(({ type, value }) => orderOf(type, value));
  return columns.length <= sortedColumns ? first : [...first, `md5(${rowText(columns.map(({ type, value }) => toText(type, value)))})`];
}

/** SQL that is equal for two values exactly when they are the same value of the type: floats by their text, for -0 is not 0. */
export function identityOf(type: CanonicalType, value: string): string {
  return familyOf(type) === "float" ? toText(type, value) : value;
}

/** SQL that says whether two values differ; two NULLs do not, and neither do two NaNs. Never NULL. */
export function differs(type: CanonicalType, [a, b]: readonly [string, string]): string {
  const different = `${a} IS DISTINCT FROM ${b}`;
  return familyOf(type) === "float" ? `(${different} OR coalesce(${a} = 0 AND signbit(${a}) <> signbit(${b}), false))` : `(${different})`;
}
