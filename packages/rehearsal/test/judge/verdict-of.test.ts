import { expect, test } from "vitest";
import { exitCodeOf, verdictOf } from "../../src/judge/verdict-of.ts";
import type { Verdict } from "../../src/model/verdict.ts";

const byWeight: readonly Verdict[] = ["different", "failed", "not compared", "inconclusive", "expected", "same"];

test("of two checks the weightier one is the verdict, whichever comes first", () => {
  for (const [index, weighty] of byWeight.entries())
    for (const light of byWeight.slice(index)) {
      const both = [
        { kind: "diff", verdict: light },
        { kind: "assert", verdict: weighty },
      ] as const;
      expect([verdictOf(both), verdictOf(both.toReversed())]).toEqual([weighty, weighty]);
    }
});

test("a stage that failed comes before all, a failed check of another kind and a stage that did not fail do not", () => {
  const different = { kind: "diff", verdict: "different" } as const;
  expect(verdictOf([different, { kind: "stage", verdict: "failed" }])).toBe("failed");
  expect(verdictOf([{ kind: "stage", verdict: "failed" }, different])).toBe("failed");
  expect(verdictOf([different, { kind: "assert", verdict: "failed" }])).toBe("different");
  expect(verdictOf([{ kind: "stage", verdict: "same" }, different])).toBe("different");
});

test("without any check nothing was compared", () => {
  expect(verdictOf([])).toBe("not compared");
});

test("only the same and the expected end well", () => {
  expect(byWeight.map(exitCodeOf)).toEqual([1, 1, 1, 1, 0, 0]);
});
