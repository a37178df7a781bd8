import { fromText } from "./canonical-text.ts";
import type { StoredColumn } from "./canonical-type.ts";
import { decimalShape } from "./simple-type.ts";
import { storageType } from "./storage-type.ts";

/** Types of one family whose every value the other holds exactly. */
const wider: Readonly<Record<string, readonly string[]>> = {
  SMALLINT: ["TINYINT", "UTINYINT"],
  INTEGER: ["TINYINT", "UTINYINT", "SMALLINT", "USMALLINT"],
  BIGINT: ["TINYINT", "UTINYINT", "SMALLINT", "USMALLINT", "INTEGER", "UINTEGER"],
  USMALLINT: ["UTINYINT"],
  UINTEGER: ["UTINYINT", "USMALLINT"],
  UBIGINT: ["UTINYINT", "USMALLINT", "UINTEGER"],
  DOUBLE: ["FLOAT"],
  TIMESTAMP: ["TIMESTAMP_S", "TIMESTAMP_MS"],
};

/**
 * SQL that turns a value of the DuckDB type `from` into the column's stored type without loss; null where that cannot be promised for every value.
 * Text is read as canonical text.
 */
export function widen({ column, from, value }: { column: StoredColumn; from: string; value: string }): string | null {
  const to = storageType(column.type);
  if (from === "VARCHAR" || from === "JSON") return fromText({ type: column.type, text: `${value}::VARCHAR`, column: column.name });
  return from === to || holds(to, from) ? `${value}::${to}` : null;
}

function holds(to: string, from: string): boolean {
  const [large, small] = [decimalShape(to), decimalShape(from)];
  if (large !== null && small !== null) return large.scale >= small.scale && large.precision - large.scale >= small.precision - small.scale;
  return wider[to]?.includes(from) ?? false;
}
