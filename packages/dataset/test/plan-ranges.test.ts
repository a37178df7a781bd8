import { expect, test } from "vitest";
import { planRanges } from "../src/compare/rungs/plan-ranges.ts";
import type { RowGroup } from "../src/compare/rungs/row-groups.ts";

/** Parts of a file by their smallest keys, each of so many rows of so many bytes. */
function parts(smallest: readonly (string | null)[], rows: readonly number[], bytesOfRow = 48): RowGroup[] {
  return smallest.map((key, index) => {
    const count = rows[index % rows.length] ?? 0;
    return { rows: count, bytes: count * bytesOfRow, smallest: key, inOrder: true };
  });
}

/** The keys at which rows are divided, which take `memoryMegabytes`; of 5 MB 8192 rows of 48 bytes fit. */
function cutsOf(reference: readonly RowGroup[], current = reference, memoryMegabytes = 5): string[] | null {
  const ranges = planRanges({ groups: { reference, current }, type: "text", value: "v2", memoryMegabytes });
  if (ranges === null) return null;
  const cuts = ranges.slice(1).map((range) => /^v2 >= '(.*?)'::VARCHAR/s.exec(range)?.[1] ?? "no cut");
  const expected = [undefined, ...cuts].map((from, index) => {
    const bounds = [
      ...(from === undefined ? [] : [`v2 >= '${from}'::VARCHAR`]),
      ...(index === cuts.length ? [] : [`v2 < '${cuts[index]}'::VARCHAR`]),
    ];
    return bounds.length === 0 ? "true" : bounds.join(" AND ");
  });
  expect(ranges).toEqual(expected);
  return cuts;
}

test("one part of the file comes first, then as many parts as fit together", () => {
  expect(cutsOf(parts(["a"], [4096]))).toEqual([]);
  expect(cutsOf(parts(["a", "b"], [10]))).toEqual(["b"]);
  expect(cutsOf(parts(["a", "b", "c", "d", "e"], [4096]))).toEqual(["b", "d"]);
  expect(cutsOf(parts(["a", "b", "c", "d", "e"], [4096, 4096, 4097]))).toEqual(["b", "c", "d"]);
  expect(cutsOf(parts(["a", "b", "c", "d", "e"], [2731, 2731, 2731, 2730, 2730]))).toEqual(["b", "e"]);
});

test("a row more than fits, or a byte more in its rows, makes another range", () => {
  const three = (rows: number, extra = 0): RowGroup[] =>
    parts(["a", "b", "c"], [8192 - rows, rows, 8192 - rows]).map((part) => ({ ...part, bytes: part.bytes + extra }));
  expect(cutsOf(three(4096))).toEqual(["b"]);
  expect(cutsOf(three(4096, 1))).toEqual(["b", "c"]);
  expect(cutsOf(parts(["a", "b", "c"], [4096, 4096, 4097]))).toEqual(["b", "c"]);
});

test("a few large rows are divided by what each of them takes", () => {
  const large = (bytes: number): RowGroup[] => ["a", "b", "c"].map((smallest) => ({ rows: 1, bytes, smallest, inOrder: true }));
  // Two of them fit into a fifth of 5 MB, with what each takes beyond its values, or just do not.
  expect(cutsOf(large(2 ** 19 - 80))).toEqual(["b"]);
  expect(cutsOf(large(2 ** 19 - 79))).toEqual(["b", "c"]);
});

test("more than a million rows are no range, whatever the memory", () => {
  expect(cutsOf(parts(["a", "b", "c"], [500_000]), undefined, 100_000)).toEqual(["b"]);
  expect(cutsOf(parts(["a", "b", "c"], [500_000, 500_000, 500_001]), undefined, 100_000)).toEqual(["b", "c"]);
});

test("the side with more rows is divided, of two as large the current one", () => {
  const [few, many] = [parts(["a", "b"], [10]), parts(["m", "n"], [11])];
  expect(cutsOf(few, many)).toEqual(["n"]);
  expect(cutsOf(many, few)).toEqual(["n"]);
  expect(cutsOf(parts(["m", "n"], [10]), few)).toEqual(["b"]);
  expect(cutsOf(parts(["m", "n"], [20, 1]), parts(["a", "b"], [1, 20]))).toEqual(["b"]);
});

test("no range begins where the one before does, at a key that is not known, or at one with a NUL", () => {
  expect(cutsOf(parts(["a", "b", "b", "b", "c"], [8192]))).toEqual(["b", "c"]);
  expect(cutsOf(parts(["a", "a", "b"], [8192]))).toEqual(["b"]);
  expect(cutsOf(parts(["a", null, "c", "d\0", "e"], [8192]))).toEqual(["c", "e"]);
  expect(cutsOf(parts(["a", "b", "c", "d"], [8192, 0, 8192, 1]))).toEqual(["b", "d"]);
});

test("rows in no order, or in a file without parts, are not divided", () => {
  const ordered = parts(["a", "b"], [10]);
  const [first, second] = ordered.map((part) => ({ ...part, inOrder: false }));
  if (first === undefined || second === undefined) throw new Error("a part is missing");
  const disordered = [ordered.slice(0, 1).concat(second), [first, ...ordered.slice(1)], [first, second], []];
  expect(disordered.map((some) => cutsOf(some, ordered))).toEqual([null, null, null, null]);
  expect(disordered.map((some) => cutsOf(ordered, some))).toEqual([null, null, null, null]);
  expect(cutsOf([], [])).toBeNull();
});
