import type { FieldDef, PoolClient } from "pg";
import type { Described, PostgresType } from "./postgres-type.ts";

/** A type as the catalogue has it; types within it by their OIDs. */
interface TypeRow {
  readonly oid: number;
  readonly sql: string;
  readonly name: string;
  readonly schema: string;
  /** `pg_catalog` for types that Postgres itself brings, the extension that brought it, or null for types made by users. */
  readonly home: string | null;
  readonly kind: "domain" | "enum" | "array" | "composite" | "range" | "base";
  /** What a domain is based on, or what the elements of an array are; 0 for others. */
  readonly inner: number;
  readonly labels: readonly string[];
  readonly fields: readonly { readonly name: string; readonly type: number }[];
}

// The types and all that they are made of. The modifier -1 names them without a length: `character` would mean one letter.
const reachable = `
  WITH RECURSIVE reached(oid) AS (
    SELECT pg_catalog.unnest($1::pg_catalog.oid[])
    UNION
    SELECT next.oid FROM reached JOIN pg_catalog.pg_type t ON t.oid = reached.oid CROSS JOIN LATERAL (
      SELECT t.typbasetype AS oid WHERE t.typtype = 'd'
      UNION ALL SELECT t.typelem WHERE t.typtype = 'b' AND t.typcategory = 'A'
      UNION ALL SELECT a.atttypid FROM pg_catalog.pg_attribute a WHERE t.typtype = 'c' AND a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped
    ) AS next
  )
  SELECT t.oid, pg_catalog.format_type(t.oid, -1) AS sql, t.typname AS name, pg_catalog.quote_ident(n.nspname) AS schema,
    CASE WHEN n.nspname = 'pg_catalog' THEN 'pg_catalog' ELSE (
      SELECT e.extname FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid
      WHERE d.classid = 'pg_catalog.pg_type'::pg_catalog.regclass AND d.objid = t.oid AND d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass LIMIT 1
    ) END AS home,
    CASE t.typtype WHEN 'd' THEN 'domain' WHEN 'e' THEN 'enum' WHEN 'c' THEN 'composite' WHEN 'r' THEN 'range' WHEN 'm' THEN 'range'
      ELSE CASE WHEN t.typcategory = 'A' THEN 'array' ELSE 'base' END END AS kind,
    CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE t.typelem END AS inner,
    ARRAY(SELECT enumlabel::pg_catalog.text FROM pg_catalog.pg_enum WHERE enumtypid = t.oid ORDER BY enumsortorder) AS labels,
    (SELECT coalesce(pg_catalog.json_agg(pg_catalog.json_build_object('name', a.attname, 'type', a.atttypid::pg_catalog.int8) ORDER BY a.attnum), '[]')
      FROM pg_catalog.pg_attribute a WHERE t.typtype = 'c' AND a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped) AS fields
  FROM reached JOIN pg_catalog.pg_type t ON t.oid = reached.oid JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace`;

const sources = `
  SELECT pg_catalog.format_type(oid, typmod) AS source
  FROM ROWS FROM (pg_catalog.unnest($1::pg_catalog.oid[]), pg_catalog.unnest($2::pg_catalog.int4[])) WITH ORDINALITY AS listed(oid, typmod, ordinal)
  ORDER BY ordinal`;

const before = "SELECT * FROM ";

/** How many characters of the described SQL stand before `from`. */
export const describedAfter = before.length;

/** The columns of a table or a query in brackets, without reading a row: the only place where the query's own text can be at fault. */
export async function fieldsOf(client: PoolClient, from: string): Promise<FieldDef[]> {
  // A parameter makes this one prepared statement: text that closes the bracket and goes on with another statement is refused.
  const answer = await client.query({ text: `${before}${from} AS described LIMIT $1`, values: [0] });
  return answer.fields;
}

/** The fields with their types as the catalogue knows them. */
export async function describe(
  client: PoolClient,
  fields: readonly Pick<FieldDef, "name" | "dataTypeID" | "dataTypeModifier">[],
): Promise<Described[]> {
  const oids = fields.map((field) => field.dataTypeID);
  const { rows: named } = await client.query<{ source: string }>(sources, [oids, fields.map((field) => field.dataTypeModifier)]);
  const { rows } = await client.query<TypeRow>(reachable, [oids]);
  const types = new Map(rows.map((row) => [row.oid, row]));
  return fields.map(({ name, dataTypeID }, index) => {
    const type = treeOf(dataTypeID, types);
    return { name, source: sourceOf(type, named[index]?.source ?? type.sql), type };
  });
}

function treeOf(oid: number, types: ReadonlyMap<number, TypeRow>): PostgresType {
  const row = types.get(oid);
  // Not in the catalogue any more: it was dropped since.
  if (row === undefined) return { kind: "other", sql: `the type ${oid}` };
  const { sql, kind, name, home, schema, labels } = row;
  switch (kind) {
    case "domain":
      return treeOf(row.inner, types);
    case "enum":
      return { kind, sql, labels };
    case "array":
      return { kind, sql, element: treeOf(row.inner, types) };
    case "composite":
      return { kind, sql, fields: row.fields.map((field) => ({ name: field.name, type: treeOf(field.type, types) })) };
    case "range":
      return { kind, sql };
    case "base":
      return home === null ? { kind: "other", sql } : { kind, sql, name, home, schema };
  }
}

/** The labels of an enum belong to what a column may hold: its name alone would hide that one was added. */
function sourceOf(type: PostgresType, source: string): string {
  if (type.kind === "enum") return `enum(${type.labels.map((label) => `'${label.replaceAll("'", "''")}'`).join(",")})`;
  return type.kind === "array" && type.element.kind === "enum" ? `${sourceOf(type.element, "")}[]` : source;
}
