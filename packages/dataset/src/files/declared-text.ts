import type { CanonicalType } from "../types/canonical-type.ts";

const moment = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(\.\d{1,9})?)?(?:(Z)|([+-])(\d\d)(?::?([0-5]\d))?)?$/i;

/**
 * A text of CSV or JSON as the text of its declared type: other programs write moments as ISO 8601 does, with any offset, and flags and floats in letters of
 * their own. What is no such text comes back as it is, and is refused where it is read.
 */
export function declaredText(type: CanonicalType, text: string): string {
  return forms.get(type)?.(text) ?? text;
}

const forms: ReadonlyMap<CanonicalType, (text: string) => string> = new Map([
  ["boolean", (text) => (/^(?:true|false)$/i.test(text) ? text.toLowerCase() : text)],
  ["float32", floatText],
  ["float64", floatText],
  ["timestamp", (text) => momentText(text, false)],
  ["timestamp_ns", (text) => momentText(text, false)],
  ["timestamptz", (text) => momentText(text, true)],
  ["timestamptz_ns", (text) => momentText(text, true)],
]);

function floatText(text: string): string {
  const [, minus = "", word = ""] = /^(-?)(nan|inf|infinity)$/i.exec(text) ?? [];
  if (word === "") return text;
  return word.toLowerCase() === "nan" ? "NaN" : `${minus}Infinity`;
}

/** With a zone: the moment in UTC. A text without an offset is of no zone, and one with an offset of one. */
function momentText(text: string, zoned: boolean): string {
  const found = moment.exec(text);
  if (found === null) return text;
  const [, year = "", month = "", day = "", hour = "", minute = "", second = "00", fraction = "", z, sign, hours = "00", minutes = "00"] =
    found;
  if ((z !== undefined || sign !== undefined) !== zoned) return text;
  const written = `${year}-${month}-${day} ${hour}:${minute}:${second}`;
  const offset = (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  if (offset === 0) return `${written}${fraction}${zoned ? "+00" : ""}`;
  const local = new Date(`${written.replace(" ", "T")}Z`);
  // A day that is none would become another one.
  if (Number(hours) > 18 || Number.isNaN(local.getTime()) || spaced(local) !== written) return text;
  const moved = new Date(local.getTime() - offset * 60_000);
  const movedYear = moved.getUTCFullYear();
  return movedYear >= 1 && movedYear <= 9999 ? `${spaced(moved)}${fraction}+00` : text;
}

function spaced(date: Date): string {
  return date.toISOString().slice(0, 19).replace("T", " ");
}
