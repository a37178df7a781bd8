import type { CanonicalType } from "../types/canonical-type.ts";
import { decimalShape, type TypeFamily } from "../types/simple-type.ts";
import { familyOf, storageType } from "../types/storage-type.ts";
import { apart, isDecimal, scaleOf, unitsAt } from "./decimal-sql.ts";
import { decimalText, parseDecimal, type ScaledDecimal } from "./decimal-text.ts";
import type { Tolerance } from "./comparison.ts";
import { nanosecondsOf } from "./nanoseconds.ts";
import { widestDifference } from "./widest-difference.ts";

type Pair = readonly [string, string];

const [amounts, steps, times] = [["abs", "rel"], ["abs", "rel", "ulp"], ["timeUs"]] as const;

const measures: Readonly<Partial<Record<TypeFamily, readonly (keyof Tolerance)[]>>> = {
  integer: amounts,
  decimal: amounts,
  number: amounts,
  float: steps,
  date: times,
  time: times,
  timestamp: times,
  timestamptz: times,
};

/** The measures that make sense for values of a type. */
export function measuresOf(type: CanonicalType): readonly (keyof Tolerance)[] {
  return measures[familyOf(type)] ?? [];
}

/** SQL: whether two values, given as the type is stored, lie within the tolerance by any of its measures. Never NULL. */
export function withinTolerance({ type, tolerance, values }: { type: CanonicalType; tolerance: Tolerance; values: Pair }): string {
  const near = familyOf(type) === "float" ? floatsNear : measuresOf(type).includes("timeUs") ? momentsNear : decimalsNear;
  return `coalesce(${near({ type, tolerance, values })}, false)`;
}

interface NearRequest {
  readonly type: CanonicalType;
  readonly tolerance: Tolerance;
  readonly values: Pair;
}

/** In the arithmetic of doubles, as whoever chose floats has it everywhere else. */
function floatsNear({ type, tolerance: { abs, rel, ulp }, values }: NearRequest): string {
  const [a, b] = values.map((value) => `${value}::DOUBLE`);
  const distance = `abs(${a} - ${b})`;
  const holding = [
    ...(abs === undefined ? [] : [`${distance} <= '${abs}'::DOUBLE`]),
    ...(rel === undefined ? [] : [`${distance} <= '${rel}'::DOUBLE * greatest(abs(${a}), abs(${b}))`]),
    ...(ulp === undefined ? [] : [`abs(${values.map((value) => ordinal(type, value)).join(" - ")}) <= ${ulp}`]),
  ];
  return `CASE WHEN isfinite(${a}) AND isfinite(${b}) THEN ${anyMeasure(holding)} END`;
}

/** SQL: floats in their order as integers without gaps; -0 and 0 are one. */
export function ordinal(type: CanonicalType, value: string): string {
  const bits = type === "float32" ? "INTEGER" : "BIGINT";
  return `((abs(${value})::BIT)::${bits}::HUGEINT * CASE WHEN ${value} < 0 THEN -1 ELSE 1 END)`;
}

function momentsNear({ type, tolerance: { timeUs = 0 }, values: [a, b] }: NearRequest): string {
  return `abs(${nanosecondsOf(type, a)} - ${nanosecondsOf(type, b)}) <= ${BigInt(timeUs) * 1000n}`;
}

/** Exactly: whole numbers of the type's smallest unit are compared. A part of the value (`rel`) is worked out in doubles. */
function decimalsNear({ type, tolerance, values: [a, b] }: NearRequest): string {
  const scale = decimalShape(type)?.scale ?? 0;
  if (storageType(type) === "VARCHAR") return decimalTextsNear({ tolerance, texts: [a, b] });
  // The difference of two decimals of 38 digits may have 39.
  if (decimalShape(type)?.precision === 38) return decimalTextsNear({ tolerance, texts: [`${a}::VARCHAR`, `${b}::VARCHAR`] });
  const distance = `abs(${widestDifference(type, [a, b])})`;
  const holding = [
    ...(tolerance.abs === undefined ? [] : [`${distance} <= ${largest(tolerance.abs, scale)}`]),
    ...(tolerance.rel === undefined
      ? []
      : [`${distance}::DOUBLE <= '${tolerance.rel}'::DOUBLE * greatest(abs(${a}::DOUBLE), abs(${b}::DOUBLE))`]),
  ];
  return anyMeasure(holding);
}

/** SQL: the largest number with so many digits after the point that is not above a decimal text, as far as DuckDB's decimals go. */
function largest(abs: string, scale: number): string {
  const most = 10n ** 38n - 1n;
  const { units, scale: own } = decimalOf(abs);
  const rounded = (units * 10n ** BigInt(scale)) / 10n ** BigInt(own);
  const text = decimalText({ units: rounded > most ? most : rounded, scale });
  return `'${text}'::DECIMAL(38,${scale})`;
}

/** A number of so many digits, and the difference of two, are finite as doubles. */
const mostDigits = 300;

function decimalTextsNear({ tolerance: { abs, rel }, texts: [a, b] }: { tolerance: Tolerance; texts: Pair }): string {
  const limit = abs === undefined ? null : decimalOf(abs);
  const scale = `greatest(${[scaleOf(a), scaleOf(b), ...(limit === null ? [] : [limit.scale])].join(", ")})`;
  const [one, other] = [unitsAt(a, scale), unitsAt(b, scale)] as const;
  const distance = apart([one, other]);
  const digits = (units: string): string => `ltrim(${units}::VARCHAR, '-')`;
  // No double is larger than some 10^308: of longer numbers the last digits are cut off, of all as many.
  const cut = `greatest(strlen(${digits(one)}) - ${mostDigits}, strlen(${digits(other)}) - ${mostDigits}, 0)`;
  const double = (units: string): string =>
    `coalesce(try_cast(left(${digits(units)}, greatest(strlen(${digits(units)}) - ${cut}, 0)) AS DOUBLE), 0)`;
  // What was cut off of a difference makes it larger, never none.
  const least = `CASE WHEN ${cut} > 0 AND ${digits(distance)} <> '0' THEN 1 ELSE 0 END`;
  const holding = [
    ...(limit === null ? [] : [`${distance} <= ('${limit.units}' || repeat('0', ${scale} - ${limit.scale}))::BIGNUM`]),
    ...(rel === undefined ? [] : [`${double(distance)} + ${least} <= '${rel}'::DOUBLE * greatest(${double(one)}, ${double(other)})`]),
  ];
  return `CASE WHEN ${isDecimal(a)} AND ${isDecimal(b)} THEN ${anyMeasure(holding)} END`;
}

function decimalOf(abs: string): ScaledDecimal {
  const parsed = parseDecimal(abs);
  if (parsed === null) throw new TypeError(`the tolerance ${abs} is no decimal number`);
  return parsed;
}

function anyMeasure(measures: readonly string[]): string {
  return `(${["false", ...measures].join(" OR ")})`;
}
