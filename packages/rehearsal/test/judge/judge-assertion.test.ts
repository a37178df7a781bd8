import { describe, expect, test } from "vitest";
import type { AssertionConfig } from "@rehearse/config";
import { askedOf, decide } from "../../src/judge/assertions/decide.ts";
import { judgeAssertion } from "../../src/judge/judge-assertion.ts";
import type { AssertionFact } from "../../src/model/assertion-fact.ts";
import { answerOf, files, filesFact, http, httpFact, orphans, orphansFact, query, queryFact } from "./support/assertions.ts";

const base = { name: "claim", kind: "assert", stage: "load", counts: null, line: 50 } as const;
const oneRow = query({ kind: "rows", count: { min: 1, max: 1 } });

/** As when the run was asked just this. */
function judged(assertion: AssertionConfig, fact: AssertionFact) {
  return judgeAssertion(assertion, { ...fact, asked: askedOf(assertion) }, "the stage did not run");
}

test("an assertion that holds is the same, and shows its evidence", () => {
  expect(judged(oneRow, queryFact(answerOf([["a"]])))).toEqual({
    ...base,
    verdict: "same",
    reason: "",
    hint: "",
    detail: { kind: "assert", claim: "rows", service: "core", sql: "select a from t", expected: [], got: [], more: 0, attempts: 3 },
  });
});

test("an assertion that does not hold has failed, and says why", () => {
  expect(judged(orphans, orphansFact({ orphans: 2, examples: ["4"] }))).toEqual({
    ...base,
    verdict: "failed",
    reason: "2 of 8 values of core.lines.order_id are not in core.orders.id",
    hint: "",
    detail: { kind: "orphans", child: "core.lines.order_id", parent: "core.orders.id", examples: ["4"], attempts: 3 },
  });
});

test("an assertion that nobody can decide is not compared, and says why", () => {
  const found = [{ path: "a", bytes: 3, sha256: "0a", holds: null }];
  expect(judged(files({ sha256: "0a" }), filesFact(found, 1))).toEqual({
    ...base,
    verdict: "not compared",
    reason: "of 2 files only 1 were looked at",
    hint: "",
    detail: { kind: "files", glob: "*.csv", files: [{ path: "a", bytes: 3, sha256: "0a" }], more: 1 },
  });
});

test("an assertion that nobody asked is not compared, for the reason that its stage has", () => {
  expect(judgeAssertion(http(), undefined, "load failed")).toEqual({
    ...base,
    verdict: "not compared",
    reason: "load failed",
    hint: "",
    detail: null,
  });
});

test("the answer to another question is none", () => {
  const other = { ...base, verdict: "not compared", reason: "the run was asked something else", hint: "rehearse test", detail: null };
  const fact = queryFact(answerOf([["a"]]));
  expect(judgeAssertion(oneRow, { ...fact, asked: '["core","select b from t"]' }, "")).toEqual(other);
  expect(judged(oneRow, httpFact())).toEqual(other);
});

test("what is asked is the question, not the claim about its answer", () => {
  const column = { ...orphans.child, column: "other" };
  const asked = [
    oneRow,
    { ...oneRow, service: "stock" },
    { ...oneRow, sql: "select b from t" },
    orphans,
    { ...orphans, child: column },
    { ...orphans, parent: column },
    files(),
    files({ glob: "*" }),
    files({ contains: "x" }),
    http(),
    http({ shownUrl: "/other" }),
  ].map(askedOf);
  expect(new Set(asked).size).toBe(asked.length);
  expect(askedOf(oneRow)).toBe('["core","select a from t"]');
  expect(askedOf(orphans)).toBe('["core.lines.order_id","core.orders.id"]');
  expect(askedOf(files())).toBe('["*.csv",null]');
  expect(askedOf(files({ contains: "x" }))).toBe('["*.csv","x"]');
  expect(askedOf(http())).toBe('["${services.api.url}/health"]');
  expect(askedOf(query({ kind: "invariant" }))).toBe(askedOf(oneRow));
});

describe("an assertion is decided by its fact", () => {
  test.each<[AssertionConfig, AssertionFact, string]>([
    [oneRow, queryFact(answerOf([])), "expected 1 row, got no row"],
    [query({ kind: "invariant" }), queryFact(answerOf([["a"]]), answerOf([])), "the answer changed: no row before, 1 row after"],
    [files(), filesFact([]), "expected at least 1 file, got no file"],
    [http(), httpFact({ status: 500 }), "expected status 200, got 500"],
    [orphans, orphansFact({ orphans: 1, values: 1 }), "1 of 1 value of core.lines.order_id is not in core.orders.id"],
    [orphans, orphansFact({ orphans: 2, values: 3 }), "2 of 3 values of core.lines.order_id are not in core.orders.id"],
    [http(), httpFact({ error: "refused" }), "no answer: refused"],
    [oneRow, { ...queryFact(answerOf([["a"]])), error: "late" }, "no answer: late"],
  ])("$kind", (assertion, fact, reason) => {
    expect(decide(assertion, fact)).toEqual({ outcome: "fails", reason });
  });

  test("and holds where that says so", () => {
    const found = filesFact([{ path: "a", bytes: 3, sha256: "0a", holds: null }]);
    const holding = [
      decide(oneRow, queryFact(answerOf([["a"]]))),
      decide(files(), found),
      decide(http(), httpFact()),
      decide(orphans, orphansFact()),
    ];
    expect(holding).toEqual(holding.map(() => ({ outcome: "holds" })));
  });

  test("never by one of another kind", () => {
    const facts = [queryFact(answerOf([["a"]])), orphansFact(), filesFact([]), httpFact()];
    for (const [index, assertion] of [oneRow, orphans, files(), http()].entries())
      for (const fact of facts.toSpliced(index, 1))
        expect(() => decide(assertion, fact)).toThrow("the fact of claim is that of another kind of assertion");
    expect(() => decide(oneRow, queryFact(null))).toThrow("the fact of claim is that of another kind of assertion");
  });
});
