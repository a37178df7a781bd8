import { fromText } from "./canonical-text.ts";
import type { StoredColumn } from "./canonical-type.ts";
import { decimalShape } from "./simple-type.ts";
import { storageType } from "./storage-type.ts";

/** The integer types of DuckDB that Parquet knows. */
const integers: Readonly<Record<string, { readonly signed: boolean; readonly bits: number }>> = {
  TINYINT: { signed: true, bits: 8 },
  SMALLINT: { signed: true, bits: 16 },
  INTEGER: { signed: true, bits: 32 },
  BIGINT: { signed: true, bits: 64 },
  UTINYINT: { signed: false, bits: 8 },
  USMALLINT: { signed: false, bits: 16 },
  UINTEGER: { signed: false, bits: 32 },
  UBIGINT: { signed: false, bits: 64 },
};

/** Types of one family whose every value the other holds exactly. */
const wider: Readonly<Record<string, readonly string[]>> = {
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
  const [outer, inner] = [integers[to], integers[from]];
  if (outer !== undefined && inner !== undefined)
    return outer.signed === inner.signed ? outer.bits >= inner.bits : outer.signed && outer.bits > inner.bits;
  const [large, small] = [decimalShape(to), decimalShape(from)];
  if (large !== null && small !== null) return large.scale >= small.scale && large.precision - large.scale >= small.precision - small.scale;
  return wider[to]?.includes(from) ?? false;
}
