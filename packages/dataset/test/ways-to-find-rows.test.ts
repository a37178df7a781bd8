import { afterAll, beforeAll, expect, test } from "vitest";
import { differingRowsByFullJoin } from "../src/compare/differing-rows.ts";
import type { KeyedRows } from "../src/compare/keyed-rows.ts";
import { differingRowsByHash } from "../src/compare/rungs/differing-rows-by-hash.ts";
import { differingRowsByRange } from "../src/compare/rungs/differing-rows-by-range.ts";
import { findDifferingRows } from "../src/compare/rungs/find-differing-rows.ts";
import { rangesHold } from "../src/compare/rungs/ranges-hold.ts";
import type { KeptRows } from "../src/tables/keep-rows.ts";
import { plainColumns, sideOf, type Rows } from "./support/listed-side.ts";
import { openWorkshop, type TableWorkshop } from "./support/table-workshop.ts";

let workshop: TableWorkshop;
beforeAll(async () => {
  workshop = await openWorkshop();
});
afterAll(() => workshop[Symbol.asyncDispose]());

const types = { v: "text", k: "int32", l: "text", w: "float64" } as const;
const columns = plainColumns(types);

function keyed(reference: Rows, current: Rows, fewRows = 0): KeyedRows {
  return {
    tables: workshop.tables,
    reference: sideOf(types, reference),
    current: sideOf(types, current),
    columns,
    key: columns.slice(1, 3),
    expected: [],
    examples: 10,
    fewRows,
  };
}

const before: Rows = [
  ["same", "1", "x", "1"],
  ["same", "1", "y", "2"],
  ["same", "2", "x", null],
  ["old", "2", "y", "4"],
  [null, "3", "x", null],
  ["gone", "4", "y", "6"],
  ["same", "5", "x", "0"],
  [null, "6", "x", "8"],
];
const now: Rows = [
  ...before.slice(0, 3),
  ["new", "2", "y", "4"],
  [null, "3", "y", null],
  ["came", "7", "y", "6"],
  ["same", "5", "x", "-0"],
  ["now", "6", "x", "8"],
];

async function found(kept: KeptRows): Promise<(string | null)[][]> {
  await using rows = kept;
  const cells = [0, 1, 2, 3].map((at) => `r${at}, c${at}`);
  return await workshop.tables.query(
    `SELECT in_reference, in_current, ${cells.join(", ")} FROM ${rows.from} ORDER BY coalesce(r1, c1), coalesce(r2, c2)`,
    "testing",
  );
}

const differing = [
  ["true", "true", "old", "new", "2", "2", "y", "y", "4.0", "4.0"],
  ["true", "false", null, null, "3", null, "x", null, null, null],
  ["false", "true", null, null, null, "3", null, "y", null, null],
  ["true", "false", "gone", null, "4", null, "y", null, "6.0", null],
  ["true", "true", "same", "same", "5", "5", "x", "x", "0.0", "-0.0"],
  ["true", "true", null, "now", "6", "6", "x", "x", "8.0", "8.0"],
  ["false", "true", null, "came", null, "7", null, "y", null, "6.0"],
];

test("a full join, hashes and ranges find the same rows, those of nothing but NULLs beside their key among them", async () => {
  const rows = keyed(before, now);
  expect(await found(await differingRowsByFullJoin(rows))).toEqual(differing);
  expect(await found(await differingRowsByHash(rows))).toEqual(differing);
  const byRange = await differingRowsByRange(rows, ["v1 < 3", "v1 >= 3"]);
  expect(await found(byRange.differing)).toEqual(differing);
  expect(byRange.equal).toBe(0);
});

test("a range is digested only after one without a difference, and joined where its digests differ", async () => {
  const ranges = ["v1 = 1", "v1 = 2", "v1 BETWEEN 3 AND 5", "v1 = 6"];
  const edited = (...keys: string[]) => before.map(([v = null, ...rest]) => [keys.includes(rest[0] ?? "") ? "edited" : v, ...rest]);
  const equalIn = async (...keys: string[]) => {
    const { differing: kept, equal } = await differingRowsByRange(keyed(before, edited(...keys)), ranges);
    return [equal, (await found(kept)).length];
  };
  expect(await equalIn()).toEqual([3, 0]);
  expect(await equalIn("1")).toEqual([2, 2]);
  expect(await equalIn("2")).toEqual([1, 2]);
  expect(await equalIn("4")).toEqual([1, 1]);
  expect(await equalIn("6")).toEqual([2, 1]);
  expect(await equalIn("2", "6")).toEqual([0, 3]);
});

