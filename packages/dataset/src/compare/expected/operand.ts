import { literal } from "../../tables/sql-text.ts";
import type { CanonicalType } from "../../types/canonical-type.ts";
import { familyOf, storageType } from "../../types/storage-type.ts";

/** A number as a condition sees it: 26 digits before the point and 12 after it. */
const decimal = "DECIMAL(38,12)";
const exact = String.raw`-?\d{1,26}(\.\d{1,12}0*)?`;

/**
 * SQL for a value as a user's condition sees it. Numbers that are stored as text are numbers there; one that DuckDB's widest decimal does not hold exactly is an
 * error of the condition, never another number.
 */
export function operandOf({ type, value, name }: { readonly type: CanonicalType; readonly value: string; readonly name: string }): string {
  const isNumber = ["number", "integer", "decimal"].includes(familyOf(type)) && storageType(type) === "VARCHAR";
  if (!isNumber) return value;
  const refusal = literal(`the column ${JSON.stringify(name)} has a number that conditions cannot hold exactly: `);
  return `CASE WHEN ${value} IS NULL THEN NULL WHEN regexp_full_match(${value}, ${literal(exact)}) THEN ${value}::${decimal} ELSE error(${refusal} || ${value})::${decimal} END`;
}
