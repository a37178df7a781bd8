import type { ExpectedJson } from "@rehearse/config";
import { messageOf } from "@rehearse/errors";
import { sameNumber } from "../cell-equals.ts";

/**
 * Where JSON text departs from what is expected, in words; null where it does not. Of maps only the keys that are named count, everything else is
 * compared exactly; numbers by value.
 */
export function jsonDifference(expected: ExpectedJson, text: string): string | null {
  let value: unknown;
  try {
    value = JSON.parse(text, keepNumber);
  } catch (cause) {
    return `the body is not JSON: ${messageOf(cause)}`;
  }
  return differenceAt("", expected, value);
}

/** A double would lose digits of large numbers: each keeps its text. */
function keepNumber(_key: string, value: unknown, { source }: { readonly source?: string } = {}): unknown {
  return typeof value === "number" && source !== undefined ? JSON.rawJSON(source) : value;
}

function differenceAt(path: string, expected: ExpectedJson, value: unknown): string | null {
  if (isList(expected)) {
    if (!Array.isArray(value) || value.length !== expected.length) return unlike(path, expected, value);
    return firstDifference(expected.map((item, index) => [`${path}/${index}`, item, value[index]]));
  }
  if (typeof expected === "object" && expected !== null) {
    if (!isMap(value)) return unlike(path, expected, value);
    return firstDifference(
      Object.entries(expected).map(([key, item]) => [`${path}/${key}`, item, Object.hasOwn(value, key) ? value[key] : undefined]),
    );
  }
  return scalarEquals(expected, value) ? null : unlike(path, expected, value);
}

function firstDifference(parts: readonly (readonly [path: string, expected: ExpectedJson, value: unknown])[]): string | null {
  for (const part of parts) {
    const difference = differenceAt(...part);
    if (difference !== null) return difference;
  }
  return null;
}

function scalarEquals(expected: string | bigint | number | boolean | null, value: unknown): boolean {
  if (typeof expected !== "bigint" && typeof expected !== "number") return expected === value;
  return JSON.isRawJSON(value) && sameNumber(String(expected), JSON.stringify(value));
}

function isList(value: ExpectedJson): value is readonly ExpectedJson[] {
  return Array.isArray(value);
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !JSON.isRawJSON(value);
}

function unlike(path: string, expected: ExpectedJson, value: unknown): string {
  return `the body${path === "" ? "" : ` at ${path}`}: expected ${shown(expected)}, got ${value === undefined ? "nothing" : shown(value)}`;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value, (_, inner: unknown) => (typeof inner === "bigint" ? JSON.rawJSON(String(inner)) : inner));
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