test("rows are found in the first way that can be gone, and it is said how many ranges had one digest", async () => {
  const planned = { ranges: ["v1 < 2", "v1 = 2", "v1 > 2 AND v1 < 5", "v1 >= 5"], column: columns[1] ?? never() };
  const way = async (current: Rows, { fewRows = 0, ranges = true, same = false } = {}) => {
    const sides = keyed(before, current, fewRows);
    const { differing: kept, rung } = await findDifferingRows(sides, {
      sameDigest: same ? "made" : null,
      planned: ranges ? planned : null,
    });
    return [rung.name, rung.why.replace(/^.*; /, ""), (await found(kept)).length];
  };
  const edited = (key: string) => before.map(([v = null, k = null, ...rest]) => [k === key ? "edited" : v, k, ...rest]);
  expect(await way(now)).toEqual(["key ranges", "all of them were joined", 7]);
  expect(await way(edited("1"))).toEqual(["key ranges", "2 had the same digest on both sides, the others were joined", 2]);
  expect(await way(edited("2"))).toEqual(["key ranges", "1 had the same digest on both sides, the others were joined", 2]);
  expect(await way(now, { fewRows: 8 })).toEqual(["full outer join", expect.stringContaining("no side has more than 8 rows"), 7]);
  expect(await way(now, { fewRows: 7 })).toMatchObject(["key ranges", "all of them were joined", 7]);
  expect(await way(now, { ranges: false })).toMatchObject(["row hashes", expect.stringContaining("hashes of rows"), 7]);
  expect(await way(before, { same: true })).toEqual(["digests", "both sides were read, and have one digest", 0]);
});

test("rows of which the ranges leave some out, or count them twice, are found by their hashes", async () => {
  const column = columns[1] ?? never();
  for (const ranges of [
    ["v1 < 3", "v1 > 3"],
    ["v1 <= 3", "v1 >= 3"],
  ]) {
    const { differing: kept, rung } = await findDifferingRows(keyed(before, now), { sameDigest: null, planned: { ranges, column } });
    expect([rung.name, await found(kept)]).toEqual(["row hashes", differing]);
  }
});

test("ranges hold where every row of both sides lies in one of them, also in one without rows", async () => {
  const holds = (ranges: readonly string[], sides = keyed(before, now)) => rangesHold(sides, { ranges, column: columns[1] ?? never() });
  expect(await holds(["v1 < 2", "v1 >= 2 AND v1 < 4", "v1 >= 4 AND v1 < 100", "v1 >= 100"])).toBe(true);
  expect(await holds(["true"])).toBe(true);
  expect(await holds(["v1 < 7"])).toBe(false);
  expect(await holds(["v1 < 7"], keyed(before, before))).toBe(true);
  expect(await holds(["v1 <> 4"], keyed(before, now))).toBe(false);
  expect(await holds(["v1 <> 7"], keyed(before, now))).toBe(false);
});

test("ranges do not hold where a key has a NUL, or is read in one that it does not lie in", async () => {
  const side = (...keys: string[]) => ({
    ...sideOf({ k: "text" }, []),
    rows: keys.length,
    from: `(VALUES ${keys.map((key) => `(${key})`).join(", ")}) AS t(c0)`,
  });
  const holds = async (type: "text" | "int32", ranges: readonly string[], keys: readonly string[]) => {
    const [column = never()] = plainColumns({ k: type });
    const sides = { ...keyed([], []), reference: side(...keys), current: side(...keys), columns: [column], key: [column] };
    return await rangesHold(sides, { ranges, column });
  };
  expect(await holds("text", ["v0 < 'm'", "v0 >= 'm'"], ["'a'", "'b'", "'x'"])).toBe(true);
  expect(await holds("text", ["v0 < 'm'", "v0 >= 'm'"], ["chr(0)", "'b'", "'x'"])).toBe(false);
  expect(await holds("text", ["v0 < 'm'", "v0 >= 'm'"], ["'a'", "'x'", "'y' || chr(0)"])).toBe(false);
  // As text the key 10 is read in the first range; as the number that it is it lies in the second.
  expect(await holds("int32", ["v0 < '5'", "v0 >= '5'"], ["'10'", "'7'"])).toBe(false);
  expect(await holds("int32", ["v0 < '5'", "v0 >= '5'"], ["'4'", "'7'"])).toBe(true);
});

function never(): never {
  throw new Error("a column is missing");
}
