import { describe, expect, test } from "vitest";
import { expectationChecks, expectedDetail, expectedRules } from "../../src/judge/expected-differences.ts";
import { detailOf } from "../../src/judge/judge-dataset.ts";
import type { Check } from "../../src/model/report.ts";
import { check, comparison, expectedRule, writes } from "./support/facts.ts";

const today = "2027-01-31";

test("a rule holds through its last day, and the comparison is told so", () => {
  const config = writes("core.orders", {
    expected: [
      expectedRule({ expires: "2027-01-30", limit: 2 }),
      expectedRule({ expires: today, columns: ["amount"], where: { sql: "id > 3", position: { line: 41, column: 7 } } }),
      expectedRule({ expires: "2027-02-01", kinds: ["added", "removed"], limit: 7 }),
    ],
  });
  expect(expectedRules(config, { faults: [], today })).toEqual([
    { columns: undefined, where: undefined, kinds: ["changed"], limit: 2, expired: true },
    { columns: ["amount"], where: "id > 3", kinds: ["changed"], limit: 3, expired: false },
    { columns: undefined, where: undefined, kinds: ["added", "removed"], limit: 7, expired: false },
  ]);
});

describe("a rule is at fault", () => {
  const past = "2027-01-30";
  test.each([
    ["where it matches no row", 0, today, "it matches no row"],
    ["not where it matches one", 1, today, ""],
    ["not where it matches as many rows as its limit", 3, today, ""],
    ["where it matches more than its limit", 4, today, "it matches 4 rows, and its limit is 3"],
    ["where it has expired", 2, past, "it expired on 2027-01-30, and matches 2 rows"],
    ["where it has expired, of one row", 1, past, "it expired on 2027-01-30, and matches 1 row"],
    ["where it has expired, of no row", 0, past, "it expired on 2027-01-30, and matches 0 rows"],
    ["where it has expired, of too many rows", 9, past, "it expired on 2027-01-30, and matches 9 rows"],
  ])("%s", (_, matched, expires, fault) => {
    const config = writes("core.orders", { expected: [expectedRule({ expires })] });
    const found = comparison({ expected: { matched: [matched], unexpected: 0 } });
    expect(expectedDetail({ config, comparison: found, faults: [], today })).toEqual([
      { reason: "new prices", owner: "ann", expires, columns: null, where: null, kinds: ["changed"], limit: 3, matched, fault, line: 40 },
    ]);
  });
});

test("the report says what a rule covers, as the file does", () => {
  const where = { sql: "id > 3", position: { line: 41, column: 7 } };
  const config = writes("core.orders", { expected: [expectedRule({ columns: ["amount"], where }), expectedRule({ kinds: ["added"] })] });
  const found = comparison({ expected: { matched: [1, 1], unexpected: 0 } });
  expect(
    expectedDetail({ config, comparison: found, faults: [], today }).map(({ columns, where: sql, kinds }) => [columns, sql, kinds]),
  ).toEqual([
    [["amount"], "id > 3", ["changed"]],
    [null, null, ["added"]],
  ]);
});

test("each rule has its own count, and one that nothing was counted of matched no row", () => {
  const config = writes("core.orders", { expected: [expectedRule({ limit: 1 }), expectedRule({ limit: 1 }), expectedRule()] });
  const found = comparison({ expected: { matched: [2, 1], unexpected: 0 } });
  expect(expectedDetail({ config, comparison: found, faults: [], today }).map(({ matched, fault }) => [matched, fault])).toEqual([
    [2, "it matches 2 rows, and its limit is 1"],
    [1, ""],
    [0, "it matches no row"],
  ]);
});

test("a rule that matches no row of a sample may match another, but its limit and its day count", () => {
  const config = writes("core.orders", {
    expected: [expectedRule(), expectedRule({ limit: 1 }), expectedRule({ expires: "2027-01-30" })],
  });
  const found = comparison({ sampled: { percent: 10, rows: 5 }, expected: { matched: [0, 2, 1], unexpected: 0 } });
  expect(expectedDetail({ config, comparison: found, faults: [], today }).map(({ fault }) => fault)).toEqual([
    "",
    "it matches 2 rows, and its limit is 1",
    "it expired on 2027-01-30, and matches 1 row",
  ]);
});

