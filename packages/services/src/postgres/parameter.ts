/** How values of a row go into a column. */
export type ColumnKind = "json" | "array" | "scalar";

/** The text that Postgres reads a JSON value of a seed from. Numbers beyond 2^53 come as bigint or as strings. */
export function parameter(value: unknown, kind: ColumnKind): string | null {
  if (value === null) return null;
  if (kind === "json") return jsonText(value);
  if (kind === "array" && Array.isArray(value)) return arrayText(value);
  return scalarText(value);
}

function scalarText(value: unknown): string {
  return typeof value === "object" || typeof value === "number" ? jsonText(value) : String(value);
}

/** JSON with whole numbers of any length and the sign of zero. */
function jsonText(value: unknown): string {
  if (typeof value === "bigint") return String(value);
  if (Object.is(value, -0)) return "-0";
  if (Array.isArray(value)) return `[${value.map(jsonText).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([key, inner]) => `${JSON.stringify(key)}:${jsonText(inner)}`)
    .join(",")}}`;
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
