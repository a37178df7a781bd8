import { RehearseError } from "@rehearse/errors";
import { keepRows, type KeptRows } from "../../tables/keep-rows.ts";
import { rowHash } from "../../rows/row-hash.ts";
import { identityOf } from "../../types/row-order.ts";
import { comparing, sideRows } from "../compared-side.ts";
import type { KeyedRows } from "../keyed-rows.ts";

/**
 * The same rows as `differingRowsByFullJoin` gives, by a join that holds only keys and row hashes of the reference. The current rows are at hand while they
 * are matched; the reference's values are read again, for the rows that differ.
 */
export async function differingRowsByHash(rows: KeyedRows): Promise<KeptRows> {
  const { tables } = rows;
  const doing = comparing(rows);
  await using flagged = await keepRows({ tables, select: flaggedRows(rows), doing });
  await using before = await keepRows({ tables, select: referenceRows(rows, flagged.from), doing });
  const [[expected, got] = []] = await tables.query(
    `SELECT (SELECT count(*) FROM ${flagged.from} WHERE in_reference), (SELECT count(*) FROM ${before.from})`,
    doing,
  );
  if (expected !== got) throw readTwice(rows.reference.title, { expected: `${expected} rows`, got: `${got} rows` });
  return await keepRows({ tables, select: sideBySide(rows, { flagged: flagged.from, before: before.from }), doing });
}

function readTwice(title: string, counts: { expected: string; got: string }): RehearseError {
  return new RehearseError({
    code: "DATASET_UNREADABLE",
    message: `${title} gave other rows when some of its keys were read for a second time`,
    ...counts,
    hint: "Either it was written meanwhile, or what the file says of its parts (their smallest and largest values) is wrong: write it anew.",
  });
}

/** Rows whose hashes differ or that have no counterpart: the current values as `c0`, `c1`, …, and of the reference only the key, as `k0`, `k1`, …. */
function flaggedRows({ reference, current, columns, key }: KeyedRows): string {
  const values = columns.flatMap((column, index) => (key.includes(column) ? [] : [{ type: column.type, value: `v${index}` }]));
  const hash = `${rowHash(values)} AS hash`;
  const places = key.map((column) => ({ type: column.type, value: `v${columns.indexOf(column)}` }));
  const keys = places.map(({ value }, index) => `r.${value} AS k${index}`);
  const on = places.map(({ type, value }) => `${identityOf(type, `r.${value}`)} = ${identityOf(type, `c.${value}`)}`);
  return `SELECT r.hash IS NOT NULL AS in_reference, c.hash IS NOT NULL AS in_current, ${[...keys, ...columns.map((_, index) => `c.v${index} AS c${index}`)].join(", ")}
    FROM (SELECT ${[...places.map(({ value }) => value), hash].join(", ")} FROM ${sideRows({ relation: reference, side: "reference", columns })}) AS r
    FULL JOIN (SELECT *, ${hash} FROM ${sideRows({ relation: current, side: "current", columns })}) AS c ON ${on.join(" AND ")}
    WHERE r.hash IS DISTINCT FROM c.hash`;
}

function referenceRows({ reference, columns, key }: KeyedRows, flagged: string): string {
  return `SELECT r.* FROM ${sideRows({ relation: reference, side: "reference", columns })} AS r
    SEMI JOIN (SELECT * FROM ${flagged} WHERE in_reference) AS f ON ${sameKey({ columns, key })}`;
}

function sideBySide({ columns, key }: KeyedRows, from: { flagged: string; before: string }): string {
  const cells = columns.map((_, index) => `r.v${index} AS r${index}, f.c${index}`);
  return `SELECT f.in_reference, f.in_current, ${cells.join(", ")}
    FROM ${from.flagged} AS f LEFT JOIN ${from.before} AS r ON ${sameKey({ columns, key })}`;
}

function sameKey({ columns, key }: Pick<KeyedRows, "columns" | "key">): string {
  return key
    .map((column, index) => `${identityOf(column.type, `r.v${columns.indexOf(column)}`)} = ${identityOf(column.type, `f.k${index}`)}`)
    .join(" AND ");
}
