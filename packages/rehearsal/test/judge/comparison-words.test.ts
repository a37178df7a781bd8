import { describe, expect, test } from "vitest";
import type { Comparison } from "@rehearse/dataset";
import { detailOf, reasonOf } from "../../src/judge/judge-dataset.ts";
import { comparison } from "./support/facts.ts";

describe("the reason of a comparison", () => {
  const missed = "the number of rows differs, though no row of the sample does";
  const opaque = [
    { column: "v", reason: "it is opaque" },
    { column: "w", reason: "its types cannot be compared" },
  ];
  const sample = (rows: number) => ({ percent: 10, rows });
  const grown: Partial<Comparison> = { verdict: "different", sampled: sample(2), rows: { reference: 5, current: 6 } };

  test.each<[string, Partial<Comparison>, string]>([
    ["is empty where its counts say it all", { verdict: "different", added: 1, rows: { reference: 5, current: 6 } }, ""],
    ["is empty where all rows were compared, though only their number differs", { ...grown, sampled: null }, ""],
    ["is empty where nothing differs", {}, ""],
    ["is empty where nothing of a sample differs", { sampled: sample(2) }, ""],
    ["is empty where what differs is expected", { verdict: "expected", changed: 1 }, ""],
    ["is empty where what differs of a sample is expected", { ...grown, verdict: "expected" }, ""],
    ["is what a sample did not see", grown, missed],
    ["is not that, where a row was added", { ...grown, added: 1 }, ""],
    ["is not that, where a row was removed", { ...grown, removed: 1 }, ""],
    ["is not that, where a row changed", { ...grown, changed: 1 }, ""],
    ["is not that, where as many were added as removed", { ...grown, added: 2, removed: 2 }, ""],
    ["is not that, where as many changed as were added", { ...grown, added: 1, changed: 1 }, ""],
    ["is not that, where there are as many rows", { ...grown, rows: { reference: 5, current: 5 } }, ""],
    ["is that no column is left", { verdict: "not compared" }, "every column is ignored"],
    ["is that no column is left of the sample", { verdict: "not compared", sampled: sample(1) }, "every column is ignored"],
    ["is that the sample is empty", { verdict: "not compared", sampled: sample(0) }, "no row is in the sample"],
    [
      "is each column that was not compared",
      { verdict: "not compared", notCompared: opaque },
      "v: it is opaque; w: its types cannot be compared",
    ],
    [
      "is each column that was not compared, of an empty sample too",
      { verdict: "not compared", notCompared: opaque.slice(0, 1), sampled: sample(0) },
      "v: it is opaque",
    ],
    ["is empty where columns were not compared but others differ", { verdict: "different", notCompared: opaque, changed: 1 }, ""],
  ])("%s", (_, given, reason) => {
    expect(reasonOf(comparison(given))).toBe(reason);
  });
});

test("all that a comparison found is in the detail of its check, which shares nothing with it", () => {
  const changed = [
    { key: ["1"], cells: [{ column: "v", reference: "1", current: "3", delta: "2" }] },
    { key: ["2"], cells: [{ column: "v", reference: null, current: "x", delta: null }] },
  ];
  const examples = {
    fields: ["id", "v"],
    changed,
    added: [
      ["8", "a"],
      ["9", null],
    ],
    removed: [
      ["7", "b"],
      ["6", "c"],
    ],
  };
  const found = {
    columns: [{ name: "v", changed: 2, toTolerance: 1, nullToValue: 1, valueToNull: 0, deltas: { min: "2", median: "2", max: "2" } }],
    causes: [{ kind: "value" as const, column: "region", value: "EU", rows: 2, of: 3 }],
    notCompared: [{ column: "w", reason: "it is opaque" }],
    ignored: ["at"],
    keyProblems: [{ side: "current" as const, problem: "null" as const, rows: 1 }],
    rung: { name: "key ranges", why: "both are sorted" },
    sampled: { percent: 5, rows: 7 },
    examples,
  };
  const schema = [
    { change: "added" as const, column: "n", type: "text" },
    { change: "type" as const, column: "m", reference: "int32", current: "int64" },
    { change: "key" as const, reference: ["id"], current: ["id", "n"] },
  ];
  const matching = { by: "multiset" as const, columns: ["id", "v"], reason: "there is no key" };
  const whole = comparison({ ...found, schema, matching, expected: { matched: [], unexpected: 4 } });
  const detail = detailOf(whole, { columns: { v: { trim: true } } });
  expect(detail).toEqual({ kind: "diff", ...found, schema, matching, rules: [{ column: "v", rule: "trim" }], unexpected: 4 });
  expect(detail.examples).not.toBe(whole.examples);
});

test("rows that were matched by a key have no reason", () => {
  expect(detailOf(comparison(), { columns: {} })).toEqual({
    kind: "diff",
    columns: [],
    causes: [],
    schema: [],
    notCompared: [],
    ignored: [],
    rules: [],
    unexpected: 0,
    matching: { by: "key", columns: ["id"], reason: null },
    keyProblems: [],
    rung: { name: "full outer join", why: "few rows" },
    sampled: null,
    examples: { fields: ["id", "v"], changed: [], added: [], removed: [] },
  });
});
