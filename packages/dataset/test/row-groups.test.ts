import { afterAll, beforeAll, expect, test } from "vitest";
import { rowGroupsOf } from "../src/compare/rungs/row-groups.ts";
import type { CanonicalType, Relation } from "../src/index.ts";
import { storageType } from "../src/types/storage-type.ts";
import { openWorkshop, type TableWorkshop } from "./support/table-workshop.ts";

let workshop: TableWorkshop;
beforeAll(async () => {
  workshop = await openWorkshop();
});
afterAll(() => workshop[Symbol.asyncDispose]());

/** As few rows as a part of a file may have. */
const part = 2048;
const none: Relation = { title: "none", columns: [], key: [], rows: 0, from: "none", values: [] };

/** What a file says of its parts, whose rows are made from the number `i` of the row and `part`, that of its part. */
async function parts(
  value: string,
  { type = "int64", count = 3, read = "c1", known = true }: { type?: CanonicalType; count?: number; read?: string; known?: boolean } = {},
) {
  const file = workshop.path("parts.parquet");
  const select = `SELECT 'x' || (i * 7919 % 100) AS c0, (${value})::${storageType(type)} AS c1 FROM (SELECT i, i // ${part} AS part FROM range(${count * part}) AS r(i)) ORDER BY i`;
  await workshop.tables.writeFile({ select, file, form: `FORMAT parquet, ROW_GROUP_SIZE ${part}`, doing: "testing" });
  const side = { ...none, ...(known ? { parquet: file } : {}) };
  const column = { name: "c", type, reference: "c9", current: read, tolerance: undefined };
  return await rowGroupsOf({ tables: workshop.tables, reference: none, current: side }, { side: "current", column });
}

const order = async (value: string, count?: number) =>
  (await parts(value, count === undefined ? {} : { count })).map(({ inOrder }) => inOrder);

test("each part says how many rows it has, which value is its smallest, and that it lies in order, the first one too", async () => {
  const bytes = expect.any(Number);
  expect(await parts("i + 5")).toEqual([
    { rows: 2048, bytes, smallest: "5", inOrder: true },
    { rows: 2048, bytes, smallest: "2053", inOrder: true },
    { rows: 2048, bytes, smallest: "4101", inOrder: true },
  ]);
  const [first] = await parts("i + 5");
  expect(first?.bytes).toBeGreaterThan(2048);
  expect((await parts("i", { count: 12 })).map(({ smallest }) => smallest)).toEqual(
    Array.from({ length: 12 }, (_, index) => String(index * part)),
  );
});

test("parts of one value, and those that begin where the one before ends, lie in order", async () => {
  expect(await order("5")).toEqual([true, true, true]);
  expect(await order(`i // ${part - 1}`)).toEqual([true, true, true]);
});

test("a part that begins before the end of the one before does not lie in order", async () => {
  expect(await order("CASE WHEN part = 1 THEN -i ELSE i END")).toEqual([true, false, true]);
  expect(await order(`i - CASE WHEN part = 2 THEN ${part} + 7 ELSE 0 END`)).toEqual([true, true, false]);
  expect(await order(`i % ${part} + part`)).toEqual([true, false, false]);
  expect(await order("-i", 5)).toEqual([true, false, false, false, false]);
});

test("a part without a value says nothing of its order, nor does the one behind it", async () => {
  expect(await parts("CASE WHEN part <> 1 THEN i END")).toMatchObject([
    { smallest: "0", inOrder: true },
    { smallest: null, inOrder: false },
    { smallest: "4096", inOrder: false },
  ]);
  expect(await order("CASE WHEN part <> 0 THEN i END")).toEqual([false, false, true]);
});

test("what no file says, or what is worked out before it is compared, has no parts", async () => {
  expect(await parts("i", { known: false })).toEqual([]);
  expect(await parts("i", { read: "trim(c1)" })).toEqual([]);
  expect(await parts("i", { read: "abs(c1)" })).toEqual([]);
});

test.each<[CanonicalType, string, number]>([
  ["int64", "i", 3],
  ["decimal(9,2)", "i", 3],
  ["text", "lpad(i::VARCHAR, 9, '0')", 3],
  ["date", "DATE '2020-01-01' + i::INTEGER", 3],
  ["timestamp", "TIMESTAMP '2020-01-01' + to_seconds(i)", 3],
  ["timestamptz", "TIMESTAMPTZ '2020-01-01 00:00:00+00' + to_seconds(i)", 3],
  ["float64", "i", 0],
  ["time", "TIME '00:00:00' + to_seconds(i)", 0],
  ["boolean", "i > 7", 0],
])("a column of the type %s that is %s has %d parts in order", async (type, value, count) => {
  const found = await parts(value, { type });
  expect(found.map(({ inOrder }) => inOrder)).toEqual(Array<boolean>(count).fill(true));
});
