import { afterAll, beforeAll, expect, test } from "vitest";
import { findKeyProblems } from "../src/compare/key-problems.ts";
import type { Relation } from "../src/index.ts";
import { plainColumns, sideOf, type Rows } from "./support/listed-side.ts";
import { openWorkshop, type TableWorkshop } from "./support/table-workshop.ts";

let workshop: TableWorkshop;
beforeAll(async () => {
  workshop = await openWorkshop();
});
afterAll(() => workshop[Symbol.asyncDispose]());

const types = { a: "int32", b: "text" } as const;
const both = plainColumns(types);
const one = both.slice(0, 1);

async function problems(reference: Rows, current: Rows, { key = one, same = false, fewRows = 100, unread = false } = {}) {
  const before: Relation = { ...sideOf(types, reference), ...(unread ? { from: "a_table_that_there_is_not" } : {}) };
  const found = await findKeyProblems({ tables: workshop.tables, reference: before, current: sideOf(types, current), same, fewRows }, key);
  return found.map(({ side, problem, rows }) => `${side}: ${rows} ${problem}`);
}

const plain: Rows = [
  ["1", "x"],
  ["2", "x"],
  ["3", "y"],
];
const twice: Rows = [...plain, ["1", "y"]];
const most: Rows = [...twice, ["3", "y"], ["3", "y"], [null, "z"]];

test("rows that share their key with others are counted, all of them, and so are those whose key is NULL", async () => {
  expect(await problems(plain, plain)).toEqual([]);
  expect(await problems(twice, plain)).toEqual(["reference: 2 duplicate"]);
  expect(await problems(plain, twice)).toEqual(["current: 2 duplicate"]);
  expect(await problems(plain, [...plain, [null, "x"]])).toEqual(["current: 1 null"]);
  expect(await problems(most, twice)).toEqual(["reference: 5 duplicate", "reference: 1 null", "current: 2 duplicate"]);
  expect(await problems([], [[null, "x"]])).toEqual(["current: 1 null"]);
});

test("a key of more than one column is NULL where one of them is, and is shared where all of them are", async () => {
  const nulls: Rows = [...plain, [null, "x"], [null, "x"], ["1", null], [null, null]];
  expect(await problems(twice, nulls, { key: both })).toEqual(["current: 4 null"]);
  expect(await problems([...twice, ["1", "y"]], plain, { key: both })).toEqual(["reference: 2 duplicate"]);
});

test("without a key there are none", async () => {
  expect(await problems(most, most, { key: [] })).toEqual([]);
});

test("where both sides are the same only the current one is read, and tells of both", async () => {
  const same = { same: true, unread: true };
  expect(await problems([], most, same)).toEqual([
    "reference: 5 duplicate",
    "reference: 1 null",
    "current: 5 duplicate",
    "current: 1 null",
  ]);
  expect(await problems([], plain, same)).toEqual([]);
});

test("a side of many rows whose key is seen to be unique is not counted, the other one is", async () => {
  for (const fewRows of [0, 3, 4]) {
    expect(await problems(plain, plain, { fewRows })).toEqual([]);
    expect(await problems(twice, plain, { fewRows })).toEqual(["reference: 2 duplicate"]);
    expect(await problems(plain, twice, { fewRows })).toEqual(["current: 2 duplicate"]);
    expect(await problems(twice, twice, { fewRows })).toEqual(["reference: 2 duplicate", "current: 2 duplicate"]);
  }
});
