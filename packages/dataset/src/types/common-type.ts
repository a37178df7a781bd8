import { toText } from "./canonical-text.ts";
import type { CanonicalType, StoredColumn } from "./canonical-type.ts";
import { commonComposite, type Bring, type Common } from "./common-composite.ts";
import { isCanonicalType } from "./composite-type.ts";
import { shapeOfDecimal, type DecimalShape } from "./simple-type.ts";
import { familyOf, storageType } from "./storage-type.ts";

/** What decides how a column is compared with another. */
type Side = Pick<StoredColumn, "type" | "source">;

/**
 * The type in which the cells of two columns can be compared: their own where it is the same, else the narrowest that holds all values of both exactly. Numbers
 * of different declarations (`numeric(18,2)`, `numeric(18,4)`) are compared by value, not as written. Never a guess: an instant is no local time, text no number.
 * Where there is none, the reason.
 */
export function commonType(reference: Side, current: Side): Common | { readonly notComparable: string } {
  const [a, b] = [reference.type, current.type];
  if (a === b && a === "number" && reference.source !== current.source) return byValue(a, b);
  return commonOf(a, b) ?? { notComparable: `its type changed from ${a} to ${b}${because(a, b)}` };
}

/** The same for types alone. */
function commonOf(a: CanonicalType, b: CanonicalType): Common | null {
  if (a === b) return { type: a, reference: asItIs, current: asItIs };
  const families = new Set([familyOf(a), familyOf(b)]);
  const among = (...names: string[]): boolean => [...families].every((family) => names.includes(family));
  if (among("text", "enum")) return { type: "text", reference: asItIs, current: asItIs };
  if (among("integer", "decimal")) return exactNumbers(a, b);
  if (among("integer", "decimal", "number")) return byValue(a, b);
  if (among("integer", "float")) return floats(a, b);
  if (among("time") || among("timestamp") || among("timestamptz")) return nanoseconds(a, b);
  return commonComposite({ reference: a, current: b, commonOf });
}

const asItIs: Bring = (value) => value;

/** Why two types cannot be compared, where that is not plain from their names. */
function because(a: CanonicalType, b: CanonicalType): string {
  const families = [familyOf(a), familyOf(b)];
  if (families.includes("timestamp") && families.includes("timestamptz")) return ": a local time is no instant";
  if (families.includes("float") && families.some((family) => ["integer", "decimal", "number"].includes(family)))
    return ": a float does not hold all of its values exactly";
  return "";
}

/** Integers and decimals: the narrowest integer that is one of both, else a decimal. */
function exactNumbers(a: CanonicalType, b: CanonicalType): Common {
  const type: CanonicalType = widerInteger(a, b) ?? widerInteger(b, a) ?? commonDecimal(shapeOf(a), shapeOf(b));
  // A decimal has no more than 1000 digits.
  if (!isCanonicalType(type)) return byValue(a, b);
  return { type, reference: (value) => widened({ from: a, to: type, value }), current: (value) => widened({ from: b, to: type, value }) };
}

/** The first type where it is an integer that holds every value of the second, another one. */
function widerInteger(wide: CanonicalType, narrow: CanonicalType): CanonicalType | null {
  const [outer, inner] = [integerShape(wide), integerShape(narrow)];
  if (outer === null || inner === null) return null;
  return outer.bits > inner.bits && (outer.signed || !inner.signed) ? wide : null;
}

function integerShape(type: CanonicalType): { readonly signed: boolean; readonly bits: number } | null {
  const match = /^(u?)int(\d+)$/.exec(type);
  return match === null ? null : { signed: match[1] === "", bits: Number(match[2]) };
}

/** How many digits an integer or decimal has at most. */
function shapeOf(type: CanonicalType): DecimalShape {
  const integer = integerShape(type);
  if (integer === null) return shapeOfDecimal(type);
  return { precision: String(2n ** BigInt(integer.signed ? integer.bits - 1 : integer.bits)).length, scale: 0 };
}

function commonDecimal(a: DecimalShape, b: DecimalShape): CanonicalType {
  const scale = Math.max(a.scale, b.scale);
  const whole = Math.max(a.precision - a.scale, b.precision - b.scale);
  return `decimal(${whole + scale},${scale})`;
}

/** An integer or decimal as a wider one: by DuckDB where it has the type, else by its text, which gets the zeros that it lacks. */
function widened({ from, to, value }: { from: CanonicalType; to: CanonicalType; value: string }): string {
  if (from === to) return value;
  if (storageType(to) !== "VARCHAR") return `${value}::${storageType(to)}`;
  const [old, wide] = [shapeOf(from), shapeOf(to)];
  const zeros = "0".repeat(wide.scale - old.scale);
  return zeros === "" ? toText(from, value) : `${toText(from, value)} || '${old.scale === 0 ? "." : ""}${zeros}'`;
}

/** Numbers as the one text of their value. */
function byValue(a: CanonicalType, b: CanonicalType): Common {
  return {
    type: "number",
    reference: (value) => `canonical_number(${toText(a, value)})`,
    current: (value) => `canonical_number(${toText(b, value)})`,
  };
}

/** The narrowest float that holds each value of a type exactly. */
const narrowestFloat: Readonly<Partial<Record<CanonicalType, "float32" | "float64">>> = {
  int8: "float32",
  int16: "float32",
  int32: "float64",
  uint8: "float32",
  uint16: "float32",
  uint32: "float64",
  float32: "float32",
  float64: "float64",
};

function floats(a: CanonicalType, b: CanonicalType): Common | null {
  const [one, other] = [narrowestFloat[a], narrowestFloat[b]];
  if (one === undefined || other === undefined) return null;
  const type = one === other ? one : "float64";
  const bring: Bring = (value) => `${value}::${storageType(type)}`;
  return { type, reference: bring, current: bring };
}

/** Microseconds and nanoseconds, by their text: a timestamp of microseconds may lie where nanoseconds do not reach. */
function nanoseconds(a: CanonicalType, b: CanonicalType): Common {
  const bring =
    (from: CanonicalType): Bring =>
    (value) =>
      from.endsWith("_ns") ? toText(from, value) : `regexp_replace(${toText(from, value)}, '(\\.\\d{6})', '\\1000')`;
  return { type: familyOf(a) === "time" ? "time_ns" : "text", reference: bring(a), current: bring(b) };
}
