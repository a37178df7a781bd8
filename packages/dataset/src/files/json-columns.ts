import { RehearseError } from "@rehearse/errors";
import type { Cell } from "../compare/comparison.ts";
import type { CanonicalType, Column } from "../types/canonical-type.ts";
import { jsonFields } from "../types/canonical-json.ts";
import { jsonDocuments } from "./json-documents.ts";

/** What stood in a field somewhere; `missing` where an object does not have it. */
type Kind = ValueKind | "null" | "missing";
type ValueKind = "text" | "number" | "boolean" | "json";

/** By the name of each field, in the order of their first occurrence, what stood there. */
export type JsonShape = ReadonlyMap<string, ReadonlySet<Kind>>;

/** Looks through files of JSON objects. DATASET_UNREADABLE names the line of what is none. */
export async function jsonShape(files: readonly string[]): Promise<JsonShape> {
  const shape = new Map<string, Set<Kind>>();
  let objects = 0;
  for await (const fields of jsonObjects(files)) {
    for (const name of shape.keys()) if (!fields.has(name)) shape.get(name)?.add("missing");
    for (const [name, value] of fields) {
      const kinds = shape.get(name) ?? new Set<Kind>(objects === 0 ? [] : ["missing"]);
      shape.set(name, kinds.add(kindOf(value)));
    }
    objects += 1;
  }
  return shape;
}

/** Each object's fields in their normal form. */
export async function* jsonObjects(files: readonly string[]): AsyncGenerator<ReadonlyMap<string, string>, void> {
  for (const file of files)
    for await (const { line, text } of jsonDocuments(file)) {
      const fields = jsonFields(text);
      if (typeof fields !== "string") yield fields;
      else
        throw new RehearseError({
          code: "DATASET_UNREADABLE",
          message: `${file}, line ${line}: ${fields}`,
          hint: "A file of rows is a JSON array of objects, or an object a line.",
        });
    }
}

/**
 * The columns of a file, given the shapes of both sides of a comparison: a field is read alike on both. Where it holds values of more than one kind, or null in
 * one row and nothing in another, its values are compared as JSON, where null is a value and nothing is NULL.
 */
export function jsonColumns(own: JsonShape, other: JsonShape): Column[] {
  return [...own].map(([name, kinds]) => {
    const type = typeOf(new Set([...kinds, ...(other.get(name) ?? [])]));
    const nulls = type === "json" ? undefined : (["null", "missing"] as const).find((kind) => kinds.has(kind));
    return { name, source: type, type, ...(nulls === undefined ? {} : { nulls }) };
  });
}

function typeOf(kinds: ReadonlySet<Kind>): CanonicalType {
  const [first = "json", ...others] = [...kinds].filter((kind): kind is ValueKind => kind !== "null" && kind !== "missing");
  return others.length > 0 || (kinds.has("null") && kinds.has("missing")) ? "json" : first;
}

/** The cell of a column. What is compared as JSON is the field's own text. */
export function jsonCell({ type }: Column, value: string | undefined): Cell {
  if (value === undefined) return null;
  if (type === "json") return value;
  if (value === "null") return null;
  return kindOf(value) === "text" ? String(JSON.parse(value)) : value;
}

function kindOf(value: string): Kind {
  const letter = value[0] ?? "";
  if (letter === '"') return isText(value) ? "text" : "json";
  if (letter === "{" || letter === "[") return "json";
  if (letter === "n") return "null";
  return letter === "t" || letter === "f" ? "boolean" : "number";
}

/** Half of a surrogate pair is JSON, but no text of Unicode: only its escape can be kept. */
function isText(quoted: string): boolean {
  return !quoted.includes(String.raw`\ud`) || String(JSON.parse(quoted)).isWellFormed();
}
