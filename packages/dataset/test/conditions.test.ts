import { afterAll, beforeAll, expect, test } from "vitest";
import type { ComparedColumn } from "../src/compare/compared-columns.ts";
import { conditionFault, readExpected } from "../src/compare/expected/expected-rule.ts";
import type { CanonicalType, ExpectedDifference } from "../src/index.ts";
import { storageType } from "../src/types/storage-type.ts";
import { openWorkshop, type TableWorkshop } from "./support/table-workshop.ts";

let workshop: TableWorkshop;
beforeAll(async () => {
  workshop = await openWorkshop();
});
afterAll(() => workshop[Symbol.asyncDispose]());

const named = (types: Readonly<Record<string, CanonicalType>>): ComparedColumn[] =>
  Object.entries(types).map(([name, type]) => ({ name, type, reference: "", current: "", tolerance: undefined }));
const rule = (given: Partial<ExpectedDifference>): ExpectedDifference => ({ kinds: ["changed"], limit: 3, expired: false, ...given });
const table = named({ id: "int32", region: "text", amount: "int64", Total: "number", row_: "int32" });

async function conditionOf(where: string, columns = table) {
  const [read] = await readExpected(workshop.tables, { rules: [rule({ where })], columns, key: columns.slice(0, 1) });
  if (read?.where === undefined) throw new Error("no condition");
  return read.where;
}

/** What a condition says of one row, whose values are given in SQL for each of its columns, now and in the reference. */
async function saysOf(where: string, now: readonly string[], before: readonly string[], columns = table): Promise<string | null> {
  const { sql } = await conditionOf(where, columns);
  const cells = (letter: string, values: readonly string[]) =>
    columns.map(({ type }, at) => `(${values[at] ?? "NULL"})::${storageType(type)} AS ${letter}${at}`);
  const row = [...cells("c", now), ...cells("r", before)].join(", ");
  const [[said = null] = []] = await workshop.tables.query(
    `SELECT ${sql((column, side) => `${side === "current" ? "c" : "r"}${column}`)} FROM (SELECT ${row})`,
    "testing",
  );
  return said;
}

const now = ["1", "'EU'", "20", "'1.50'", "7"];
const before = ["1", "'US'", "10", "'2.50'", "8"];

test.each([
  ["true", "true", []],
  ["region = 'EU'", "true", [1]],
  ["reference.region = 'EU'", "false", [1]],
  ["reference.amount = 10", "true", [2]],
  ["amount = 2 * reference.amount and region <> reference.region", "true", [2, 1]],
  ["amount = 20 and amount + amount = 40 and Amount = AMOUNT", "true", [2]],
  ["REFERENCE.amount + Reference.AMOUNT = 20", "true", [2]],
  ["total = 1.5 and reference.TOTAL - total = 1", "true", [3]],
  ["row_ = 7 and reference.row_ = 8 and id = 1", "true", [4, 0]],
  ["reference.row_ = 8", "true", [4]],
  ["amount > NULL", null, [2]],
  ["list_sum(list_transform([1, 2], lambda x: x + amount)) = 43 -- a comment", "true", [2]],
])("the condition %s says %s, and names the columns %j", async (where, said, places) => {
  expect(await saysOf(where, now, before)).toBe(said);
  expect((await conditionOf(where)).columns).toEqual(places);
});

test.each([
  ["a column that nobody has", "colour = 1", "it names colour, which is no column that is compared"],
  ["a column of something else than the reference", "other.amount = 1", "it names other.amount, which is no column that is compared"],
  ["a part of a column", "amount.region = 1", "it names amount.region, which is no column that is compared"],
  ["a part of a column of the reference", "reference.amount.x = 1", "it names reference.amount.x, which is no column that is compared"],
  ["a column of the reference that nobody has", "reference.colour = 1", "it names reference.colour, which is no column that is compared"],
  ["the reference as a column", "reference = 1", "it names reference, which is no column that is compared"],
  ["no truth", "amount + 1", "it is BIGINT, neither true nor false"],
  ["operands that do not fit", "amount + [region] = 1", "No function matches"],
  ["a function that does not fit", "list_sum(amount) = 1", "No function matches"],
  ["nothing", "", "syntax error"],
])("a condition with %s is refused", async (_, where, message) => {
  const refused = saysOf(where, now, before);
  await expect(refused).rejects.toMatchObject({ code: "CONFIG_INVALID", message: expect.stringContaining(message), got: where });
  await expect(refused).rejects.toMatchObject({ problem: { path: ["expected", "0", "where"] } });
});

