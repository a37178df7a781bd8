import { expect, test } from "vitest";
import { floatFactors, floatSum, floatSums, floatTimes } from "../src/compare/causes/float-arithmetic.ts";
import type { CellPair } from "../src/compare/cell-pair.ts";
import { openWorkshop } from "./support/table-workshop.ts";

test.each([
  ["0.2", ["0.2"]],
  ["0.20000000000000018", ["0.2"]],
  ["-0.30000000000000004", ["-0.3"]],
  ["25", ["25"]],
  ["1234567.25", ["1234567"]],
  ["1000001", ["1000000"]],
  ["1000001.1", ["1000001"]],
  ["10.000009", ["10"]],
  ["-10.000009", ["-10"]],
  ["10.000011", ["10.00001"]],
  ["0.123456789012", ["0.1234568"]],
  ["0.50000051", ["0.500001"]],
  ["1024.0009765625", ["1024"]],
  ["0", []],
  ["Infinity", []],
  ["NaN", []],
])("near the middle difference %s lie the numbers of few digits %j", (median, sums) => {
  expect(floatSums(median)).toEqual(sums);
});

test.each<["float32" | "float64", string, string, string[]]>([
  ["float64", "10", "11.000000000000002", ["1.1"]],
  ["float64", "7.3", "-14.6", ["-2"]],
  ["float64", "8", "4", ["0.5"]],
  ["float64", "1000000000", "1234567891", ["1.234567891"]],
  ["float64", "10000000000", "12345678912", []],
  ["float64", "1", "3.0000000000000004", ["3"]],
  ["float64", "1", "3.000000000000001", []],
  ["float64", "2.0000000000000004", "4", ["2"]],
  ["float64", "3", "4", []],
  ["float64", "5", "5", []],
  ["float64", "5", "0", []],
  ["float64", "0", "5", []],
  ["float64", "0", "0", []],
  ["float64", "5", "Infinity", []],
  ["float32", "10", "11", ["1.1"]],
  ["float32", "1", "1.0000001", []],
  ["float32", "1", "3.0000002", ["3"]],
  ["float32", "1", "3.0000005", []],
  ["float32", "1000", "1234", ["1.234"]],
  ["float32", "10000", "12345", []],
])("the factor that makes of the %s %s the %s is %j", (type, reference, current, factors) => {
  expect(floatFactors(type, { reference, current })).toEqual(factors);
});

function pairOf(type: "float32" | "float64"): CellPair {
  const column = { name: "v", type, reference: "r", current: "c", tolerance: undefined };
  return { column, reference: "r", current: "c", changed: "true", toTolerance: null };
}

async function holds(condition: string, type: "FLOAT" | "DOUBLE", rows: readonly (readonly [string, string])[]): Promise<unknown[]> {
  await using workshop = await openWorkshop();
  const values = rows.map(([r, c]) => `('${r}'::${type}, '${c}'::${type})`);
  const found = await workshop.tables.query(
    `SELECT coalesce(${condition}, false) FROM (VALUES ${values.join(", ")}) AS t(r, c)`,
    "testing",
  );
  return found.map(([it]) => it);
}

test("a sum or a product of floats holds to one step of the type, and not for what is not finite", async () => {
  const sum = floatSum(pairOf("float64"), "0.2");
  expect(sum).toMatchObject({ operation: "plus", operand: "0.2", exact: sum.holds, vague: false });
  expect(
    await holds(sum.holds, "DOUBLE", [
      ["0.1", "0.30000000000000004"],
      ["0.1", "0.3"],
      ["0.1", "0.29999999999999993"],
      ["0.1", "0.3000000000000001"],
      ["Infinity", "Infinity"],
      ["1.7976931348623157e308", "1.7976931348623157e308"],
      ["1", "NaN"],
      ["1", "0.8"],
    ]),
  ).toEqual(["true", "true", "false", "true", "false", "true", "false", "false"]);
  const product = floatTimes(pairOf("float64"), "4");
  expect(product).toMatchObject({ operation: "times", operand: "4", exact: product.holds, vague: false });
  expect(
    await holds(product.holds, "DOUBLE", [
      ["0.5", "2"],
      ["0.5", "2.0000000000000004"],
      ["0.5", "2.000000000000001"],
      ["0.5", "4.5"],
      ["1e308", "Infinity"],
      ["1e308", "1"],
    ]),
  ).toEqual(["true", "true", "false", "false", "false", "false"]);
  const small = floatTimes(pairOf("float32"), "0.1");
  expect(
    await holds(small.holds, "FLOAT", [
      ["10", "1"],
      ["10", "1.0000001"],
      ["10", "1.0000002"],
      ["3e38", "3e37"],
    ]),
  ).toEqual(["true", "true", "false", "true"]);
});
