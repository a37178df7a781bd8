import type { CanonicalType } from "./canonical-type.ts";
import { isNativeDecimal, shapeOfDecimal } from "./simple-type.ts";
import { familyOf, storageType } from "./storage-type.ts";

const datePattern = String.raw`\d{4}-\d\d-\d\d|[1-9]\d{4,6}-\d\d-\d\d`;
const unbounded = "-?infinity";
const integer = String.raw`-?\d+`;
const shortestInteger = String.raw`0|-?[1-9]\d*`;
const float = String.raw`-?\d+(\.\d+)?([eE][-+]?\d+)?|NaN|-?Infinity`;

/**
 * What the text of a type looks like, as a regular expression for the whole of it; null: any text, or one that is read part by part.
 * DuckDB's casts are looser: they round, trim, and read over suffixes.
 */
export function textPattern(type: CanonicalType): string | null {
  switch (familyOf(type)) {
    case "boolean":
      return "true|false";
    case "integer":
      return storageType(type) === "VARCHAR" ? shortestInteger : integer;
    case "decimal":
      return decimalPattern(type);
    case "number":
    case "float":
      return float;
    case "bytes":
      return "([0-9a-fA-F]{2})*";
    case "date":
      return `(${datePattern})( BC)?|${unbounded}`;
    case "time":
      return String.raw`${timeOfDay(type)}|24:00:00(\.0{1,${fractionDigits(type)}})?`;
    case "timestamp":
      return `(${datePattern}) ${timeOfDay(type)}( BC)?|${unbounded}`;
    case "timestamptz":
      return String.raw`(${datePattern}) ${timeOfDay(type)}\+00( BC)?|${unbounded}`;
    case "interval":
      return `(${shortestInteger}) mon (${shortestInteger}) day (${shortestInteger}) us|${unbounded}`;
    case "uuid":
      return "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";
    case "text":
    case "enum":
    case "json":
    case "list":
    case "map":
    case "struct":
      return null;
  }
}

/** How many digits the fraction of a second has. */
function fractionDigits(type: CanonicalType): number {
  return type.endsWith("_ns") ? 9 : 6;
}

function timeOfDay(type: CanonicalType): string {
  return String.raw`([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,${fractionDigits(type)}})?`;
}

/** Decimals that are stored as text have one text only, or equal values would differ. */
function decimalPattern(type: CanonicalType): string {
  const shape = shapeOfDecimal(type);
  const { precision, scale } = shape;
  if (isNativeDecimal(shape)) return scale === 0 ? integer : String.raw`-?\d+(\.\d{1,${scale}})?`;
  if (scale >= precision) return String.raw`-?0\.0{${scale - precision}}\d{${precision}}`;
  const whole = String.raw`-?(0|[1-9]\d{0,${precision - scale - 1}})`;
  return scale === 0 ? whole : String.raw`${whole}\.\d{${scale}}`;
}
