import type { CanonicalType } from "../../types/canonical-type.ts";
import type { CellPair } from "../cell-pair.ts";
import { ordinal } from "../tolerance.ts";
import type { Calculation } from "./calculation.ts";

/** A number with more digits than these is no factor that somebody wrote. */
const mostDigits = { float32: 4, float64: 10 } as const;

/** The ways to write a number with few digits, the shortest first. */
function shortForms(value: number, digits: number): number[] {
  return [...new Set(Array.from({ length: digits }, (_, index) => Number(value.toPrecision(index + 1))))];
}

/** Numbers of few digits near the middle one of a column's differences. */
export function floatSums(median: string): string[] {
  return shortForms(Number(median), mostDigits.float64)
    .filter((sum) => Number.isFinite(sum) && sum !== 0 && Math.abs(sum - Number(median)) <= 1e-6 * Math.abs(sum))
    .slice(0, 1)
    .map(String);
}

/** The shortest factor that makes one value of the other, as a float rounds it; none where there is no short one. */
export function floatFactors(type: CanonicalType, cells: { reference: string; current: string }): string[] {
  const [reference, current] = [Number(cells.reference), Number(cells.current)];
  const [digits, closest] = type === "float32" ? [mostDigits.float32, 2 ** -23] : [mostDigits.float64, 2 ** -52];
  const found = shortForms(current / reference, digits).find(
    (factor) => Math.abs(reference * factor - current) <= closest * Math.abs(current),
  );
  return found === undefined || found === 0 || found === 1 ? [] : [String(found)];
}

/** current = reference + operand, to one step of the type. */
export function floatSum(pair: CellPair, operand: string): Calculation {
  return calculation(pair, { operation: "plus", operand, result: `${pair.reference}::DOUBLE + '${operand}'::DOUBLE` });
}

/** current = reference × operand, to one step of the type. */
export function floatTimes(pair: CellPair, operand: string): Calculation {
  return calculation(pair, { operation: "times", operand, result: `${pair.reference}::DOUBLE * '${operand}'::DOUBLE` });
}

function calculation(
  { column: { type }, current }: CellPair,
  { operation, operand, result }: Pick<Calculation, "operation" | "operand"> & { result: string },
): Calculation {
  const rounded = `try_cast(${result} AS ${type === "float32" ? "FLOAT" : "DOUBLE"})`;
  const holds = `isfinite(${current}) AND isfinite(${rounded}) AND abs(${ordinal(type, rounded)} - ${ordinal(type, current)}) <= 1`;
  return { operation, operand, holds, exact: holds, vague: false };
}
