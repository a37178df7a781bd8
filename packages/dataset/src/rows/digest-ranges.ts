import { toText } from "../types/canonical-text.ts";
import type { StoredColumn } from "../types/canonical-type.ts";
import { fileLiteral } from "../tables/sql-text.ts";
import type { Tables } from "../tables/tables.ts";
import type { RangeDigests } from "./manifest.ts";
import { digestOfHashes, hexOf, rowHash, rowHashName, type HashedValue } from "./row-hash.ts";

/** Fewer rows need no parts. */
const leastRows = 100_000;
/** There are this many ranges or up to twice as many. */
const ranges = 32;

/** DuckDB gives rows their numbers in a column of this name; where a table has one itself, they have none. */
const rowNumber = "file_row_number";

interface Sorted {
  readonly tables: Tables;
  /** A file whose rows are sorted by the key. */
  readonly parquet: string;
  readonly columns: readonly StoredColumn[];
  readonly key: readonly string[];
  readonly rows: number;
}

/**
 * Digests of the rows by ranges of their key, undefined where there are few rows or no key. A range begins at a row whose key says so by itself, so that a
 * row more or less changes the digest of one range and moves no other: they show a reviewer, and who has not fetched the rows, where a reference changed.
 * DATASET_UNREADABLE.
 */
export async function digestRanges({ tables, parquet, columns, key, rows }: Sorted): Promise<RangeDigests | undefined> {
  if (rows < leastRows || key.length === 0 || columns.some(({ name }) => name.toLowerCase() === rowNumber)) return undefined;
  const values = columns.map(({ name, type }, index) => ({ name, type, value: `c${index}` }));
  const keyValues = key.flatMap((name) => values.filter((column) => column.name === name));
  const from = `read_parquet(${fileLiteral(parquet)}, hive_partitioning = false, file_row_number = true) AS stored(${values.map(({ value }) => value).join(", ")})`;
  const doing = `digesting ${parquet}`;
  const cells = keyValues.map(({ type, value }) => toText(type, value)).join(", ");
  const cuts = await tables.query(
    `SELECT file_row_number, ${cells} FROM ${from} WHERE file_row_number > 0 AND ${beginsRange(keyValues, rows)} ORDER BY file_row_number`,
    doing,
  );
  const places = cuts.map(([place]) => Number(place));
  const found = await tables.query(
    `SELECT version(), ${digestOfHashes("hash")}
     FROM (SELECT ${rangeOf(places, { first: 0, last: places.length })} AS part, ${rowHash(values)} AS hash FROM ${from}) GROUP BY part ORDER BY part`,
    doing,
  );
  return {
    algorithm: `${rowHashName}/${found[0]?.[0]}`,
    values: found.map(([, count, ...digest], index) => ({
      from: index === 0 ? null : (cuts[index - 1]?.slice(1) ?? null),
      rows: Number(count),
      value: hexOf(digest),
    })),
  };
}

/** SQL that is true for one key of so many that the ranges come out right; powers of two, so that tables may grow without moving them. */
function beginsRange(key: readonly HashedValue[], rows: number): string {
  const bits = Math.floor(Math.log2(rows / ranges));
  // Not the lowest bits: DuckDB's hash of a number keeps some of its pattern there.
  return `((${rowHash(key)} >> 16) & ${2 ** bits - 1}::UBIGINT) = 0`;
}

/** SQL for which of the ranges a row is in, by its number in the file: a search by halves. */
function rangeOf(places: readonly number[], { first, last }: { readonly first: number; readonly last: number }): string {
  if (first === last) return String(first);
  const middle = Math.floor((first + last) / 2);
  const [below, above] = [rangeOf(places, { first, last: middle }), rangeOf(places, { first: middle + 1, last })];
  return `CASE WHEN file_row_number < ${places[middle]} THEN ${below} ELSE ${above} END`;
}
