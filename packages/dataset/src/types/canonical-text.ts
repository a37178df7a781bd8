import type { CanonicalType } from "./canonical-type.ts";
import { literal } from "../tables/sql-text.ts";
import { decimalShape, familyOf, isNativeDecimal, storageType } from "./storage-type.ts";

const datePattern = String.raw`\d{4}-\d\d-\d\d|[1-9]\d{4,5}-\d\d-\d\d`;
const timePattern = String.raw`([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?`;
const unbounded = "-?infinity";
const integer = String.raw`-?\d+`;
const float = String.raw`-?\d+(\.\d+)?([eE][-+]?\d+)?|NaN|-?Infinity`;

/** What the text of a type looks like; null: any text. DuckDB's casts are looser: they round, trim, and read over suffixes. */
function pattern(type: CanonicalType): string | null {
  switch (familyOf(type)) {
    case "boolean":
      return "true|false";
    case "integer":
      return integer;
    case "decimal":
      return decimalPattern(type);
    case "number":
    case "float":
      return float;
    case "text":
    case "json":
      return null;
    case "bytes":
      return "([0-9a-fA-F]{2})*";
    case "date":
      return `(${datePattern})( BC)?|${unbounded}`;
    case "time":
      return String.raw`${timePattern}|24:00:00(\.0{1,6})?`;
    case "timestamp":
      return `(${datePattern}) ${timePattern}( BC)?|${unbounded}`;
    case "timestamptz":
      return String.raw`(${datePattern}) ${timePattern}\+00( BC)?|${unbounded}`;
    case "uuid":
      return "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";
  }
}

/** Decimals that are stored as text have one text only, or equal values would differ. */
function decimalPattern(type: CanonicalType): string {
  const shape = decimalShape(type) ?? { precision: 1, scale: 0 };
  const { precision, scale } = shape;
  if (isNativeDecimal(shape)) return scale === 0 ? integer : String.raw`-?\d+(\.\d{1,${scale}})?`;
  if (scale >= precision) return String.raw`-?0\.0{${scale - precision}}\d{${precision}}`;
  const whole = String.raw`-?(0|[1-9]\d{0,${precision - scale - 1}})`;
  return scale === 0 ? whole : String.raw`${whole}\.\d{${scale}}`;
}

/** The value that a text of the right pattern stands for, NULL where there is none: a 30th of February, a number out of range. */
function parse(type: CanonicalType, text: string): string {
  switch (familyOf(type)) {
    case "bytes":
      return `unhex(${text})`;
    case "float":
      return parseFloatText(type, text);
    case "date":
    case "timestamp":
    case "timestamptz":
      // Year 0 is none; DuckDB would take it for 1 BC. It writes the mark after the date.
      return `CASE WHEN NOT starts_with(${text}, '0000-') THEN try_cast(regexp_replace(${text}, '^(\\S+)(.*) BC$', '\\1 (BC)\\2') AS ${storageType(type)}) END`;
    case "boolean":
    case "integer":
    case "decimal":
    case "number":
    case "text":
    case "time":
    case "uuid":
    case "json":
      return storageType(type) === "VARCHAR" ? text : `try_cast(${text} AS ${storageType(type)})`;
  }
}

/** A number too large or too small for the type is not that type's infinity or zero. */
function parseFloatText(type: CanonicalType, text: string): string {
  const value = `try_cast(${text} AS ${storageType(type)})`;
  return `CASE WHEN (isinf(${value}) AND NOT ends_with(${text}, 'Infinity')) OR (${value} = 0 AND regexp_matches(${text}, '^[^eE]*[1-9]')) THEN NULL ELSE ${value} END`;
}

/**
 * SQL for the stored value of a canonical text, NULL for NULL. A text that does not give exactly one value of the type stops the query with a
 * message that names the column and the text: nothing is rounded.
 */
export function fromText({ type, text, column }: { type: CanonicalType; text: string; column: string }): string {
  const form = pattern(type);
  if (form === null) return text;
  const refusal = `error(${literal(`${unreadableValue}column ${JSON.stringify(column)} is ${type}, and `)} || to_json(left(${text}, 200)) || ' is no such value')`;
  const value = `CASE WHEN regexp_full_match(${text}, ${literal(form)}) THEN ${parse(type, text)} END`;
  return `CASE WHEN ${text} IS NOT NULL THEN coalesce(${value}, ${refusal}) END`;
}

/** How the message of a refused value begins. */
export const unreadableValue = "value refused: ";

/** SQL for the canonical text of a stored value, NULL for NULL. */
export function toText(type: CanonicalType, value: string): string {
  switch (familyOf(type)) {
    case "bytes":
      return `lower(hex(${value}))`;
    case "float":
      return floatText(value);
    case "date":
      return `replace(${value}::VARCHAR, ' (BC)', ' BC')`;
    case "time":
      return `CASE WHEN strlen(${value}::VARCHAR) = 8 THEN ${value}::VARCHAR || '.000000' ELSE rpad(${value}::VARCHAR, 15, '0') END`;
    case "timestamp":
      return timestampText(value, "");
    case "timestamptz":
      return timestampText(`timezone('UTC', ${value})`, "+00");
    case "boolean":
    case "integer":
    case "decimal":
    case "number":
    case "text":
    case "uuid":
    case "json":
      return storageType(type) === "VARCHAR" ? value : `${value}::VARCHAR`;
  }
}

function floatText(value: string): string {
  const infinity = `CASE WHEN ${value} > 0 THEN 'Infinity' ELSE '-Infinity' END`;
  return `CASE WHEN isnan(${value}) THEN 'NaN' WHEN isinf(${value}) THEN ${infinity} ELSE regexp_replace(${value}::VARCHAR, '\\.0$', '') END`;
}

function timestampText(value: string, zone: string): string {
  const day = `replace((${value})::DATE::VARCHAR, ' (BC)', '')`;
  const era = `CASE WHEN year(${value}) < 1 THEN ' BC' ELSE '' END`;
  return `CASE WHEN isfinite(${value}) THEN ${day} || strftime(${value}, ' %H:%M:%S.%f') || '${zone}' || ${era} ELSE (${value})::VARCHAR END`;
}
