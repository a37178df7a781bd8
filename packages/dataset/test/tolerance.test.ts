import { afterAll, beforeAll, expect, test } from "vitest";
import { measuresOf, withinTolerance } from "../src/compare/tolerance.ts";
import type { CanonicalType, Cell, Tolerance } from "../src/index.ts";
import { fromText } from "../src/types/canonical-text.ts";
import { columnRuleCases } from "./support/column-rule-cases.ts";
import { openWorkshop, type TableWorkshop } from "./support/table-workshop.ts";

let workshop: TableWorkshop;
beforeAll(async () => {
  workshop = await openWorkshop();
});
afterAll(() => workshop[Symbol.asyncDispose]());

type Pairs = readonly (readonly [Cell, Cell])[];

/** Whether each pair of cells lies within a tolerance, asked in both directions. */
async function near(type: CanonicalType, tolerance: Tolerance, pairs: Pairs): Promise<boolean[]> {
  const text = (cell: Cell): string => (cell === null ? "NULL::VARCHAR" : `'${cell}'::VARCHAR`);
  const values = pairs.map(([a, b], at) => `(${at}, ${text(a)}, ${text(b)})`);
  const [a, b] = ["a", "b"].map((name) => fromText({ type, text: name, column: "v" }));
  const asked = [withinTolerance({ type, tolerance, values: ["a", "b"] }), withinTolerance({ type, tolerance, values: ["b", "a"] })];
  const found = await workshop.tables.query(
    `SELECT ${asked.join(", ")} FROM (SELECT place, ${a} AS a, ${b} AS b FROM (VALUES ${values.join(", ")}) AS t(place, a, b)) ORDER BY place`,
    "testing",
  );
  return found.map(([one, other]) => {
    expect(other).toBe(one);
    return one === "true";
  });
}

const cases = columnRuleCases.flatMap(({ title, type, rules: { tolerance, ...others }, near: within = [], different }) =>
  tolerance === undefined || Object.keys(others).length > 0 ? [] : [{ title, type, tolerance, within, different }],
);

test.each(cases)("$title", async ({ type, tolerance, within, different }) => {
  const all = [...within, ...different];
  expect(await near(type, tolerance, all)).toEqual(all.map((_, at) => at < within.length));
});

test.each<{ type: CanonicalType; tolerance: Tolerance; within: Pairs; beyond: Pairs }>([
  { type: "int64", tolerance: { abs: "1e40" }, within: [["-9223372036854775808", "9223372036854775807"]], beyond: [["1", null]] },
  { type: "decimal(20,2)", tolerance: { abs: "1e40" }, within: [["-999999999999999999.99", "999999999999999999.99"]], beyond: [] },
  { type: "decimal(10,2)", tolerance: { abs: "0.5" }, within: [["1.00", "1.50"]], beyond: [["1.00", "1.51"]] },
  { type: "decimal(10,2)", tolerance: { abs: "0.50" }, within: [["1.00", "1.50"]], beyond: [["1.00", "1.51"]] },
  { type: "decimal(10,2)", tolerance: { abs: "0.5099" }, within: [["1.00", "1.50"]], beyond: [["1.00", "1.51"]] },
  { type: "decimal(10,2)", tolerance: { abs: "2" }, within: [["1.00", "3.00"]], beyond: [["1.00", "3.01"]] },
  { type: "decimal(10,2)", tolerance: { rel: 0.1 }, within: [["90.00", "100.00"]], beyond: [["89.99", "100.00"]] },
  { type: "uint8", tolerance: { abs: "2" }, within: [["0", "2"]], beyond: [["0", "3"]] },
  { type: "uint8", tolerance: { rel: 0.25 }, within: [["3", "4"]], beyond: [["2", "4"]] },
  {
    type: "uint8",
    tolerance: { abs: "1", rel: 0.25 },
    within: [
      ["0", "1"],
      ["150", "200"],
    ],
    beyond: [["0", "2"]],
  },
  {
    type: "number",
    tolerance: { rel: 0.1 },
    within: [
      ["10", "11"],
      ["1e2", "110"],
      ["1e2", "1.1e2"],
    ],
    beyond: [
      ["10", "12"],
      ["1e2", "2e2"],
    ],
  },
  {
    type: "number",
    tolerance: { abs: "0.001" },
    within: [
      ["1", "1.001"],
      ["1e0", "1.0010"],
    ],
    beyond: [
      ["1", "2"],
      ["1", "1.0011"],
    ],
  },
  {
    type: "number",
    tolerance: { abs: "100" },
    within: [["1e2", "2e2"]],
    beyond: [
      ["1e2", "2.01e2"],
      ["1e2", "3e2"],
    ],
  },
  { type: "float64", tolerance: {}, within: [], beyond: [["1", "2"]] },
  { type: "decimal(10,2)", tolerance: {}, within: [], beyond: [["1.00", "2.00"]] },
  { type: "time", tolerance: {}, within: [["10:00:00.000000", "10:00:00.000000"]], beyond: [["10:00:00.000000", "10:00:00.000001"]] },
  {
    type: "timestamp",
    tolerance: { timeUs: 7n },
    within: [["2024-01-05 10:00:00.000000", "2024-01-05 10:00:00.000007"]],
    beyond: [["2024-01-05 10:00:00.000000", "2024-01-05 10:00:00.000008"]],
  },
  {
    type: "timestamptz_ns",
    tolerance: { timeUs: 2 },
    within: [["2024-01-05 10:00:00.000000001+00", "2024-01-05 10:00:00.000002001+00"]],
    beyond: [["2024-01-05 10:00:00.000000001+00", "2024-01-05 10:00:00.000002002+00"]],
  },
])("of $type within $tolerance lie $within, and $beyond do not", async ({ type, tolerance, within, beyond }) => {
  const all = [...within, ...beyond];
  expect(await near(type, tolerance, all)).toEqual(all.map((_, at) => at < within.length));
});

test("a tolerance that is no decimal is a mistake of ours", () => {
  expect(() => withinTolerance({ type: "int8", tolerance: { abs: "much" }, values: ["a", "b"] })).toThrow(
    "the tolerance much is no decimal number",
  );
});

test("numbers have amounts, floats steps too, moments times, and nothing else has a measure", () => {
  const types: CanonicalType[] = [
    "int8",
    "decimal(9,2)",
    "number",
    "float32",
    "date",
    "time_ns",
    "timestamp",
    "timestamptz",
    "text",
    "boolean",
  ];
  expect(types.map((type) => measuresOf(type).join(" "))).toEqual([
    "abs rel",
    "abs rel",
    "abs rel",
    "abs rel ulp",
    "timeUs",
    "timeUs",
    "timeUs",
    "timeUs",
    "",
    "",
  ]);
});
