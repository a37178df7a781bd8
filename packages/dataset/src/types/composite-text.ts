import type { CanonicalType } from "./canonical-type.ts";
import { compositeOf, type Field } from "./composite-type.ts";
import { literal } from "../tables/sql-text.ts";

/**
 * SQL for a part that is neither list, map nor struct: the value that `text` (a name) stands for, and the text of that value (a name). `path` says where it stands:
 * what `partPath` made of the steps that lead there.
 */
export type PartText = (part: { type: CanonicalType; text: string; path: string }) => {
  readonly read: string;
  readonly write: (value: string) => string;
};

interface Rewriting {
  readonly part: PartText;
  /** SQL that stops the query because of a text (a name). */
  readonly refuse: (text: string) => string;
  /** How many lambdas stand around: each names its parameter anew. */
  readonly depth: number;
  readonly path: string;
}

/**
 * SQL that reads the text of a list, map or struct part by part and writes it anew, each part by `part`; NULL for NULL. JSON of another shape stops the
 * query by `refuse`. Equal values have equal texts when those of their parts have.
 */
export function compositeText({
  type,
  text,
  part,
  refuse,
}: {
  type: CanonicalType;
  text: string;
  part: PartText;
  refuse: (text: string) => string;
}): string {
  return bind({ value: text, depth: 0, body: (name) => whole(type, name, { part, refuse, depth: 1, path: "" }) });
}

/** `text` is a name: it occurs more than once. */
function whole(type: CanonicalType, text: string, rewriting: Rewriting): string {
  const composite = compositeOf(type);
  switch (composite?.kind) {
    case "list":
      return checked({ text, shape: "ARRAY", body: list(composite.element, text, rewriting), rewriting });
    case "map":
      return checked({ text, shape: "ARRAY", body: map(composite, text, rewriting), rewriting });
    case "struct":
      return checked({ text, shape: "OBJECT", body: struct(composite.fields, text, rewriting), rewriting });
    case undefined:
      throw new TypeError(`${type} has no parts`);
  }
}

function checked(json: { text: string; shape: "ARRAY" | "OBJECT"; body: string; rewriting: Rewriting }): string {
  const { text, shape, body, rewriting } = json;
  return `CASE WHEN ${text} IS NOT NULL THEN CASE WHEN json_valid(${text}) AND json_type(${text}) = '${shape}' THEN ${body} ELSE ${rewriting.refuse(text)} END END`;
}

function list(element: CanonicalType, text: string, rewriting: Rewriting): string {
  const item = parameter(rewriting.depth);
  const texts = `list_transform(from_json(${text}, '["JSON"]'), lambda ${item}: ${partOf(element, item, inner(rewriting, "element"))})`;
  return `'[' || array_to_string(${texts}, ',') || ']'`;
}

function map({ key, value }: { key: CanonicalType; value: CanonicalType }, text: string, rewriting: Rewriting): string {
  const item = parameter(rewriting.depth);
  const entry = `{'k': ${partOf(key, `${item}[1]`, inner(rewriting, "key"))}, 'v': ${partOf(value, `${item}[2]`, inner(rewriting, "value"))}}`;
  const pair = `CASE WHEN len(${item}) = 2 THEN ${entry} ELSE ${rewriting.refuse(text)} END`;
  const entries = `list_sort(list_transform(from_json(${text}, '[["JSON"]]'), lambda ${item}: ${pair}))`;
  return `'[' || array_to_string(list_transform(${entries}, lambda ${item}: '[' || ${item}.k || ',' || ${item}.v || ']'), ',') || ']'`;
}

function struct(fields: readonly Field[], text: string, rewriting: Rewriting): string {
  const cells = parameter(rewriting.depth);
  const pointers = fields.map(({ name }) => literal(`/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`)).join(", ");
  const members = fields.map(
    ({ name, type }, index) =>
      `${literal(`${JSON.stringify(name)}:`)} || ${partOf(type, `${cells}[${index + 1}]`, inner(rewriting, index))}`,
  );
  const complete = `len(json_keys(${text})) = ${fields.length} AND NOT list_contains(list_transform(${cells}, lambda c: c IS NULL), true)`;
  return bind({
    value: `json_extract(${text}, [${pointers}])`,
    depth: rewriting.depth,
    body: () => `CASE WHEN ${complete} THEN '{' || ${members.join(" || ',' || ")} || '}' ELSE ${rewriting.refuse(text)} END`,
  });
}

/** SQL for the JSON text of a part, `null` for NULL, whose JSON is `json`. */
function partOf(type: CanonicalType, json: string, rewriting: Rewriting): string {
  const isNull = `coalesce(json_type(${json}) = 'NULL', true)`;
  if (compositeOf(type) !== null) {
    const written = bind({ value: `${json}::VARCHAR`, depth: rewriting.depth, body: (name) => whole(type, name, deeper(rewriting)) });
    return `CASE WHEN ${isNull} THEN 'null' ELSE ${written} END`;
  }
  const text = bind({
    value: `${json}::VARCHAR`,
    depth: rewriting.depth,
    body: (name) => `CASE WHEN json_type(${name}) = 'VARCHAR' THEN json_extract_string(${name}, '$') ELSE ${rewriting.refuse(name)} END`,
  });
  const name = parameter(rewriting.depth);
  const { read, write } = rewriting.part({ type, text: name, path: rewriting.path });
  const value = bind({ value: text, depth: rewriting.depth, body: () => read });
  const written = bind({ value, depth: rewriting.depth, body: (stored) => `to_json(${write(stored)})::VARCHAR` });
  return `CASE WHEN ${isNull} THEN 'null' ELSE ${written} END`;
}

/** SQL that computes a value once and gives it a name: where an expression stands n times, DuckDB may compute it n times. */
function bind({ value, depth, body }: { value: string; depth: number; body: (name: string) => string }): string {
  const name = parameter(depth);
  return `list_transform([${value}], lambda ${name}: ${body(name)})[1]`;
}

function parameter(depth: number): string {
  return `part${depth}`;
}

function inner(rewriting: Rewriting, step: PathStep): Rewriting {
  return { ...deeper(rewriting), path: partPath(rewriting.path, step) };
}

function deeper(rewriting: Rewriting): Rewriting {
  return { ...rewriting, depth: rewriting.depth + 1 };
}

/** Into the elements of a list, the keys or values of a map, or a field of a struct by its number. */
export type PathStep = "element" | "key" | "value" | number;

export function partPath(path: string, step: PathStep): string {
  return `${path}/${step}`;
}
