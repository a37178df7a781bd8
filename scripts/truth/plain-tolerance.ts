import type { Cell } from "@rehearse/dataset";
import type { PlainColumn } from "./plain-columns.ts";
import { floatOf, isExact, isFloat } from "./plain-value.ts";

/** Whether two cells that are not the same value are equal by the column's tolerance: by any of its measures. */
export function nearEnough(
  { reference: old, current: now, rules }: PlainColumn,
  cells: { readonly reference: Cell; readonly current: Cell },
): boolean {
  const { tolerance } = rules;
  const { reference, current } = cells;
  if (tolerance === undefined || reference === null || current === null) return false;
  if (isFloat(old)) return floatsNear([floatOf(old, reference), floatOf(now, current)], { tolerance, single: old === "float32" });
  if (isExact(old) && tolerance.abs !== undefined) return exactDistance(reference, current) <= scaled(tolerance.abs);
  if (tolerance.timeUs !== undefined) {
    const [one, other] = [nanoseconds(reference), nanoseconds(current)];
    return one !== null && other !== null && distance(one, other) <= BigInt(tolerance.timeUs) * 1000n;
  }
  return false;
}

type Tolerance = NonNullable<PlainColumn["rules"]["tolerance"]>;

function floatsNear([a, b]: [number, number], { tolerance, single }: { tolerance: Tolerance; single: boolean }): boolean {
  // NaN is near nothing, an infinity only itself.
  if (!Number.isFinite(a) || !Number.isFinite(b)) return false;
  const apart = Math.abs(a - b);
  if (tolerance.abs !== undefined && apart <= Number(tolerance.abs)) return true;
  if (tolerance.rel !== undefined && apart <= tolerance.rel * Math.max(Math.abs(a), Math.abs(b))) return true;
  return tolerance.ulp !== undefined && distance(ordinal(a, single), ordinal(b, single)) <= BigInt(tolerance.ulp);
}

/** Floats in their order as integers without gaps; -0 and 0 are one apart from their neighbours and none from each other. */
function ordinal(value: number, single: boolean): bigint {
  const view = new DataView(new ArrayBuffer(8));
  if (single) view.setFloat32(0, Math.abs(value));
  else view.setFloat64(0, Math.abs(value));
  const magnitude = single ? BigInt(view.getUint32(0)) : view.getBigUint64(0);
  return value < 0 ? -magnitude : magnitude;
}

function distance(a: bigint, b: bigint): bigint {
  return a < b ? b - a : a - b;
}

const places = 80;

function exactDistance(a: string, b: string): bigint {
  return distance(scaled(a), scaled(b));
}

/** A decimal text as an integer of so many places. */
function scaled(text: string): bigint {
  const [whole = "0", fraction = ""] = text.replace("-", "").split(".");
  const value = BigInt(whole + fraction.padEnd(places, "0"));
  return text.startsWith("-") ? -value : value;
}

/** A moment or time of day in nanoseconds, null for the infinities. */
function nanoseconds(text: string): bigint | null {
  const match = /^(?:(\d+)-(\d\d)-(\d\d) )?(\d\d):(\d\d):(\d\d)\.(\d+)(?:\+00)?( BC)?$/.exec(text);
  if (match === null) return null;
  const [, year, month = "1", day = "1", hours = "0", minutes = "0", seconds = "0", fraction = "", era] = match;
  const clock = (BigInt(hours) * 3600n + BigInt(minutes) * 60n + BigInt(seconds)) * 1_000_000_000n + BigInt(fraction.padEnd(9, "0"));
  if (year === undefined) return clock;
  return (
    daysOf({ year: era === undefined ? Number(year) : 1 - Number(year), month: Number(month), day: Number(day) }) * 86_400_000_000_000n +
    clock
  );
}

/** Days since 0000-03-01 in the Gregorian calendar, carried back before it was made. */
function daysOf({ year, month, day }: { year: number; month: number; day: number }): bigint {
  const y = month <= 2 ? year - 1 : year;
  const m = (month + 9) % 12;
  return BigInt(365 * y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + Math.floor((153 * m + 2) / 5) + day - 1);
}
