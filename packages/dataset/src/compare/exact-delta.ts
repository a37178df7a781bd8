import type { CanonicalType } from "../types/canonical-type.ts";
import type { Cell } from "./comparison.ts";
import { familyOf, type TypeFamily } from "../types/storage-type.ts";

const numeric: readonly TypeFamily[] = ["integer", "decimal", "number", "float"];

/** Beyond this many digits a difference tells a reader nothing. */
const longestExponent = 1000;

/** current - reference as exact decimal text; null where the column is not numeric, or either side is NULL or no finite number. */
export function exactDelta(type: CanonicalType, { reference, current }: { reference: Cell; current: Cell }): string | null {
  if (!numeric.includes(familyOf(type)) || reference === null || current === null) return null;
  const [from, to] = [scaled(reference), scaled(current)];
  if (from === null || to === null) return null;
  const scale = Math.max(from.scale, to.scale);
  const difference = to.digits * 10n ** BigInt(scale - to.scale) - from.digits * 10n ** BigInt(scale - from.scale);
  return decimalText(difference, scale);
}

/** A decimal as a whole number of units of 10^-scale. */
function scaled(text: string): { readonly digits: bigint; readonly scale: number } | null {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([-+]?\d+))?$/.exec(text);
  if (match === null) return null;
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = match;
  if (Math.abs(Number(exponent)) > longestExponent) return null;
  const scale = fraction.length - Number(exponent);
  const digits = BigInt(`${whole}${fraction}`) * (sign === "-" ? -1n : 1n);
  return scale >= 0 ? { digits, scale } : { digits: digits * 10n ** BigInt(-scale), scale: 0 };
}

function decimalText(digits: bigint, scale: number): string {
  const magnitude = String(digits < 0n ? -digits : digits).padStart(scale + 1, "0");
  const whole = magnitude.slice(0, magnitude.length - scale);
  return `${digits < 0n ? "-" : ""}${whole}${scale === 0 ? "" : `.${magnitude.slice(-scale)}`}`;
}
