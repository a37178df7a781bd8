import { describe, expect, test } from "vitest";
import type { QueryClaim } from "@rehearse/config";
import { evidenceOf } from "../../src/judge/assertions/evidence.ts";
import type { Answer } from "../../src/model/assertion-fact.ts";
import { answerOf, files, filesFact, http, httpFact, manyRows, orphans, orphansFact, query, queryFact } from "./support/assertions.ts";

const shown = { kind: "assert", service: "core", sql: "select a from t", expected: [], got: [], more: 0, attempts: 3 } as const;

function evidence(claim: QueryClaim, answer: Answer | null, before: Answer | null = null) {
  return evidenceOf(query(claim), queryFact(answer, before));
}

describe("of a query that must answer rows, both are shown", () => {
  const equals = (count: number): QueryClaim => ({ kind: "equals", rows: manyRows(count) });

  test("with cells as text", () => {
    const rows = [
      ["a", 1n],
      [null, 0.5],
      [true, ""],
    ];
    expect(evidence({ kind: "equals", rows }, answerOf([["b", null]]))).toEqual({
      ...shown,
      claim: "equals",
      expected: [
        ["a", "1"],
        [null, "0.5"],
        ["true", ""],
      ],
      got: [["b", null]],
    });
  });

  test.each([
    [1, 19, 0, 19, 0],
    [1, 20, 0, 20, 0],
    [1, 21, 0, 20, 1],
    [1, 23, 5, 20, 8],
    [1, 2, 5, 2, 5],
    [22, 21, 0, 21, 0],
    [22, 22, 3, 22, 3],
    [22, 25, 0, 22, 3],
  ])("%d expected, %d and %d more answered: %d are shown, %d are not", (expected, kept, more, got, left) => {
    expect(evidence(equals(expected), answerOf(manyRows(kept), { more }))).toEqual({
      ...shown,
      claim: "equals",
      expected: manyRows(expected),
      got: manyRows(got),
      more: left,
    });
  });

  test("or only the expected ones, where there was no answer", () => {
    expect(evidence(equals(2), null)).toEqual({ ...shown, claim: "equals", expected: manyRows(2) });
  });
});

test("of a query that must contain rows, those are shown that are missing", () => {
  const claim: QueryClaim = { kind: "contains", rows: [["r1"], ["r9"], ["r2"], ["r2"], [7n]] };
  expect(evidence(claim, answerOf(manyRows(3), { more: 4 }))).toEqual({
    ...shown,
    claim: "contains",
    expected: [["r9"], ["r2"], ["7"]],
  });
  expect(evidence(claim, null)).toEqual({ ...shown, claim: "contains" });
});

describe("of a query that must answer so many rows", () => {
  const rows = (max: number | undefined): QueryClaim => ({ kind: "rows", count: { min: 0, max } });

  test.each([
    [3, 0, 3, 0],
    [20, 0, 20, 0],
    [21, 0, 20, 1],
    [22, 6, 20, 8],
    [0, 0, 0, 0],
  ])("none, those are shown that there are: of %d and %d more %d, without %d", (kept, more, got, left) => {
    expect(evidence(rows(0), answerOf(manyRows(kept), { more }))).toEqual({ ...shown, claim: "rows", got: manyRows(got), more: left });
  });

  test.each([1, 4, undefined])("up to %s, none is shown", (max) => {
    expect(evidence(rows(max), answerOf(manyRows(5), { more: 2 }))).toEqual({ ...shown, claim: "rows" });
    expect(evidence(rows(max), null)).toEqual({ ...shown, claim: "rows" });
  });
});

describe("of an answer that must not change", () => {
  const invariant: QueryClaim = { kind: "invariant" };

  test("the rows are shown that only one of both has, as often as it has more of them", () => {
    const before = answerOf([["x"], ["a"], ["a"], ["a"], ["b"], ["y"]]);
    const after = answerOf([["a"], ["c"], ["b"], ["b"], ["c"], ["a"]]);
    expect(evidence(invariant, after, before)).toEqual({
      ...shown,
      claim: "invariant",
      expected: [["x"], ["a"], ["y"]],
      got: [["c"], ["b"], ["c"]],
    });
  });

  test.each([
    [20, 20],
    [21, 20],
  ])("of %d such rows %d are shown", (count, kept) => {
    const none = answerOf([]);
    expect(evidence(invariant, answerOf(manyRows(count)), none)).toEqual({ ...shown, claim: "invariant", got: manyRows(kept) });
    expect(evidence(invariant, none, answerOf(manyRows(count)))).toEqual({ ...shown, claim: "invariant", expected: manyRows(kept) });
  });

  test.each([
    [1, 0],
    [0, 1],
    [1, 1],
    [2, 1],
  ])("none is shown where not all rows of both were kept: %d and %d were not", (more, moreBefore) => {
    const [after, before] = [answerOf([["a"]], { more }), answerOf([["b"]], { more: moreBefore })];
    expect(evidence(invariant, after, before)).toEqual({ ...shown, claim: "invariant" });
  });

  test("none is shown where nobody asked before, or there was no answer", () => {
    expect(evidence(invariant, answerOf([["a"]]))).toEqual({ ...shown, claim: "invariant" });
    expect(evidence(invariant, null, answerOf([["a"]]))).toEqual({ ...shown, claim: "invariant" });
  });
});

test("of orphans the columns and the first values are shown", () => {
  expect(evidenceOf(orphans, orphansFact({ orphans: 9, examples: ["4", "7"] }))).toEqual({
    kind: "orphans",
    child: "core.lines.order_id",
    parent: "core.orders.id",
    examples: ["4", "7"],
    attempts: 3,
  });
});

test.each([
  [20, 0, 20, 0],
  [21, 0, 20, 1],
  [23, 4, 20, 7],
  [2, 4, 2, 4],
])("of %d files and %d more %d are shown, %d are not", (count, more, got, left) => {
  const found = Array.from({ length: count }, (_, index) => ({ path: `f${index}`, bytes: index, sha256: "0a", holds: true }));
  expect(evidenceOf(files(), filesFact(found, more))).toEqual({
    kind: "files",
    glob: "*.csv",
    files: found.slice(0, got).map(({ path, bytes, sha256 }) => ({ path, bytes, sha256 })),
    more: left,
  });
});

test.each([
  [3, 3],
  [2000, 2000],
  [2001, 2000],
])("of an HTTP answer of %d characters the first %d are shown, and its address as it stands in the file", (length, kept) => {
  expect(evidenceOf(http(), httpFact({ status: 503, body: `<${"b".repeat(length - 1)}` }))).toEqual({
    kind: "http",
    url: "${services.api.url}/health",
    status: 503,
    body: `<${"b".repeat(kept - 1)}`,
    attempts: 3,
  });
});

test("the fact of another kind of assertion shows nothing", () => {
  const facts = [queryFact(answerOf([])), orphansFact(), filesFact([]), httpFact()];
  const assertions = [query({ kind: "invariant" }), orphans, files(), http()];
  for (const [index, assertion] of assertions.entries())
    for (const fact of facts.toSpliced(index, 1)) expect(evidenceOf(assertion, fact)).toBeNull();
});
