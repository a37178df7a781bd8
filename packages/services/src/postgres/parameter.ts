import { jsonText } from "../json-text.ts";

/** How values of a row go into a column. */
export type ColumnKind = "json" | "array" | "scalar";

/** The text that Postgres reads a JSON value of a seed from. Numbers that a double cannot hold come as bigint or as raw JSON. */
export function parameter(value: unknown, kind: ColumnKind): string | null {
  if (value === null) return null;
  if (kind === "json") return jsonText(value);
  if (kind === "array" && Array.isArray(value)) return arrayText(value);
  return scalarText(value);
}

function scalarText(value: unknown): string {
  return typeof value === "string" ? value : jsonText(value);
}

/** A quoted element is never NULL, and reads as itself. */
function arrayText(values: readonly unknown[]): string {
  const element = (value: unknown): string => {
    if (value === null) return "NULL";
    if (Array.isArray(value)) return arrayText(value);
    return `"${scalarText(value).replaceAll(/["\\]/g, "\\$&")}"`;
  };
  return `{${values.map(element).join(",")}}`;
}
