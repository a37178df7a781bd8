import { expect, test } from "vitest";
import type { ExpectedJson } from "@rehearse/config";
import { decideHttp } from "../../src/judge/assertions/decide-http.ts";
import { jsonDifference } from "../../src/judge/assertions/json-difference.ts";

test.each<[string, ExpectedJson]>([
  ["null", null],
  ["true", true],
  ['"a"', "a"],
  ["1", 1n],
  ["1.0", 1n],
  ["15e-1", 1.5],
  ["9007199254740993", 9007199254740993n],
  ["[]", []],
  ['[1, "a", [null]]', [1n, "a", [null]]],
  ["{}", {}],
  ['{"more": 1}', {}],
  ['{"c": 0, "a": {"d": 2, "b": 1}}', { a: { b: 1n } }],
  ['[{"a": 1, "b": 2}]', [{ a: 1n }]],
])("%s is what was expected", (text, expected) => {
  expect(jsonDifference(expected, text)).toBeNull();
});

test.each<[string, ExpectedJson, string]>([
  ["false", null, "the body: expected null, got false"],
  ["true", false, "the body: expected false, got true"],
  ["1", "1", 'the body: expected "1", got 1'],
  ['"1"', 1n, 'the body: expected 1, got "1"'],
  ["null", 1n, "the body: expected 1, got null"],
  ["1.50001", 1.5, "the body: expected 1.5, got 1.50001"],
  ["9007199254740992", 9007199254740993n, "the body: expected 9007199254740993, got 9007199254740992"],
  ["{}", [], "the body: expected [], got {}"],
  ['"text"', [], 'the body: expected [], got "text"'],
  ["[]", {}, "the body: expected {}, got []"],
  ["null", {}, "the body: expected {}, got null"],
  ["7", {}, "the body: expected {}, got 7"],
  ['"text"', {}, 'the body: expected {}, got "text"'],
  ['["a"]', "a", 'the body: expected "a", got ["a"]'],
  ["[1]", [1n, 2n], "the body: expected [1,2], got [1]"],
  ["[1, 2]", [1n], "the body: expected [1], got [1,2]"],
  ["[1, 3, 2]", [1n, 2n, 3n], "the body at /1: expected 2, got 3"],
  ['{"a": 1, "b": 3}', { a: 1n, b: 2n }, "the body at /b: expected 2, got 3"],
  ['{"b": 3, "a": 4}', { a: 1n, b: 2n }, "the body at /a: expected 1, got 4"],
  ['{"a": [{"b": "y"}]}', { a: [{ b: "x" }] }, 'the body at /a/0/b: expected "x", got "y"'],
  ["{}", { a: 1n }, "the body at /a: expected 1, got nothing"],
  ["{}", { toString: "x" }, 'the body at /toString: expected "x", got nothing'],
  ['{"a": 1}', { a: { b: 1n } }, 'the body at /a: expected {"b":1}, got 1'],
])("%s is something else", (text, expected, difference) => {
  expect(jsonDifference(expected, text)).toBe(difference);
});

test("what is no JSON is none", () => {
  expect(jsonDifference({}, "<html>")).toMatch(/^the body is not JSON: /);
});

test.each([
  [78, `"${"x".repeat(78)}"`],
  [79, `"${"x".repeat(78)}…`],
  [200, `"${"x".repeat(78)}…`],
])("a text of %d characters is shown up to the 80th with its quotes", (length, shown) => {
  expect(jsonDifference(0n, JSON.stringify("x".repeat(length)))).toBe(`the body: expected 0, got ${shown}`);
});

test("an HTTP answer is what its claim says where its status, its text and its JSON are", () => {
  const asked = { status: 200, contains: undefined, json: undefined };
  const body = '{"state": "up"}';
  expect(decideHttp({ ...asked, contains: "up", json: { state: "up" } }, { status: 200, body })).toEqual({ outcome: "holds" });
  expect(decideHttp({ ...asked, contains: "down" }, { status: 200, body })).toEqual({
    outcome: "fails",
    reason: 'the body does not hold "down"',
  });
  expect(decideHttp({ ...asked, contains: "up", json: { state: "down" } }, { status: 200, body })).toEqual({
    outcome: "fails",
    reason: 'the body at /state: expected "down", got "up"',
  });
  expect(decideHttp({ ...asked, status: 404, contains: "up" }, { status: 200, body })).toEqual({
    outcome: "fails",
    reason: "expected status 404, got 200",
  });
  expect(decideHttp(asked, { status: 200, body: "no JSON" })).toEqual({ outcome: "holds" });
});