const alike = named({ k: "int32", Ab: "int32", aB: "int32", b: "int32", reference: "int32" });

test.each([
  ["Ab = 1 and b = 3", "true"],
  ["aB = 2 and B = 3", "true"],
  ["Ab = 1 and reference.aB = 5", "true"],
  ["reference = 4 and K = 0", "true"],
])("of columns that differ in capitals only the exact name is meant: %s", async (where, said) => {
  expect(await saysOf(where, ["0", "1", "2", "3", "4"], ["0", "4", "5", "6", "7"], alike)).toBe(said);
});

test.each([
  ["ab = 1", "it names ab, which is no column that is compared"],
  ["b = 1 and Ab = 1 and aB = 2", "it names two columns that differ in capitals only: Ab"],
  ["reference.b = 1 and reference.Ab = 1 and reference.aB = 2", "it names two columns that differ in capitals only: Ab"],
  ["b = 1 and reference = 4 and reference.b = 1", "it names a column `reference` and columns of the reference"],
  ["Reference = 4 and reference.b = 1", "it names a column `reference` and columns of the reference"],
])("a condition that could mean two things is refused: %s", async (where, message) => {
  await expect(conditionOf(where, alike)).rejects.toMatchObject({ code: "CONFIG_INVALID", message: expect.stringContaining(message) });
});

test("a value that stops a condition is the fault of its rule; one that conditions cannot hold names its column", async () => {
  await expect(saysOf("total > 1", ["1", "''", "1", "'NaN'", "1"], before)).rejects.toThrow(
    'the column "Total" has a number that conditions cannot hold exactly: NaN',
  );
  const cause = new Error("stopped");
  expect((await conditionOf("total > 1")).failed(cause)).toMatchObject({
    code: "CONFIG_INVALID",
    message: "the condition of an expected difference cannot be used: stopped",
    cause,
    problem: { path: ["expected", "0", "where"] },
  });
  const placed = new Error("comparing /here/a with /there/b failed: Out of Range Error: too large");
  expect((await conditionOf("total > 1")).failed(placed).message).toBe(
    "the condition of an expected difference cannot be used: Out of Range Error: too large",
  );
});

test("rules are read in their order, their columns by their places; without columns they find nothing", async () => {
  const key = table.slice(0, 1);
  const rules = [rule({ columns: ["row_", "region"], kinds: ["added"] }), rule({ limit: 5, expired: true })];
  expect(await readExpected(workshop.tables, { rules, columns: table, key })).toEqual([
    { kinds: ["added"], limit: 3, expired: false, columns: [4, 1], where: undefined },
    { kinds: ["changed"], limit: 5, expired: true, columns: undefined, where: undefined },
  ]);
  expect(await readExpected(workshop.tables, { rules: [rule({ columns: ["id"] })], columns: key, key: [] })).toMatchObject([
    { kinds: ["changed"], columns: [0] },
  ]);
  expect(await readExpected(workshop.tables, { rules, columns: [], key: [] })).toEqual([
    { kinds: [], limit: 3, expired: false, columns: undefined, where: undefined },
    { kinds: [], limit: 5, expired: true, columns: undefined, where: undefined },
  ]);
});

test.each([
  ["id", 'the column "id" is of the key, which never changes'],
  ["Region", 'the column "Region" is not compared'],
])("the column %s is refused", async (name, message) => {
  const rules = [rule({}), rule({ columns: ["region", name] })];
  const key = named({ other: "int32" }).concat(table.slice(0, 1));
  await expect(readExpected(workshop.tables, { rules, columns: table, key })).rejects.toMatchObject({
    code: "CONFIG_INVALID",
    message: expect.stringContaining(message),
    problem: { path: ["expected", "1", "columns", "1"] },
  });
});

test("what speaks against a condition before there is data", async () => {
  expect(await conditionFault(workshop.tables, "anything = reference.else")).toBe(null);
  expect(await conditionFault(workshop.tables, "now() > a")).toContain("the function now cannot be part of it");
});
