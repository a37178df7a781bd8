import type { CanonicalType, Cell } from "@rehearse/dataset";

const integer = /^u?int\d+$/;
const decimal = /^decimal\(/;

/** Whether a type's values are exact decimal numbers. */
export function isExact(type: CanonicalType): boolean {
  return integer.test(type) || decimal.test(type);
}

export function isFloat(type: CanonicalType): boolean {
  return type === "float32" || type === "float64";
}

/** The value of a float's canonical text. */
export function floatOf(type: CanonicalType, text: string): number {
  return type === "float32" ? Math.fround(Number(text)) : Number(text);
}

/**
 * One text for each value, the same for equal values of two types whose values can be compared: what the tool does in SQL over columns, done the
 * plain way for one cell. NULL is null.
 */
export function plainValue(type: CanonicalType, cell: Cell): string | null {
  if (cell === null) return null;
  if (isExact(type)) return exactText(cell);
  if (isFloat(type)) {
    const value = floatOf(type, cell);
    return Object.is(value, -0) ? "-0" : String(value);
  }
  if (type === "timestamp" || type === "timestamptz") return cell.replace(/(\.\d{6})/, "$1000");
  if (type === "json") return jsonText(cell);
  return cell;
}

/** A decimal without zeros that say nothing. */
function exactText(text: string): string {
  const [whole = "", fraction = ""] = text.replace("-", "").split(".");
  const digits = `${whole.replace(/^0+/, "")}.${fraction.replace(/0+$/, "")}`;
  return digits === "." ? "0" : `${text.startsWith("-") ? "-" : ""}${digits}`;
}

/** A JSON text with sorted keys and numbers by their value; one with a key twice stands for itself as written. */
export function jsonText(text: string): string {
  const parsed: unknown = JSON.parse(text, (_, value: unknown, context) =>
    typeof value === "number" ? JSON.rawJSON(context?.source ?? String(value)) : value,
  );
  // JSON.parse keeps one of two equal keys: the source then has more names than the values.
  return names(text) === countNames(parsed) ? normalText(parsed) : `as written: ${text}`;
}

function normalText(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (JSON.isRawJSON(value)) return numberText(value.rawJSON);
  if (Array.isArray(value)) return `[${value.map(normalText).join(",")}]`;
  const entries = Object.entries(value).toSorted(([one], [other]) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
  return `{${entries.map(([name, inner]) => `${JSON.stringify(name)}:${normalText(inner)}`).join(",")}}`;
}

/** How many names of members a JSON text has. */
function names(text: string): number {
  return [...text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/g)].filter(([, colon]) => colon !== undefined).length;
}

function countNames(value: unknown): number {
  if (typeof value !== "object" || value === null || JSON.isRawJSON(value)) return 0;
  const inner = Object.values(value).reduce((sum: number, it) => sum + countNames(it), 0);
  return Array.isArray(value) ? inner : inner + Object.keys(value).length;
}

/** One text for each decimal number, whatever its exponent. */
function numberText(source: string): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([-+]?\d+))?$/.exec(source);
  if (match === null) return source;
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = match;
  const digits = (whole + fraction).replace(/^0+/, "");
  const significant = digits.replace(/0+$/, "");
  if (significant === "") return "0";
  return `${sign}${significant}e${Number(exponent) - fraction.length + (digits.length - significant.length)}`;
}
