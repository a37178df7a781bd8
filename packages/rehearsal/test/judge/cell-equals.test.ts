import { expect, test } from "vitest";
import { cellEquals, sameNumber } from "../../src/judge/cell-equals.ts";

test.each([
  ["25", "25.00"],
  ["100", "1e2"],
  ["1200", "1.2E+3"],
  ["0.0012", "1.2e-3"],
  ["-0", "0"],
  ["0", "0e7"],
  ["+5", "5"],
  ["-5", "-5.0"],
  ["007.50", "7.5"],
  [".5", "0.5"],
  ["1e400", "10e399"],
  ["NaN", "NaN"],
  ["-Infinity", "-Infinity"],
])("%s and %s are one number", (a, b) => {
  expect([sameNumber(a, b), sameNumber(b, a)]).toEqual([true, true]);
});

test.each([
  ["0", "1"],
  ["1", "10"],
  ["10", "100"],
  ["1.5", "15"],
  ["0.12", "0.012"],
  ["5", "-5"],
  ["-5", "+5"],
  ["1e2", "1e-2"],
  ["1e400", "1e401"],
  ["9007199254740993", "9007199254740992"],
  ["NaN", "0"],
  ["NaN", "Infinity"],
  ["Infinity", "-Infinity"],
])("%s and %s are two numbers", (a, b) => {
  expect([sameNumber(a, b), sameNumber(b, a)]).toEqual([false, false]);
});

test.each(["int8", "uint64", "decimal(9,2)", "number", "float32"])("a number is one in a column of type %s", (type) => {
  expect([cellEquals(7, "7", type), cellEquals(7n, "7", type), cellEquals("7", "7", type), cellEquals(8, "7", type)]).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

test.each(["text", "enum", "json", "interval", "date", "uuid"])("a number is only text in a column of type %s", (type) => {
  expect([cellEquals(7, "7", type), cellEquals("7", "7", type), cellEquals("7", "07", type)]).toEqual([false, true, false]);
});

test.each([
  [25, "25.00", "decimal(5,2)", true],
  [25, "25", "int32", true],
  [25, "26", "int32", false],
  [25, "25", "text", false],
  ["25", "25", "text", true],
  ["25", "25", "int32", false],
  ["a", "b", "text", false],
  [true, "true", "boolean", true],
  [true, "false", "boolean", false],
  [false, "false", "boolean", true],
  [true, "true", "text", false],
  ["true", "true", "boolean", false],
  [null, null, "text", true],
  [null, "null", "text", false],
  [0, null, "int32", false],
  [null, "", "text", false],
  ["", null, "text", false],
] as const)("expected %j, %j of type %s is that: %s", (expected, cell, type, equal) => {
  expect(cellEquals(expected, cell, type)).toBe(equal);
});