test("each rule at fault is a check at its line of the file, after the one of its dataset", () => {
  const covers = { columns: null, where: null, kinds: ["changed" as const] };
  const rule = { reason: "new prices", owner: "ann", expires: today, limit: 3, ...covers };
  const detail: Check["detail"] = {
    ...detailOf(comparison(), { columns: {} }),
    expected: [
      { ...rule, matched: 0, fault: "it matches no row", line: 40 },
      { ...rule, matched: 2, fault: "", line: 44 },
      { ...rule, owner: "bob", matched: 4, fault: "it matches too many", line: 48 },
    ],
  };
  const base = { name: "new prices", kind: "expect", stage: "load", verdict: "different", counts: null } as const;
  const found = { kind: "expect", dataset: "core.orders", limit: 3, expires: today } as const;
  expect(expectationChecks(check({ stage: "load", name: "core.orders", detail }), [])).toEqual([
    {
      ...base,
      reason: "it matches no row",
      hint: "take it out of checks.expect",
      line: 40,
      detail: { ...found, owner: "ann", matched: 0 },
    },
    {
      ...base,
      reason: "it matches too many",
      hint: "ask bob, or accept what differs",
      line: 48,
      detail: { ...found, owner: "bob", matched: 4 },
    },
  ]);
});

test("a check without a comparison has no rules at fault", () => {
  const moved = { kind: "writes", rows: { before: 1, after: 2 } } as const;
  expect(expectationChecks(check({ stage: "load", name: "core.orders" }), [])).toEqual([]);
  expect(expectationChecks(check({ stage: "load", name: "core.orders", kind: "writes", detail: moved }), [])).toEqual([]);
});

test("one that cannot be followed covers nothing and says why, whatever else there is to say of it", () => {
  const config = writes("core.orders", { expected: [expectedRule(), expectedRule({ columns: ["amuont"], expires: "2027-01-30" })] });
  const problem = { message: "the column is not compared", expected: "", got: "", hint: "" };
  const faults = [{ ...problem, path: ["expected", "1", "columns", "0"] }];
  expect(expectedRules(config, { faults, today })).toMatchObject([
    { kinds: ["changed"], expired: false },
    { columns: undefined, where: undefined, kinds: [], expired: true },
  ]);
  const found = comparison({ expected: { matched: [1, 0], unexpected: 0 } });
  const expected = expectedDetail({ config, comparison: found, faults, today });
  expect(expected.map(({ fault }) => fault)).toEqual(["", "the column is not compared"]);
  const detail: Check["detail"] = { ...detailOf(comparison(), { columns: {} }), expected };
  expect(expectationChecks(check({ stage: "load", name: "core.orders", detail }), faults)).toMatchObject([
    { verdict: "different", reason: "the column is not compared", hint: "mend it, or take it out of checks.expect" },
  ]);
});

test("where the rows could not be compared with a key or a rule of their own, rules of expected differences cover nothing", () => {
  const config = writes("core.orders", { expected: [expectedRule()] });
  const found = comparison({ expected: { matched: [0], unexpected: 1 } });
  const problem = { message: "m", expected: "", got: "", hint: "" };
  for (const [fault, says] of [
    [{ ...problem, path: ["key"], lacks: "column" }, "the rows could not be compared with key"],
    [{ ...problem, path: ["columns", "amount", "transform"] }, "the rows could not be compared with columns.amount.transform"],
  ] as const) {
    expect(expectedRules(config, { faults: [fault], today })).toMatchObject([{ kinds: [], where: undefined }]);
    expect(expectedDetail({ config, comparison: found, faults: [fault], today })).toMatchObject([{ fault: says }]);
  }
  for (const path of [["ignore"], ["columns", "gone"]])
    expect(expectedRules(config, { faults: [{ ...problem, path, lacks: "column" }], today })).toMatchObject([{ kinds: ["changed"] }]);
});
