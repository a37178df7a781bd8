import { describe, expect, test } from "vitest";
import { readVerdicts, type ReadFacts } from "../../src/judge/read-verdicts.ts";
import type { Check } from "../../src/model/report.ts";
import { check, reads, runOf, scenario, seed, stage, stageFact, writes } from "./support/facts.ts";

const load = stage("load", { writes: [writes("core.orders")] });
const tidy = stage("tidy", { writes: [writes("core.log"), writes("core.orders")] });
const sum = stage("sum", { reads: [reads("core.orders")] });
const later = stage("later", { writes: [writes("core.orders")] });

interface Given {
  readonly now?: string;
  readonly accepted?: string;
  readonly written?: Check["verdict"];
}

/** What is said of the one table that `sum` reads, as `load` left it. */
function verdictOf({ now, accepted, written }: Given): string | undefined {
  const facts: ReadFacts = {
    scenario: scenario([load, sum]),
    run: runOf(now === undefined ? [] : [stageFact("sum", { reads: [{ dataset: "core.orders", rows: 5, digest: now }] })]),
    checks: written === undefined ? [] : [check({ stage: "load", name: "core.orders", verdict: written })],
    acceptedReads: new Map(accepted === undefined ? [] : [["sum", { "core.orders": accepted }]]),
  };
  return readVerdicts(sum, facts)[0]?.verdict;
}

describe("a read is judged", () => {
  test.each<[Given, string]>([
    [{ now: "a1:x", accepted: "a1:x" }, "same"],
    [{ now: "a1:x", accepted: "a1:x", written: "different" }, "same"],
    [{ now: "a1:x", accepted: "a1:y" }, "different"],
    [{ now: "a1:x", accepted: "a1:y", written: "same" }, "different"],
    [{ now: "rows/a1:b:x", accepted: "rows/a1:b:y" }, "different"],
    [{ now: "absent", accepted: "a1:x", written: "same" }, "different"],
    [{ now: "a1:x", accepted: "absent", written: "same" }, "different"],
  ])("by its digest where both are of one algorithm, or no table was there: %j is %s", (given, verdict) => {
    expect(verdictOf(given)).toBe(verdict);
  });

  test.each<[Given, string]>([
    [{ now: "a1:x", accepted: "a2:x" }, "not compared"],
    [{ now: "absent", accepted: "absent" }, "not compared"],
    [{ now: "absent", accepted: "absent", written: "same" }, "same"],
    [{ now: "a1:x", accepted: "b1:x" }, "not compared"],
    [{ now: "a1:x", accepted: "b1:x", written: "same" }, "same"],
    [{ now: "a1:x", accepted: "a2:y", written: "different" }, "different"],
    [{ now: "a1:x" }, "not compared"],
    [{ accepted: "a1:x" }, "not compared"],
    [{ now: "a1:x", written: "same" }, "same"],
    [{ accepted: "a1:x", written: "same" }, "same"],
    [{ written: "different" }, "different"],
    [{ written: "expected" }, "different"],
    [{ written: "inconclusive" }, "not compared"],
    [{ written: "failed" }, "not compared"],
    [{ written: "not compared" }, "not compared"],
  ])("else by what became of it where it was written: %j is %s", (given, verdict) => {
    expect(verdictOf(given)).toBe(verdict);
  });
});

const facts: ReadFacts = { scenario: scenario([]), run: runOf([]), checks: [], acceptedReads: new Map() };

test("each read has the stage that wrote it last before, or the seeds, and its rows where the stage ran", () => {
  const reader = stage("sum", { reads: [reads("core.orders"), reads("core.prices"), reads("core.log")] });
  const order = [seed("prices"), load, tidy, reader, later];
  const ran = stageFact("sum", {
    reads: [
      { dataset: "core.log", rows: 9, digest: "a1:l" },
      { dataset: "core.orders", rows: 0, digest: "a1:o" },
    ],
  });
  expect(readVerdicts(reader, { ...facts, scenario: scenario(order), run: runOf([stageFact("load"), ran]) })).toEqual([
    { dataset: "core.orders", from: "tidy", rows: 0, verdict: "not compared" },
    { dataset: "core.prices", from: "seed", rows: null, verdict: "not compared" },
    { dataset: "core.log", from: "tidy", rows: 9, verdict: "not compared" },
  ]);
});

test.each([
  ["the first step of all", [load, sum]],
  [
    "not the stage itself, nor one after it",
    [load, stage("sum", { reads: [reads("core.orders")], writes: [writes("core.orders")] }), later],
  ],
  ["not a seed of its name", [seed("sum"), load, sum]],
  ["not a stage that writes something else", [load, stage("log", { writes: [writes("core.log")] }), stage("idle"), sum]],
])("the writer of a read is a stage before: %s", (_, order) => {
  expect(readVerdicts(sum, { ...facts, scenario: scenario(order) })).toEqual([
    { dataset: "core.orders", from: "load", rows: null, verdict: "not compared" },
  ]);
});

test("only the comparison of that very table after that very stage tells what was read", () => {
  const others = [
    check({ stage: "load", name: "core.orders", kind: "writes", verdict: "different" }),
    check({ stage: "load", name: "core.log", verdict: "different" }),
    check({ stage: "later", name: "core.orders", verdict: "different" }),
  ];
  const given = { ...facts, scenario: scenario([load, sum, later]) };
  const verdict = (checks: Check[]) => readVerdicts(sum, { ...given, checks }).map((read) => read.verdict);
  expect(verdict(others)).toEqual(["not compared"]);
  expect(verdict([...others, check({ stage: "load", name: "core.orders", verdict: "same" })])).toEqual(["same"]);
});

test("what was accepted for another stage, or of another table, says nothing", () => {
  const ran = stageFact("sum", { reads: [{ dataset: "core.orders", rows: 5, digest: "a1:x" }] });
  const acceptedReads = new Map([
    ["load", { "core.orders": "a1:x" }],
    ["sum", { "core.log": "a1:x" }],
  ]);
  expect(readVerdicts(sum, { ...facts, run: runOf([ran]), acceptedReads })).toMatchObject([{ verdict: "not compared" }]);
});
