import { expect, test } from "vitest";
import { counted, inRange, rangeWords } from "../../src/judge/assertions/range-words.ts";

test("a range holds both its ends, and without an upper one everything above", () => {
  const within = (min: number, max: number | undefined) => [1, 2, 3, 4, 5].filter((number) => inRange(number, { min, max }));
  expect(within(2, 4)).toEqual([2, 3, 4]);
  expect(within(3, 3)).toEqual([3]);
  expect(within(4, undefined)).toEqual([4, 5]);
  expect(within(0, 0)).toEqual([]);
  expect(inRange(0, { min: 0, max: 0 })).toBe(true);
});

test.each([
  [0, undefined, "at least no row"],
  [1, undefined, "at least 1 row"],
  [2, undefined, "at least 2 rows"],
  [0, 0, "no row"],
  [1, 1, "1 row"],
  [4, 4, "4 rows"],
  [0, 1, "at most 1 row"],
  [0, 9, "at most 9 rows"],
  [1, 5, "1 to 5 rows"],
  [2, 3, "2 to 3 rows"],
])("from %d to %s in words: %s", (min, max, words) => {
  expect(rangeWords({ min, max }, "row")).toBe(words);
});

test("one is one, and everything else is many", () => {
  expect([0, 1, 2, 11].map((number) => counted(number, "file"))).toEqual(["no file", "1 file", "2 files", "11 files"]);
});
