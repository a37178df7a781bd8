import type { CanonicalType } from "../../types/canonical-type.ts";
import { decimalShape } from "../../types/simple-type.ts";
import { familyOf, storageType } from "../../types/storage-type.ts";
import type { CellPair } from "../cell-pair.ts";
import { decimalText, parseDecimal, rescale, type ScaledDecimal } from "../decimal-text.ts";
import { widestDifference } from "../widest-difference.ts";
import type { Calculation } from "./calculation.ts";

/** Products with factors of so many digits stay within DuckDB's whole numbers of 38 digits. */
const [mostDigits, mostFactorDigits, mostFactorScale] = [26, 8, 6];

/** current = reference + operand, for integers and decimals that DuckDB can subtract; none for others. */
export function exactSums({ column: { type }, reference, current }: CellPair, operand: string): Calculation[] {
  const { scale } = decimalShape(type) ?? { scale: 0 };
  const sum = parseDecimal(operand);
  // The median may be that of numbers which the type of the others does not hold.
  if (!isNarrow(type, 37) || sum === null || sum.scale > scale || String(rescale(sum, scale)).length > 37) return [];
  const wide = decimalShape(type) === null ? "HUGEINT" : `DECIMAL(38,${scale})`;
  const holds = `(${widestDifference(type, [current, reference])})::${wide} = '${operand}'::${wide}`;
  return [{ operation: "plus", operand, holds, exact: holds, vague: false }];
}

/** A factor, and whether the two cells from which it was found leave room for many others. */
export interface Factor {
  readonly factor: ScaledDecimal;
  readonly vague: boolean;
}

/** The shortest factor that makes one value of the other, rounded to the type's scale; none where there is no short one. */
export function exactFactors(type: CanonicalType, cells: { reference: string; current: string }): Factor[] {
  if (!isNarrow(type, mostDigits)) return [];
  const [reference, current] = [parseDecimal(cells.reference), parseDecimal(cells.current)];
  if (reference === null || current === null || reference.units === 0n) return [];
  const [from, to] = cells.reference.startsWith("-") ? [-reference.units, -current.units] : [reference.units, current.units];
  // Twice the units, so that half a unit is a whole number.
  const divisor = 2n * from;
  const [low, high] = [2n * to - 1n, 2n * to + 1n];
  for (let scale = 0; scale <= mostFactorScale; scale += 1) {
    const power = 10n ** BigInt(scale);
    const [least, most] = [ceiling(low * power, divisor), floor(high * power, divisor)];
    if (least > most) continue;
    const middle = floor((low + high) * power, 2n * divisor);
    const units = middle < least ? least : middle;
    // A step of the factor against the room that the rounding leaves it.
    const vague = divisor < 40n * power;
    return usable({ units, scale }) ? [{ factor: { units, scale }, vague }] : [];
  }
  return [];
}

/** current = reference × factor, rounded to the type's scale. */
export function exactTimes({ column: { type }, reference, current }: CellPair, { factor, vague }: Factor): Calculation {
  const [from, to] = [reference, current].map((value) => wholeUnits(type, value));
  const power = 10n ** BigInt(factor.scale);
  const off = `${to} * ${power} - ${from} * ${factor.units}`;
  return { operation: "times", operand: decimalText(factor), holds: `abs(${off}) * 2 <= ${power}`, exact: `${off} = 0`, vague };
}

/** SQL: a number of the type as a whole number of its smallest unit. */
function wholeUnits(type: CanonicalType, value: string): string {
  return familyOf(type) === "integer" ? `${value}::HUGEINT` : `replace(${value}::VARCHAR, '.', '')::HUGEINT`;
}

function usable(factor: ScaledDecimal): boolean {
  return !["0", "1"].includes(decimalText(factor)) && String(factor.units).replace("-", "").length <= mostFactorDigits;
}

/** Whether DuckDB holds all values of an exact type as numbers of at most so many digits. */
function isNarrow(type: CanonicalType, digits: number): boolean {
  const shape = decimalShape(type);
  return storageType(type) !== "VARCHAR" && (shape === null || shape.precision <= digits);
}

/** The largest whole number that is not above a / b, for a positive b. */
function floor(a: bigint, b: bigint): bigint {
  return a / b - (a % b < 0n ? 1n : 0n);
}

function ceiling(a: bigint, b: bigint): bigint {
  return -floor(-a, b);
}
