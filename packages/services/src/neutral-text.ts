import { compositeOf, type CanonicalType } from "@rehearse/dataset";

/** The canonical text of a value that says nothing, for columns that must have one and of which none is known. */
export function neutralText(type: CanonicalType): string {
  const composite = compositeOf(type);
  if (composite?.kind === "struct")
    return `{${composite.fields.map((field) => `${JSON.stringify(field.name)}:${inJson(field.type)}`).join(",")}}`;
  if (composite !== null) return "[]";
  const found = neutral.find(([pattern]) => pattern.test(type));
  return found === undefined ? "0" : found[1];
}

function inJson(type: CanonicalType): string {
  return compositeOf(type) === null ? JSON.stringify(neutralText(type)) : neutralText(type);
}

/** All others are numbers. */
const neutral: readonly (readonly [RegExp, string])[] = [
  [/^boolean$/, "false"],
  [/^(text|enum|bytes)$/, ""],
  [/^date$/, "1970-01-01"],
  [/^time(_ns)?$/, "00:00:00"],
  [/^timestamp(_ns)?$/, "1970-01-01 00:00:00"],
  [/^timestamptz(_ns)?$/, "1970-01-01 00:00:00+00"],
  [/^interval$/, "0 mon 0 day 0 us"],
  [/^uuid$/, "00000000-0000-0000-0000-000000000000"],
  [/^json$/, "{}"],
];
