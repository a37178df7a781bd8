import fc from "fast-check";
import { expect, test } from "vitest";
import { decimalText, parseDecimal, rescale, shortestDecimal } from "../src/compare/decimal-text.ts";
import { exactDelta } from "../src/compare/exact-delta.ts";
import type { CanonicalType, Cell } from "../src/index.ts";

test.each([
  ["-1.20", { units: -120n, scale: 2 }],
  ["12", { units: 12n, scale: 0 }],
  ["3e-7", { units: 3n, scale: 7 }],
  ["1.5E2", { units: 150n, scale: 0 }],
  ["1.234e2", { units: 1234n, scale: 1 }],
  ["1.25e+1", { units: 125n, scale: 1 }],
  ["1.2e1", { units: 12n, scale: 0 }],
  ["-0.0", { units: 0n, scale: 1 }],
  ["1e1000", { units: 10n ** 1000n, scale: 0 }],
  ["1e-1000", { units: 1n, scale: 1000 }],
  ["1e1001", null],
  ["1e-1001", null],
  ["NaN", null],
  ["Infinity", null],
  ["", null],
  [".5", null],
  ["1.", null],
])("the decimal %s is read exactly, or is none", (text, read) => {
  expect(parseDecimal(text)).toEqual(read);
});

test.each([
  [0n, 0, "0"],
  [0n, 2, "0.00"],
  [5n, 2, "0.05"],
  [-5n, 2, "-0.05"],
  [-120n, 2, "-1.20"],
  [100n, 2, "1.00"],
  [-7n, 0, "-7"],
])("%d units of 10^-%d are written %s", (units, scale, text) => {
  expect(decimalText({ units, scale })).toBe(text);
});

test.each([
  ["1.200", "1.2"],
  ["-1.000", "-1"],
  ["100", "100"],
  ["100.0", "100"],
  ["0.000", "0"],
  ["0.05", "0.05"],
  ["0", "0"],
])("%s is in short %s", (long, short) => {
  const parsed = parseDecimal(long);
  expect(parsed === null ? null : decimalText(shortestDecimal(parsed))).toBe(short);
});

test("what is written is read again, and finer units are as many times more", () => {
  const decimal = fc.record({ units: fc.bigInt(), scale: fc.nat(40) });
  fc.assert(
    fc.property(decimal, fc.nat(10), (it, finer) => {
      expect(parseDecimal(decimalText(it))).toEqual(it);
      expect(rescale(it, it.scale + finer)).toBe(BigInt(`${it.units}${"0".repeat(finer)}`));
    }),
  );
});

test.each<[CanonicalType, Cell, Cell, string | null]>([
  ["int64", "9223372036854775807", "-9223372036854775808", "-18446744073709551615"],
  ["decimal(10,2)", "1.00", "1.50", "0.50"],
  ["number", "1.25", "2", "0.75"],
  ["number", "2", "1.25", "-0.75"],
  ["float64", "1e-7", "0", "-0.0000001"],
  ["float32", "NaN", "1", null],
  ["float64", "1", "Infinity", null],
  ["int8", null, "1", null],
  ["int8", "1", null, null],
  ["text", "1", "2", null],
  ["date", "2024-01-01", "2024-01-02", null],
])("of a %s that was %s and is %s the difference is %s", (type, reference, current, delta) => {
  expect(exactDelta(type, { reference, current })).toBe(delta);
});
