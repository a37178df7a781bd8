import type { FieldDef, PoolClient } from "pg";
import type { Described } from "./canonical.ts";

// Domains are followed down to their base type; what a domain's columns may hold is in the base and its modifier.
const types = `
  WITH RECURSIVE base(ordinal, oid) AS (
    SELECT ordinal, oid FROM pg_catalog.unnest($1::pg_catalog.oid[]) WITH ORDINALITY AS listed(oid, ordinal)
    UNION ALL
    SELECT base.ordinal, t.typbasetype FROM base JOIN pg_catalog.pg_type t ON t.oid = base.oid WHERE t.typtype = 'd'
  )
  SELECT pg_catalog.format_type(listed.oid, listed.typmod) AS source,
    CASE WHEN t.typnamespace = 'pg_catalog'::pg_catalog.regnamespace THEN t.typname END AS base,
    CASE WHEN t.typcategory = 'A' THEN 'array' WHEN t.typtype = 'e' THEN 'enum' WHEN t.typtype = 'c' OR t.typname = 'record' THEN 'composite'
      WHEN t.typtype IN ('r', 'm') THEN 'range' ELSE 'base' END AS kind
  FROM ROWS FROM (pg_catalog.unnest($1::pg_catalog.oid[]), pg_catalog.unnest($2::pg_catalog.int4[])) WITH ORDINALITY AS listed(oid, typmod, ordinal)
  JOIN base ON base.ordinal = listed.ordinal
  JOIN pg_catalog.pg_type t ON t.oid = base.oid AND t.typtype <> 'd'
  ORDER BY listed.ordinal`;

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
export async function describe(client: PoolClient, fields: readonly FieldDef[]): Promise<Described[]> {
  const answer = await client.query<Omit<Described, "name">>(types, [
    fields.map((field) => field.dataTypeID),
    fields.map((field) => field.dataTypeModifier),
  ]);
  return fields.flatMap((field, index) => {
    const type = answer.rows[index];
    return type === undefined ? [] : [{ name: field.name, ...type }];
  });
}
