import { expect, test } from "vitest";
import { chooseRung } from "../src/compare/rungs/choose-rung.ts";
import { planRanges } from "../src/compare/rungs/plan-ranges.ts";

test("little memory is kept by smaller ranges, and rows in no order have none", () => {
  const group = (index: number): { rows: number; bytes: number; smallest: string; inOrder: boolean } => ({
    rows: 100_000,
    bytes: 20_000_000,
    smallest: String(index),
    inOrder: true,
  });
  const groups = Array.from({ length: 10 }, (_, index) => group(index));
  const plan = (memoryMegabytes: number, current = groups): string[] | null =>
    planRanges({ groups: { reference: groups, current }, type: "int64", value: "v0", memoryMegabytes });
  expect(plan(2048)).toEqual(["v0 < '1'::BIGINT", "v0 >= '1'::BIGINT"]);
  expect(plan(128)).toHaveLength(10);
  expect(plan(128)?.[4]).toBe("v0 >= '4'::BIGINT AND v0 < '5'::BIGINT");
  expect(plan(2048, [...groups, { ...group(0), inOrder: false }])).toBeNull();
  expect(plan(2048, [])).toBeNull();
});

test("the chosen rung is the first that can answer, and says why", () => {
  const rows = { reference: 10, current: 2_000_000 };
  const facts = { sameDigest: null, rows, ranges: null, fewRows: 100_000 };
  expect([
    chooseRung({ ...facts, sameDigest: "stored" }).name,
    chooseRung({ ...facts, rows: { reference: 10, current: 10 }, ranges: 3 }).name,
    chooseRung({ ...facts, ranges: 3 }).name,
    chooseRung(facts).name,
  ]).toEqual(["digests", "full outer join", "key ranges", "row hashes"]);
  expect(chooseRung({ ...facts, ranges: 3 }).why).toBe("both sides lie in the order of the key: they were read in 3 ranges of it");
});

test("as many rows as are few are joined, one more on either side is not", () => {
  const nameOf = (reference: number, current: number): string =>
    chooseRung({ sameDigest: null, rows: { reference, current }, ranges: null, fewRows: 7 }).name;
  expect([nameOf(7, 7), nameOf(8, 7), nameOf(7, 8), nameOf(0, 0)]).toEqual([
    "full outer join",
    "row hashes",
    "row hashes",
    "full outer join",
  ]);
});
