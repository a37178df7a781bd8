import { afterAll, beforeAll, expect, test } from "vitest";
import { provablyUnique } from "../src/compare/rungs/provably-unique.ts";
import type { CanonicalType, Relation } from "../src/index.ts";
import { storageType } from "../src/types/storage-type.ts";
import { openWorkshop, type TableWorkshop } from "./support/table-workshop.ts";

let workshop: TableWorkshop;
beforeAll(async () => {
  workshop = await openWorkshop();
});
afterAll(() => workshop[Symbol.asyncDispose]());

/** Whether the keys of one side are seen to be unique, where up to `fewRows` rows are not looked at; the other side has none. */
async function seen(
  keys: readonly (string | null)[],
  { type = "int64", fewRows = 0, width = 1 }: { type?: CanonicalType; fewRows?: number; width?: number } = {},
) {
  const list = keys.map((key) => `(${key === null ? "NULL" : `'${key}'`}::${storageType(type)})`);
  const relation = (rows: number, from: string): Relation => ({ title: "a side", columns: [], key: [], rows, from, values: [] });
  const sides = {
    tables: workshop.tables,
    reference: relation(keys.length, `(VALUES ${list.join(", ")}) AS t(k)`),
    current: relation(0, "range(0) AS t(k)"),
    fewRows,
  };
  const column = { name: "k", type, reference: "k", current: "k", tolerance: undefined };
  return await provablyUnique(sides, { side: "reference", key: Array<typeof column>(width).fill(column) });
}

test("different whole numbers are seen to be unique, twice the same or a NULL is not", async () => {
  expect(await seen(["3", "1", "2"])).toBe(true);
  expect(await seen(["-3", "1", "-2"])).toBe(true);
  expect(await seen(["3", "1", "3"])).toBe(false);
  expect(await seen(["3", null, "2"])).toBe(false);
  expect(await seen([null, null])).toBe(false);
});

test("up to 32 times as many values as rows may lie between the smallest and the largest", async () => {
  expect(await seen(["0", "63"])).toBe(true);
  expect(await seen(["0", "64"])).toBe(false);
  expect(await seen(["10", "50", "105"])).toBe(true);
  expect(await seen(["10", "50", "106"])).toBe(false);
});

test("few rows, more than one column and what is no whole number of 64 bits are not looked at", async () => {
  expect(await seen(["1", "2", "3"], { fewRows: 3 })).toBe(false);
  expect(await seen(["1", "2", "3"], { fewRows: 2 })).toBe(true);
  expect(await seen(["1", "2"], { width: 2 })).toBe(false);
  expect(await seen(["1", "2"], { width: 0 })).toBe(false);
  for (const type of ["text", "float64", "int128", "decimal(9,0)", "number"] as const) expect(await seen(["1", "2"], { type })).toBe(false);
});

test("numbers up to 2^63 - 1 are seen, larger ones are not", async () => {
  expect(await seen(["9223372036854775806", "9223372036854775807"], { type: "uint64" })).toBe(true);
  expect(await seen(["9223372036854775807", "9223372036854775808"], { type: "uint64" })).toBe(false);
  expect(await seen(["-9223372036854775808", "-9223372036854775807"])).toBe(true);
  expect(await seen(["-9223372036854775808", "9223372036854775807"])).toBe(false);
});
