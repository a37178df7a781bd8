import type { CanonicalType } from "../types/canonical-type.ts";
import { decimalShape } from "../types/simple-type.ts";

/** SQL for a - b in DuckDB's widest arithmetic: that of the type itself overflows, for decimals where they have 18 digits. */
export function widestDifference(type: CanonicalType, [a, b]: readonly [string, string]): string {
  const shape = decimalShape(type);
  const widest = shape === null ? "HUGEINT" : `DECIMAL(38,${shape.scale})`;
  return `${a}::${widest} - ${b}::${widest}`;
}
