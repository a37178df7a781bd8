import type { CanonicalType } from "./canonical-type.ts";
import { compositeText, type PartText } from "./composite-text.ts";
import { literal } from "../tables/sql-text.ts";
import { familyOf, storageType } from "./storage-type.ts";
import { textPattern } from "./text-pattern.ts";

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
      return parseDay(type, text);
    case "integer":
      return storageType(type) === "VARCHAR" ? wideInteger(type, text) : `try_cast(${text} AS ${storageType(type)})`;
    case "decimal":
      // One text only for zero, whose sign a decimal does not keep.
      return storageType(type) === "VARCHAR"
        ? `CASE WHEN regexp_full_match(${text}, '-[0.]+') THEN substr(${text}, 2) ELSE ${text} END`
        : `try_cast(${text} AS ${storageType(type)})`;
    case "time":
      return storageType(type) === "VARCHAR" ? fullFraction(text) : `try_cast(${text} AS ${storageType(type)})`;
    case "boolean":
    case "uuid":
      return `try_cast(${text} AS ${storageType(type)})`;
    case "json":
      return `canonical_json('.' || ${text})`;
    case "number":
    case "text":
    case "enum":
    case "interval":
    case "list":
    case "map":
    case "struct":
      return text;
  }
}

/** Year 0 is none; DuckDB would take it for 1 BC. It writes the mark after the date, and has no nanoseconds with a zone. */
function parseDay(type: CanonicalType, text: string): string {
  const local = type === "timestamptz_ns" ? `CASE WHEN ends_with(${text}, '+00') THEN left(${text}, -3) ELSE ${text} END` : text;
  // Expressions on text cost ten times the cast: only the few rows that need one pay for it.
  const marked = `CASE WHEN ends_with(${text}, ' BC') THEN regexp_replace(${text}, '^(\\S+)(.*) BC$', '\\1 (BC)\\2') ELSE ${local} END`;
  return `CASE WHEN NOT starts_with(${text}, '0000-') THEN try_cast(${marked} AS ${storageType(type)}) END`;
}

/** A number too large or too small for the type is not that type's infinity or zero. */
function parseFloatText(type: CanonicalType, text: string): string {
  const value = `try_cast(${text} AS ${storageType(type)})`;
  return `CASE WHEN (isinf(${value}) AND NOT ends_with(${text}, 'Infinity')) OR (${value} = 0 AND regexp_matches(${text}, '^[^eE]*[1-9]')) THEN NULL ELSE ${value} END`;
}

/** Digits of one length compare as texts. */
function wideInteger(type: CanonicalType, text: string): string {
  const bits = BigInt(type.replaceAll(/\D/g, ""));
  const limits = type.startsWith("u") ? { above: 2n ** bits - 1n, below: 0n } : { above: 2n ** (bits - 1n) - 1n, below: 2n ** (bits - 1n) };
  const within = (digits: string, limit: bigint): string =>
    `(strlen(${digits}) < ${String(limit).length} OR (strlen(${digits}) = ${String(limit).length} AND ${digits} <= '${limit}'))`;
  return `CASE WHEN CASE WHEN starts_with(${text}, '-') THEN ${within(`substr(${text}, 2)`, limits.below)} ELSE ${within(text, limits.above)} END THEN ${text} END`;
}

function fullFraction(text: string): string {
  return `CASE WHEN strlen(${text}) = 8 THEN ${text} || '.000000000' ELSE rpad(${text}, 18, '0') END`;
}

/**
 * SQL for the stored value of a canonical text, NULL for NULL. A text that does not give exactly one value of the type stops the query with a
 * message that names the column and the text: nothing is rounded.
 */
export function fromText({ type, text, column }: { type: CanonicalType; text: string; column: string }): string {
  const family = familyOf(type);
  if (family === "text" || family === "enum") return text;
  const refuse = (part: string): string =>
    `error(${literal(`${unreadableValue}column ${JSON.stringify(column)} is ${type}, and `)} || to_json(left(${part}, 200)) || ' is no such value')`;
  if (family === "list" || family === "map" || family === "struct")
    return compositeText({ type, text, refuse, part: (inner) => canonicalPart({ ...inner, column }) });
  const form = textPattern(type);
  const value = form === null ? parse(type, text) : `CASE WHEN regexp_full_match(${text}, ${literal(form)}) THEN ${parse(type, text)} END`;
  return `CASE WHEN ${text} IS NOT NULL THEN coalesce(${value}, ${refuse(text)}) END`;
}

/** The canonical text of a part's text, which may be another text of the same value. */
function canonicalPart({ type, text, column }: Parameters<PartText>[0] & { column: string }): ReturnType<PartText> {
  return { read: fromText({ type, text, column }), write: (value) => toText(type, value) };
}

/** How the message of a refused value begins. */
export const unreadableValue = "value refused: ";

/** SQL for the canonical text of a stored value, NULL for NULL. */
export function toText(type: CanonicalType, value: string): string {
  if (storageType(type) === "VARCHAR") return value;
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
      return timestampText({ type, value, zone: "" });
    case "timestamptz":
      // Not timezone('UTC', …), which reckons in doubles: from the year 287396 on it is off by some of the last digits.
      return timestampText({ type, value, local: type === "timestamptz" ? `make_timestamp(epoch_us(${value}))` : value, zone: "+00" });
    case "boolean":
    case "integer":
    case "decimal":
    case "number":
    case "text":
    case "enum":
    case "interval":
    case "uuid":
    case "json":
    case "list":
    case "map":
    case "struct":
      return `${value}::VARCHAR`;
  }
}

function floatText(value: string): string {
  const infinity = `CASE WHEN ${value} > 0 THEN 'Infinity' ELSE '-Infinity' END`;
  return `CASE WHEN isnan(${value}) THEN 'NaN' WHEN isinf(${value}) THEN ${infinity} ELSE regexp_replace(${value}::VARCHAR, '\\.0$', '') END`;
}

/** `local` is the moment without a zone, in the zone that `zone` names. */
function timestampText({ type, value, local = value, zone }: { type: CanonicalType; value: string; local?: string; zone: string }): string {
  return `CASE WHEN isfinite(${value}) THEN ${type.endsWith("_ns") ? nanosecondText(local, zone) : microsecondText(local, zone)} ELSE (${value})::VARCHAR END`;
}

function microsecondText(value: string, zone: string): string {
  const day = `replace((${value})::DATE::VARCHAR, ' (BC)', '')`;
  const era = `CASE WHEN year(${value}) < 1 THEN ' BC' ELSE '' END`;
  return `${day} || strftime(${value}, ' %H:%M:%S.%f') || '${zone}' || ${era}`;
}

/** Not by way of DATE, which takes the last nanosecond of 1969 for 1970. No year here has more or less than four digits. */
function nanosecondText(value: string, zone: string): string {
  return `strftime(${value}, '%Y-%m-%d %H:%M:%S.%n') || '${zone}'`;
}
