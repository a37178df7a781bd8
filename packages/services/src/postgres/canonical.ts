import { listOf, mapOf, structOf, type CanonicalType, type Column } from "@rehearse/dataset";
import { escapeIdentifier, escapeLiteral } from "pg";
import { baseTypes, extensionTypes, rangeType, type BaseType } from "./base-types.ts";
import type { Described, PostgresType } from "./postgres-type.ts";

/** A type that can be compared, and SQL for the canonical text of a value and for the value of a canonical text; NULL for NULL. */
export interface Mapping {
  readonly type: CanonicalType;
  readonly text: (value: string) => string;
  readonly value: (text: string) => string;
  /** The same text as a field of COPY, which calls the type's output function by itself. */
  readonly field: (value: string) => string;
  /** Lists, maps and structs: their texts are JSON, and stand as they are in the text of another one. */
  readonly composite?: boolean;
}

export type Mapped = Mapping | { readonly notComparable: string };

/** What the server says of an array that is no plain list; the number is the column's. */
export const otherBounds = /rehearse: column (\d+) has an array of the bounds /;

/** How a column's values are compared, or why they are not. `index` is its place, which a refused array is reported with. */
export function mappingOf(type: PostgresType, index: number): Mapped {
  switch (type.kind) {
    case "base":
      return baseMapping(type);
    case "enum":
      return leaf({ type: "enum" }, type.sql);
    case "range":
      return leaf(rangeType, type.sql);
    case "array":
      return arrayMapping(type, index);
    case "composite":
      return compositeMapping(type, index);
    case "other":
      return { notComparable: `the type ${type.sql} cannot be compared exactly; compare a query that casts it to text` };
  }
}

/** An array column by Postgres' own text: lists have no other dimensions and lower bounds than one, arrays may. */
export function ownText(type: PostgresType): Mapping {
  return leaf({ type: "text" }, type.sql);
}

/** The column for the manifest. */
export function columnOf({ name, source }: Described, mapped: Mapped): Column {
  return { name, source, type: "type" in mapped ? mapped.type : mapped };
}

function baseMapping(type: PostgresType & { readonly kind: "base" }): Mapped {
  const { name, home, sql, schema } = type;
  if (home === "hstore") return hstoreMapping(schema);
  const found = (home === "pg_catalog" ? baseTypes : extensionTypes)[name];
  return found === undefined ? mappingOf({ kind: "other", sql }, 0) : leaf(found, sql);
}

/** Casts to text strip the blanks of char(n) and add the mask to an inet: `concat` calls the output function, as COPY does. */
function leaf({ type, text, value }: BaseType, sql: string): Mapping {
  return {
    type,
    text: text ?? ((one) => `CASE WHEN ${one} IS NOT NULL THEN pg_catalog.concat(${one}) END`),
    field: text ?? ((one) => one),
    // Postgres takes a cast to char(n) or numeric(p,s) for leave to cut and round: the type is named without, and the column then refuses.
    value: value ?? ((one) => `${one}::${sql}`),
  };
}

function composite(mapping: Pick<Mapping, "type" | "text" | "value">): Mapping {
  return { ...mapping, field: mapping.text, composite: true };
}

/** The text of a value within a list, map or struct. */
function inJson({ text, composite }: Pick<Mapping, "text" | "composite">, value: string): string {
  return `coalesce(${composite === true ? text(value) : `pg_catalog.to_json(${text(value)})::pg_catalog.text`}, 'null')`;
}

function arrayMapping({ sql, element }: PostgresType & { readonly kind: "array" }, index: number): Mapped {
  const mapped = mappingOf(element, index);
  if (!("type" in mapped)) return mapped;
  const refusal = (array: string): string =>
    `('rehearse: column ${index} has an array of the bounds ' || pg_catalog.array_dims(${array}))::pg_catalog.int4::pg_catalog.text`;
  return composite({
    type: listOf(mapped.type),
    // An element that is a row would fall apart into its fields in FROM; in the list of a SELECT it stays whole.
    text: (array) => `CASE WHEN pg_catalog.array_ndims(${array}) > 1 OR pg_catalog.array_lower(${array}, 1) <> 1 THEN ${refusal(array)}
      WHEN ${array} IS NOT NULL THEN (SELECT pg_catalog.concat('[', pg_catalog.string_agg(${inJson(mapped, "e.v")}, ',' ORDER BY e.n), ']')
        FROM (SELECT pg_catalog.unnest(${array}) AS v, pg_catalog.generate_subscripts(${array}, 1) AS n) AS e) END`,
    value: (text) => `CASE WHEN ${text} IS NOT NULL THEN ARRAY(SELECT ${mapped.value("e.v")}
      FROM pg_catalog.json_array_elements_text(${text}::pg_catalog.json) WITH ORDINALITY AS e(v, n) ORDER BY e.n)::${sql} END`,
  });
}

function compositeMapping({ sql, fields }: PostgresType & { readonly kind: "composite" }, index: number): Mapped {
  const parts: { readonly name: string; readonly mapping: Mapping }[] = [];
  for (const { name, type } of fields) {
    const mapping = mappingOf(type, index);
    if (!("type" in mapping)) return mapping;
    parts.push({ name, mapping });
  }
  const field = ({ name, mapping }: (typeof parts)[number], row: string): string =>
    `${escapeLiteral(`${JSON.stringify(name)}:`)} || ${inJson(mapping, `(${row}).${escapeIdentifier(name)}`)}`;
  const inner = (row: string): string => parts.map((part) => `${field(part, row)} || `).join("',' || ");
  return composite({
    type: structOf(parts.map(({ name, mapping }) => ({ name, type: mapping.type }))),
    // A row whose fields are all NULL is a row, though it "IS NULL".
    text: (row) => `CASE WHEN ${row} IS DISTINCT FROM NULL THEN '{' || ${inner(row)}'}' END`,
    value: (text) =>
      `CASE WHEN ${text} IS NOT NULL THEN ROW(${parts.map(({ name, mapping }) => mapping.value(`(${text}::pg_catalog.json ->> ${escapeLiteral(name)})`)).join(", ")})::${sql} END`,
  });
}

function hstoreMapping(schema: string): Mapping {
  const texts = { text: (value: string): string => value };
  return composite({
    type: mapOf({ key: "text", value: "text" }),
    text: (map) => `CASE WHEN ${map} IS NOT NULL THEN (SELECT pg_catalog.concat('[', pg_catalog.string_agg(
        pg_catalog.concat('[', ${inJson(texts, "e.key")}, ',', ${inJson(texts, "e.value")}, ']'), ',' ORDER BY e.key COLLATE "C"), ']')
      FROM ${schema}.each(${map}) AS e) END`,
    value: (text) => `CASE WHEN ${text} IS NOT NULL THEN (SELECT ${schema}.hstore(
        coalesce(pg_catalog.array_agg(e.v ->> 0), '{}'::pg_catalog.text[]), coalesce(pg_catalog.array_agg(e.v ->> 1), '{}'::pg_catalog.text[]))
      FROM pg_catalog.json_array_elements(${text}::pg_catalog.json) AS e(v)) END`,
  });
}
