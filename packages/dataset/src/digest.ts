import { createHash } from "node:crypto";
import { toText } from "./canonical-text.ts";
import type { StoredColumn } from "./canonical-type.ts";
import type { Digest } from "./manifest.ts";
import { scanParquet } from "./sql-text.ts";
import type { Tables } from "./tables.ts";

const algorithm = "md5-of-rows-1";

/**
 * The logical digest of stored rows: each row's cells as length-prefixed canonical text, in the order of their columns' names, hashed to 128 bits;
 * the count, the xor and the sum of these hashes, together with the columns' names and canonical types. Count and sum keep duplicates apart.
 * `positions` says where each column stands in the file, `width` how many the file has.
 */
export async function digestRows(rows: { tables: Tables; file: string; width: number; columns: readonly StoredColumn[]; positions: readonly number[]; doing: string }): Promise<Digest> {
  const ordered = rows.columns
    .map((column, index) => ({ name: column.name, type: column.type, value: `c${rows.positions[index]}` }))
    .toSorted((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)));
  const cells = ordered.map(({ type, value }) => markedCell(toText(type, value)));
  const row = cells.length === 0 ? "''" : `concat(${cells.join(", ")})`;
  const [totals = []] = await rows.tables.query(
    `SELECT count(*), bit_xor(hash), sum((hash >> 64)::UBIGINT), sum((hash & 18446744073709551615::UHUGEINT)::UBIGINT)
     FROM (SELECT md5_number(${row}) AS hash FROM ${scanParquet(rows.file, rows.width)})`,
    rows.doing,
  );
  const columns = ordered.map(({ name, type }) => [name, type]);
  const value = createHash("sha256").update(JSON.stringify({ algorithm, columns, totals })).digest("hex");
  return { algorithm, rows: Number(totals[0]), value };
}

/** No two different rows of cells give the same text: a cell says its length first, NULL has a mark of its own. */
function markedCell(text: string): string {
  return `coalesce(strlen(${text}) || ':' || ${text}, '-')`;
}
