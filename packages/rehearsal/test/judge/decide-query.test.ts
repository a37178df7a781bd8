import { expect, test } from "vitest";
import type { QueryAssertion } from "@rehearse/config";
import { decideQuery } from "../../src/judge/assertions/decide-query.ts";
import { evidenceOf } from "../../src/judge/assertions/evidence.ts";
import type { Answer } from "../../src/model/assertion-fact.ts";

function answer(rows: (string | null)[][], { types = ["text"], more = 0 }: { types?: string[]; more?: number } = {}): Answer {
  return { columns: types.map((_, index) => `c${index}`), types, rows, more, digest: JSON.stringify(rows) };
}

test("rows are counted with those that were not kept", () => {
  const claim = { kind: "rows", count: { min: 2, max: 3 } } as const;
  const decided = (given: Answer) => decideQuery(claim, { answer: given, before: null });
  expect(decided(answer([["a"]]))).toEqual({ outcome: "fails", reason: "expected 2 to 3 rows, got 1 row" });
  expect(decided(answer([["a"]], { more: 1 }))).toEqual({ outcome: "holds" });
  expect(decided(answer([["a"]], { more: 2 }))).toEqual({ outcome: "holds" });
  expect(decided(answer([["a"]], { more: 3 }))).toEqual({ outcome: "fails", reason: "expected 2 to 3 rows, got 4 rows" });
  expect(decideQuery({ kind: "rows", count: { min: 1, max: undefined } }, { answer: answer([]), before: null })).toMatchObject({
    reason: "expected at least 1 row, got no row",
  });
  expect(decideQuery({ kind: "rows", count: { min: 0, max: 1 } }, { answer: answer([["a"], ["b"]]), before: null })).toMatchObject({
    reason: "expected at most 1 row, got 2 rows",
  });
});

test("the answer is the rows in their order, all of them", () => {
  const decided = (given: Answer) => decideQuery({ kind: "equals", rows: [["a"], ["b"]] }, { answer: given, before: null }).outcome;
  expect(decided(answer([["a"], ["b"]]))).toBe("holds");
  expect(decided(answer([["b"], ["a"]]))).toBe("fails");
  expect(decided(answer([["a"]]))).toBe("fails");
  expect(decided(answer([["a"], ["c"]]))).toBe("fails");
  expect(decided(answer([["c"], ["b"]]))).toBe("fails");
  expect(decided(answer([["a"]], { more: 1 }))).toBe("undecided");
  expect(decided(answer([["a"], ["b"]], { more: 1 }))).toBe("fails");
  expect(decided(answer([["a", "b"], ["b"]]))).toBe("fails");
  expect(decided(answer([[], ["b"]]))).toBe("fails");
});

test("of an answer that was not kept whole it is said how much was", () => {
  const claim = { kind: "equals", rows: [["a"], ["b"], ["c"], ["d"]] } as const;
  expect(decideQuery(claim, { answer: answer([["a"]], { more: 3 }), before: null })).toEqual({
    outcome: "undecided",
    reason: "only 1 of the 4 rows of the answer were kept: ask for fewer",
  });
  expect(decideQuery(claim, { answer: answer([["x"]]), before: null })).toEqual({ outcome: "fails", reason: "" });
});

test("a row is the expected one where all its cells are", () => {
  const types = ["text", "int32"];
  const decided = (row: [string, number]) =>
    decideQuery({ kind: "contains", rows: [row] }, { answer: answer([["a", "1"]], { types }), before: null }).outcome;
  expect(decided(["a", 1])).toBe("holds");
  expect(decided(["a", 2])).toBe("fails");
  expect(decided(["b", 1])).toBe("fails");
});

