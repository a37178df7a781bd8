import type { CanonicalType, CompositeType } from "./canonical-type.ts";
import { simpleType } from "./simple-type.ts";
import { splitAtCommas } from "./split-at-commas.ts";

/** A field of a struct. */
export interface Field {
  readonly name: string;
  readonly type: CanonicalType;
}

/** What a composite type is made of. */
export type Composite =
  | { readonly kind: "list"; readonly element: CanonicalType }
  | { readonly kind: "map"; readonly key: CanonicalType; readonly value: CanonicalType }
  | { readonly kind: "struct"; readonly fields: readonly Field[] };

/** Composites may stand in each other this deep: with each level DuckDB takes twice as long to understand the SQL that reads them, 0.5 s with eight. */
const deepest = 8;

/** `list(T)`. */
export function listOf(element: CanonicalType): CompositeType {
  return `list(${element})`;
}

/** `map(K,V)`. */
export function mapOf({ key, value }: { key: CanonicalType; value: CanonicalType }): CompositeType {
  return `map(${key},${value})`;
}

/** `struct("name" T, …)`, names as JSON strings. */
export function structOf(fields: readonly Field[]): CompositeType {
  return `struct(${fields.map(({ name, type }) => `${JSON.stringify(name)} ${type}`).join(", ")})`;
}

/** The parts of a composite type as the functions above write it; null for every other text. */
export function compositeOf(type: string, depth = 0): Composite | null {
  const composite = depth < deepest ? readComposite(type, depth + 1) : null;
  return composite !== null && written(composite) === type ? composite : null;
}

/** Whether a text names a canonical type, one that stands in `depth` others. */
export function isCanonicalType(type: string, depth = 0): type is CanonicalType {
  return simpleType(type) !== null || compositeOf(type, depth) !== null;
}

function written(composite: Composite): CompositeType {
  switch (composite.kind) {
    case "list":
      return listOf(composite.element);
    case "map":
      return mapOf(composite);
    case "struct":
      return structOf(composite.fields);
  }
}

function readComposite(type: string, depth: number): Composite | null {
  const [, kind, inner = ""] = /^(list|map|struct)\((.*)\)$/s.exec(type) ?? [];
  if (kind === "list") return isCanonicalType(inner, depth) ? { kind, element: inner } : null;
  const parts = kind === undefined ? [] : splitAtCommas(inner);
  if (kind === "struct") return readStruct(parts, depth);
  const [key = "", value = "", ...more] = parts;
  return kind === "map" && more.length === 0 && isCanonicalType(key, depth) && isCanonicalType(value, depth) ? { kind, key, value } : null;
}

function readStruct(parts: readonly string[], depth: number): Composite | null {
  const fields = parts.map((part) => {
    const [, name, type = ""] = /^ ?("(?:[^"\\]|\\.)*") (.+)$/s.exec(part) ?? [];
    return name !== undefined && isCanonicalType(type, depth) ? { name: unquoted(name), type } : null;
  });
  const known = fields.filter((field) => field !== null);
  return known.length === fields.length ? { kind: "struct", fields: known } : null;
}

function unquoted(name: string): string {
  try {
    return String(JSON.parse(name));
  } catch {
    // No name of ours: what is written anew from it differs.
    return "";
  }
}
