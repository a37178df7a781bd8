import { familyOf, storageType } from "../../types/storage-type.ts";
import type { ComparedColumn } from "../compared-columns.ts";
import { comparing, sideRows, type ComparedSides, type Side } from "../compared-side.ts";

/** So many times as many values as rows may lie between the smallest key and the largest: a bit is kept for each. */
const sparsest = 32n;

/**
 * Whether it is quick to see that no two rows of a side share their key and none is NULL: of one whole number that lies in a narrow range, one bit for each
 * value tells. False means only that it was not seen.
 */
export async function provablyUnique(
  sides: ComparedSides & { readonly fewRows: number },
  { side, key }: { side: Side; key: readonly ComparedColumn[] },
): Promise<boolean> {
  const [column, ...others] = key;
  const { rows } = sides[side];
  if (rows <= sides.fewRows || column === undefined || others.length > 0) return false;
  if (familyOf(column.type) !== "integer" || storageType(column.type) === "VARCHAR") return false;
  const from = sideRows({ relation: sides[side], side, columns: [column] });
  const [[low = null, high = null] = []] = await sides.tables.query(`SELECT min(v0), max(v0) FROM ${from}`, comparing(sides));
  if (low === null || high === null || BigInt(high) - BigInt(low) >= BigInt(rows) * sparsest || BigInt(high) >= 2n ** 63n) return false;
  const [[distinct] = []] = await sides.tables.query(
    `SELECT bit_count(bitstring_agg(v0::BIGINT, '${low}'::BIGINT, '${high}'::BIGINT)) FROM ${from}`,
    comparing(sides),
  );
  return Number(distinct) === rows;
}