test("a row of the answer stands for one expected row only", () => {
  const decided = (rows: string[][], more = 0) =>
    decideQuery({ kind: "contains", rows: rows }, { answer: answer([["a"], ["b"], ["b"]], { more }), before: null });
  expect(decided([["b"], ["b"]])).toEqual({ outcome: "holds" });
  expect(decided([["a"], ["a"]])).toEqual({ outcome: "fails", reason: "1 of 2 rows is not in the answer of 3 rows" });
  expect(decided([["c"], ["d"]])).toEqual({ outcome: "fails", reason: "2 of 2 rows are not in the answer of 3 rows" });
  expect(decided([["c"], ["b"]], 1)).toMatchObject({ outcome: "undecided" });
  expect(decided([["b"], ["a"]], 1)).toEqual({ outcome: "holds" });
});

test("an answer changed where its number of rows, its columns or its rows did", () => {
  const before = answer([["1"], ["2"]], { more: 1 });
  const decided = (given: Answer) => decideQuery({ kind: "invariant" }, { answer: given, before });
  const changed = (change: string) => ({ outcome: "fails", reason: `the answer changed: ${change}` });
  const otherwise = changed("3 rows before and after, with other contents");
  expect(decided({ ...before, rows: before.rows.toReversed() })).toEqual({ outcome: "holds" });
  expect(decided({ ...before, rows: [["1"]] })).toEqual(changed("3 rows before, 2 rows after"));
  expect(decided({ ...before, more: 2 })).toEqual(changed("3 rows before, 4 rows after"));
  expect(decided({ ...before, types: ["int32"] })).toEqual(otherwise);
  expect(decided({ ...before, columns: ["other"] })).toEqual(otherwise);
  expect(decided({ ...before, digest: "other" })).toEqual(otherwise);
});

test("numbers that are written with other zeros did not change, as far as all rows are known", () => {
  const decided = (before: (string | null)[][], after: (string | null)[][], types: string[], more = 0) =>
    decideQuery({ kind: "invariant" }, { answer: answer(after, { types, more }), before: answer(before, { types, more }) }).outcome;
  expect(decided([["30"], ["1.50"]], [["1.5"], ["30.00"]], ["number"])).toBe("holds");
  expect(decided([["30"], ["30.0"]], [["30.00"], ["30.000"]], ["number"])).toBe("holds");
  expect(decided([["30"], ["30.0"]], [["30.00"], ["31"]], ["number"])).toBe("fails");
  expect(decided([["30"], ["31"]], [["30.00"], ["30.0"]], ["number"])).toBe("fails");
  expect(decided([["30"], [null]], [["30.0"], [null]], ["number"])).toBe("holds");
  expect(decided([["30"]], [[null]], ["number"])).toBe("fails");
  expect(decided([[null]], [["30"]], ["number"])).toBe("fails");
  expect(decided([["30"]], [["30.0"]], ["text"])).toBe("fails");
  expect(decided([["a", "1"]], [["b", "1.0"]], ["text", "number"])).toBe("fails");
  expect(decided([["30"]], [["30.0"]], ["number"], 1)).toBe("fails");
});

const base = { name: "n", after: "s", withinMs: 0, position: { line: 1, column: 1 } };

test("an invariant shows the rows that only one of the answers has, as often as it has them", () => {
  const assertion: QueryAssertion = { ...base, kind: "query", service: "core", sql: "select", claim: { kind: "invariant" } };
  const [before, after] = [answer([["a"], ["a"], ["a"], ["b"]]), answer([["a"], ["a"], ["b"], ["c"]])];
  expect(decideQuery({ kind: "invariant" }, { answer: after, before })).toMatchObject({ outcome: "fails" });
  expect(decideQuery({ kind: "invariant" }, { answer: after, before: after })).toEqual({ outcome: "holds" });
  expect(decideQuery({ kind: "invariant" }, { answer: after, before: null })).toMatchObject({ outcome: "undecided" });
  const fact = { kind: "query", name: "n", after: "s", asked: "", attempts: 1, error: null, answer: after, before } as const;
  expect(evidenceOf(assertion, fact)).toMatchObject({ expected: [["a"]], got: [["c"]], more: 0, attempts: 1 });
});
