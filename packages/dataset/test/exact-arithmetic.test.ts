import { expect, test } from "vitest";
import { exactFactors, exactSums, exactTimes } from "../src/compare/causes/exact-arithmetic.ts";
import type { CellPair } from "../src/compare/cell-pair.ts";
import type { CanonicalType } from "../src/index.ts";
import { storageType } from "../src/types/storage-type.ts";
import { openWorkshop } from "./support/table-workshop.ts";

const nines = (digits: number): string => "9".repeat(digits);

test.each<{
  title: string;
  type?: CanonicalType;
  reference: string;
  current: string;
  factor: [units: bigint, scale: number];
  vague: boolean;
}>([
  { title: "a whole number", reference: "25", current: "50", factor: [2n, 0], vague: false },
  { title: "one that many would fit", reference: "1", current: "7", factor: [7n, 0], vague: true },
  { title: "a whole number that many would fit, nearly", reference: "20", current: "40", factor: [2n, 0], vague: false },
  { title: "a whole number that many would fit", reference: "19", current: "38", factor: [2n, 0], vague: true },
  { title: "one digit after the point", reference: "1000", current: "1100", factor: [11n, 1], vague: false },
  { title: "two digits after the point", reference: "100000", current: "125000", factor: [125n, 2], vague: false },
  { title: "a negative one", reference: "1000", current: "-1100", factor: [-11n, 1], vague: false },
  { title: "of a negative number", reference: "-1000", current: "1100", factor: [-11n, 1], vague: false },
  { title: "of two negative numbers", reference: "-1000", current: "-300", factor: [3n, 1], vague: false },
  { title: "the middle one of several", reference: "3", current: "5", factor: [16n, 1], vague: true },
  { title: "the very middle one of several", reference: "2", current: "3", factor: [15n, 1], vague: true },
  { title: "the middle one of several negative ones, below it", reference: "-3", current: "5", factor: [-17n, 1], vague: true },
  { title: "the only one of so many digits, above the middle", reference: "12", current: "22", factor: [18n, 1], vague: true },
  { title: "with room for rounding up", reference: "5", current: "8", factor: [16n, 1], vague: true },
  { title: "with room for rounding down", reference: "5", current: "7", factor: [14n, 1], vague: true },
  { title: "less than one", reference: "1000", current: "1", factor: [1n, 3], vague: true },
  {
    title: "eight digits, six of them after the point",
    reference: "1000000000",
    current: "12345678000",
    factor: [12345678n, 6],
    vague: false,
  },
  { title: "a negative one of eight digits", reference: "1000000000", current: "-12345678000", factor: [-12345678n, 6], vague: false },
  { title: "of decimals", type: "decimal(26,2)", reference: "10.00", current: "11.00", factor: [11n, 1], vague: false },
])(
  "the shortest factor between $reference and $current: $title",
  ({ type = "int64", reference, current, factor: [units, scale], vague }) => {
    expect(exactFactors(type, { reference, current })).toEqual([{ factor: { units, scale }, vague }]);
  },
);

test.each<{ title: string; type?: CanonicalType; reference: string; current: string }>([
  { title: "nothing is multiplied to 0", reference: "25", current: "0" },
  { title: "0 is multiplied to nothing", reference: "0", current: "25" },
  { title: "equal numbers", reference: "25", current: "25" },
  { title: "equal decimals", type: "decimal(26,2)", reference: "1.10", current: "1.10" },
  { title: "nine digits", reference: "1000000000", current: "123456789000" },
  { title: "seven digits after the point", reference: "10000000000", current: "10000001000" },
  { title: "decimals of 27 digits", type: "decimal(27,2)", reference: "10.00", current: "11.00" },
  { title: "numbers that are kept as text", type: "int128", reference: "10", current: "20" },
  { title: "a reference that is no number", reference: "NaN", current: "20" },
  { title: "a current value that is no number", reference: "10", current: "NaN" },
])("no factor is found: $title", ({ type = "int64", reference, current }) => {
  expect(exactFactors(type, { reference, current })).toEqual([]);
});

