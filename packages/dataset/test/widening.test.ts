import { expect, test } from "vitest";
import { widen } from "../src/types/widening.ts";

const integers = ["TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT"];
const columns = ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"] as const;

/** The smallest and the largest value, worked out from the place in the lists. */
function rangeAt(index: number): readonly [bigint, bigint] {
  const bits = 8n << BigInt(index % 4);
  return index < 4 ? [-(2n ** (bits - 1n)), 2n ** (bits - 1n) - 1n] : [0n, 2n ** bits - 1n];
}

test.each(columns.map((type, index) => ({ type, index })))(
  "a column of $type takes the integers that it can all hold, and no others",
  ({ type, index }) => {
    const [least, most] = rangeAt(index);
    const taken = integers.filter((from) => widen({ column: { name: "c", type, source: type }, from, value: "v" }) !== null);
    const held = integers.filter((_, from) => {
      const [smallest, largest] = rangeAt(from);
      return least <= smallest && largest <= most;
    });
    expect(taken).toEqual(held);
  },
);
