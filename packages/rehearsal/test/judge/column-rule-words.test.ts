import { expect, test } from "vitest";
import { columnRuleWords } from "../../src/judge/column-rule-words.ts";

test("each rule of a column is told in words", () => {
  const rules = {
    transform: "lower(value)",
    trim: true,
    json: { ignorePaths: ["/a", "/b"] },
    unordered: true,
    tolerance: { abs: "0.01", rel: 1e-9, ulp: 4, timeUs: 1_500_000 },
  };
  expect(
    columnRuleWords({
      columns: { v: rules, w: { tolerance: { timeUs: 3_600_000_000 } }, x: {}, y: { tolerance: { timeUs: 60_000_000 } } },
    }),
  ).toEqual([
    { column: "v", rule: "transform lower(value)" },
    { column: "v", rule: "trim" },
    { column: "v", rule: "json without /a, /b" },
    { column: "v", rule: "unordered" },
    { column: "v", rule: "tolerance abs 0.01, rel 1e-9, ulp 4, time 1500ms" },
    { column: "w", rule: "tolerance time 1h" },
    { column: "y", rule: "tolerance time 1m" },
  ]);
});

const day = 86_400_000_000;

test.each([
  [1, "1us"],
  [2, "2us"],
  [999, "999us"],
  [1000, "1ms"],
  [1001, "1001us"],
  [2000, "2ms"],
  [999_000, "999ms"],
  [1_000_000, "1s"],
  [1_001_000, "1001ms"],
  [59_000_000, "59s"],
  [60_000_000, "1m"],
  [61_000_000, "61s"],
  [3_600_000_000, "1h"],
  [3_660_000_000, "61m"],
  [day, "1d"],
  [day + 3_600_000_000, "25h"],
  [7 * day, "7d"],
])("a tolerance of %d microseconds is told in its largest whole unit: %s", (timeUs, words) => {
  expect(columnRuleWords({ columns: { at: { tolerance: { timeUs } } } })).toEqual([{ column: "at", rule: `tolerance time ${words}` }]);
});

test("of a tolerance only the measures are told that the file names, in one order", () => {
  const columns = {
    a: { tolerance: { ulp: 2, abs: "0.5" } },
    b: { tolerance: { rel: 0.25 } },
    c: { tolerance: { timeUs: 5000, rel: 0.5 } },
  };
  expect(columnRuleWords({ columns })).toEqual([
    { column: "a", rule: "tolerance abs 0.5, ulp 2" },
    { column: "b", rule: "tolerance rel 0.25" },
    { column: "c", rule: "tolerance rel 0.5, time 5ms" },
  ]);
});

test("what the file switches off is no rule", () => {
  expect(columnRuleWords({ columns: { a: { trim: false }, b: { unordered: false }, c: {} } })).toEqual([]);
  expect(columnRuleWords({ columns: { a: { unordered: true, trim: true }, b: { transform: "value + 1" } } })).toEqual([
    { column: "a", rule: "trim" },
    { column: "a", rule: "unordered" },
    { column: "b", rule: "transform value + 1" },
  ]);
});
