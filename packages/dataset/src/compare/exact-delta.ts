import type { CanonicalType } from "../types/canonical-type.ts";
import type { TypeFamily } from "../types/simple-type.ts";
import { familyOf } from "../types/storage-type.ts";
import type { Cell } from "./comparison.ts";
import { decimalText, parseDecimal, rescale } from "./decimal-text.ts";

const numeric: readonly TypeFamily[] = ["integer", "decimal", "number", "float"];

/** Whether values of a type are numbers. */
export function isNumeric(type: CanonicalType): boolean {
  return numeric.includes(familyOf(type));
}

/** current - reference as exact decimal text; null where the column is not numeric, or either side is NULL or no finite number. */
export function exactDelta(type: CanonicalType, { reference, current }: { reference: Cell; current: Cell }): string | null {
  if (!isNumeric(type) || reference === null || current === null) return null;
  const [from, to] = [parseDecimal(reference), parseDecimal(current)];
  if (from === null || to === null) return null;
  const scale = Math.max(from.scale, to.scale);
  return decimalText({ units: rescale(to, scale) - rescale(from, scale), scale });
}