function pairOf(type: CanonicalType): CellPair {
  const column = { name: "v", type, reference: "r", current: "c", tolerance: undefined };
  return { column, reference: "r", current: "c", changed: "true", toTolerance: null };
}

test.each<[CanonicalType, string, number]>([
  ["int64", "25", 1],
  ["int64", "-25", 1],
  ["int64", "0.5", 0],
  ["int64", "NaN", 0],
  ["uint64", nines(20), 1],
  ["int128", "1", 0],
  ["decimal(10,3)", "-0.125", 1],
  ["decimal(10,3)", "0.1250", 0],
  ["decimal(37,0)", nines(37), 1],
  ["decimal(37,0)", nines(38), 0],
  ["decimal(37,2)", `${nines(35)}.5`, 1],
  ["decimal(37,2)", `${nines(36)}.5`, 0],
  ["decimal(38,2)", "1.00", 0],
])("a column of %s can have been added %s to: %d", (type, operand, found) => {
  expect(exactSums(pairOf(type), operand).map(({ operation, operand: of }) => [operation, of])).toEqual(
    found === 0 ? [] : [["plus", operand]],
  );
});

/** What a calculation says of each pair of cells. */
async function saidOf(type: CanonicalType, rows: readonly (readonly [string, string])[], conditions: readonly string[]) {
  await using workshop = await openWorkshop();
  const values = rows.map(([r, c]) => `('${r}'::${storageType(type)}, '${c}'::${storageType(type)})`);
  return await workshop.tables.query(`SELECT ${conditions.join(", ")} FROM (VALUES ${values.join(", ")}) AS t(r, c)`, "testing");
}

test("a sum holds where the current value is larger by just that, whatever the size of the numbers", async () => {
  const sums = (type: CanonicalType, operand: string) => exactSums(pairOf(type), operand).flatMap(({ holds, exact }) => [holds, exact]);
  const whole: [string, string][] = [
    ["1", "26"],
    ["26", "1"],
    ["-9223372036854775808", "9223372036854775807"],
    ["1", "27"],
  ];
  expect(await saidOf("int64", whole, sums("int64", "25"))).toEqual([
    ["true", "true"],
    ["false", "false"],
    ["false", "false"],
    ["false", "false"],
  ]);
  const cents: [string, string][] = [
    ["0.125", "0.000"],
    ["0.000", "0.125"],
    ["9999999.999", "9999999.874"],
    ["-9999999.999", "9999999.999"],
  ];
  expect(await saidOf("decimal(10,3)", cents, sums("decimal(10,3)", "-0.125"))).toEqual([
    ["true", "true"],
    ["false", "false"],
    ["true", "true"],
    ["false", "false"],
  ]);
});

test("a product holds to half of the smallest unit, and exactly where nothing was rounded", async () => {
  const times = (type: CanonicalType, units: bigint, scale: number) => {
    const { operation, operand, holds, exact, vague } = exactTimes(pairOf(type), { factor: { units, scale }, vague: true });
    expect({ operation, vague }).toEqual({ operation: "times", vague: true });
    return { operand, conditions: [holds, exact] };
  };
  const byHalf = times("int64", -15n, 1);
  expect(byHalf.operand).toBe("-1.5");
  const whole: [string, string][] = [
    ["2", "-3"],
    ["3", "-4"],
    ["3", "-5"],
    ["3", "-6"],
    ["2", "3"],
    ["9223372036854775807", "-1"],
  ];
  expect(await saidOf("int64", whole, byHalf.conditions)).toEqual([
    ["true", "true"],
    ["true", "false"],
    ["true", "false"],
    ["false", "false"],
    ["false", "false"],
    ["false", "false"],
  ]);
  const cents: [string, string][] = [
    ["10.00", "11.00"],
    ["0.05", "0.06"],
    ["0.05", "0.05"],
    ["-0.15", "-0.17"],
    ["0.05", "0.07"],
  ];
  expect(await saidOf("decimal(12,2)", cents, times("decimal(12,2)", 11n, 1).conditions)).toEqual([
    ["true", "true"],
    ["true", "false"],
    ["true", "false"],
    ["true", "false"],
    ["false", "false"],
  ]);
});
