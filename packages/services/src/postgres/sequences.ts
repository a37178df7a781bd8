import { escapeIdentifier, escapeLiteral, type PoolClient } from "pg";
import type { TargetTable } from "./target-table.ts";

/** Sequences that a column draws from: as its identity, as its owner (serial), or by its default. */
const drawn = `
  SELECT DISTINCT s.seqrelid::pg_catalog.regclass::pg_catalog.text AS sequence, a.attname AS column, s.seqincrement > 0 AS up
  FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_sequence s ON s.seqrelid = d.objid
    JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
  WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjid = $1 AND d.deptype IN ('a', 'i')
  UNION
  SELECT s.seqrelid::pg_catalog.regclass::pg_catalog.text, a.attname, s.seqincrement > 0
  FROM pg_catalog.pg_attrdef f
    JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass AND d.objid = f.oid
    JOIN pg_catalog.pg_sequence s ON d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND s.seqrelid = d.refobjid
    JOIN pg_catalog.pg_attribute a ON a.attrelid = f.adrelid AND a.attnum = f.adnum
  WHERE f.adrelid = $1`;

/** Moves each sequence on to the last value that the table now holds: what is drawn next is new. */
export async function moveSequences(client: PoolClient, { oid, sql }: TargetTable): Promise<void> {
  const { rows } = await client.query<{ sequence: string; column: string; up: boolean }>(drawn, [oid]);
  for (const { sequence, column, up } of rows) {
    const [last, beyond] = up ? ["max", ">"] : ["min", "<"];
    await client.query(
      `SELECT pg_catalog.setval(${escapeLiteral(sequence)}::pg_catalog.regclass, held.last) FROM (SELECT ${last}(${escapeIdentifier(column)}) AS last FROM ${sql}) AS held, ${sequence} AS s
       WHERE held.last ${beyond} s.last_value OR (held.last = s.last_value AND NOT s.is_called)`,
    );
  }
}
