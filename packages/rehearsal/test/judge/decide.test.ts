import { expect, test } from "vitest";
import type { FilesAssertion } from "@rehearse/config";
import { decide } from "../../src/judge/assertions/decide.ts";
import { askedOf } from "../../src/judge/assertions/decide.ts";
import { decideFiles } from "../../src/judge/assertions/decide-files.ts";
import { decideHttp } from "../../src/judge/assertions/decide-http.ts";
import { columnRuleWords } from "../../src/judge/column-rule-words.ts";
import { exitCodeOf, verdictOf } from "../../src/judge/verdict-of.ts";

const base = { name: "n", after: "s", withinMs: 0, position: { line: 1, column: 1 } };

test("of files that were not looked at, what is in them is not decided", () => {
  const any = { min: 0, max: undefined };
  const assertion: FilesAssertion = {
    ...base,
    kind: "files",
    glob: "*",
    count: { min: 1, max: undefined },
    bytes: any,
    sha256: undefined,
    contains: undefined,
  };
  const file: Parameters<typeof decideFiles>[1]["files"][number] = { path: "a", bytes: 3, sha256: "0", holds: null };
  const decided = (more: number, changed: Partial<FilesAssertion>, given = file) =>
    decideFiles({ ...assertion, ...changed }, { files: [given], more });
  expect(decided(1, {})).toEqual({ outcome: "holds" });
  expect(decided(0, { bytes: { min: 3, max: undefined } })).toEqual({ outcome: "holds" });
  for (const min of [1, 3]) expect(decided(1, { bytes: { min, max: undefined } })).toMatchObject({ outcome: "undecided" });
  expect(decided(1, { bytes: { min: 0, max: 3 } })).toMatchObject({ outcome: "undecided" });
  expect(decided(0, { bytes: { min: 4, max: undefined } })).toMatchObject({ outcome: "fails" });
  expect(decided(0, { sha256: "1" })).toMatchObject({ outcome: "fails" });
  for (const holds of [null, false]) expect(decided(0, { contains: "x" }, { ...file, holds })).toMatchObject({ outcome: "fails" });
  expect(decided(0, { contains: "x" }, { ...file, holds: true })).toEqual({ outcome: "holds" });
  expect(decided(0, { count: { min: 2, max: undefined } })).toEqual({ outcome: "fails", reason: "expected at least 2 files, got 1 file" });
});

test("what a run found of files answers no claim of what they hold that it did not look for", () => {
  const claim = { ...base, kind: "files", glob: "*", count: { min: 1, max: undefined }, bytes: { min: 0, max: undefined } } as const;
  const asked = (contains: string | undefined, glob = "*") => askedOf({ ...claim, glob, sha256: undefined, contains });
  expect(new Set([asked(undefined), asked("x"), asked("y"), asked("x", "a*")]).size).toBe(4);
  expect(asked("x")).toBe(asked("x"));
});

test("an answer by HTTP is judged by its status first", () => {
  const asked = { status: 200, contains: undefined, json: undefined };
  expect(decideHttp(asked, { status: 200, body: "" })).toEqual({ outcome: "holds" });
  expect(decideHttp(asked, { status: 503, body: "" })).toEqual({ outcome: "fails", reason: "expected status 200, got 503" });
  expect(decideHttp({ ...asked, contains: "x" }, { status: 200, body: "y" })).toMatchObject({ outcome: "fails" });
});

test.each([
  [0, { outcome: "holds" }],
  [1, { outcome: "fails", reason: "1 of 3 values of o.a is not in p.id" }],
  [2, { outcome: "fails", reason: "2 of 3 values of o.a are not in p.id" }],
])("%d orphans", (orphans, decision) => {
  const assertion = {
    ...base,
    kind: "orphans",
    child: { service: "core", table: "o", dataset: "o", column: "a" },
    parent: { service: "core", table: "p", dataset: "p", column: "id" },
  } as const;
  const fact = { kind: "orphans", name: "n", after: "s", asked: "", attempts: 1, error: null, values: 3, orphans } as const;
  expect(decide(assertion, { ...fact, examples: [] })).toEqual(decision);
});

test("the worst of the checks is the verdict, a failed stage before all, and only the same and the expected end well", () => {
  const diff = (...verdicts: Parameters<typeof exitCodeOf>[0][]) => verdictOf(verdicts.map((verdict) => ({ kind: "diff", verdict })));
  expect([diff(), diff("same"), diff("same", "expected"), diff("expected", "inconclusive"), diff("inconclusive", "not compared")]).toEqual([
    "not compared",
    "same",
    "expected",
    "inconclusive",
    "not compared",
  ]);
  expect(diff("failed", "different")).toBe("different");
  expect(
    verdictOf([
      { kind: "diff", verdict: "different" },
      { kind: "stage", verdict: "failed" },
    ]),
  ).toBe("failed");
  expect((["same", "expected", "different", "failed", "not compared", "inconclusive"] as const).map(exitCodeOf)).toEqual([
    0, 0, 1, 1, 1, 1,
  ]);
});

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
