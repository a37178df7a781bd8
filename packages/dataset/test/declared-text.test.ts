import fc from "fast-check";
import { expect, test } from "vitest";
import { declaredText } from "../src/files/declared-text.ts";

test.each([
  ["timestamptz", "2026-03-01T23:30:00Z", "2026-03-01 23:30:00+00"],
  ["timestamptz", "2026-03-01T23:30:00.000Z", "2026-03-01 23:30:00.000+00"],
  ["timestamptz", "2026-03-01T23:30:00.123456+00:00", "2026-03-01 23:30:00.123456+00"],
  ["timestamptz", "2026-03-02 01:30:00+02", "2026-03-01 23:30:00+00"],
  ["timestamptz", "2026-03-01 18:00-0530", "2026-03-01 23:30:00+00"],
  ["timestamptz", "2024-02-29T23:59:59.999999-12:00", "2024-03-01 11:59:59.999999+00"],
  ["timestamptz_ns", "2026-01-01t00:30:00.123456789+01:00", "2025-12-31 23:30:00.123456789+00"],
  ["timestamp", "2026-03-01T10:00:00", "2026-03-01 10:00:00"],
  ["timestamp_ns", "2026-03-01T10:00:00.5", "2026-03-01 10:00:00.5"],
  ["boolean", "True", "true"],
  ["boolean", "FALSE", "false"],
  ["float64", "nan", "NaN"],
  ["float32", "-inf", "-Infinity"],
  ["float64", "1e5", "1e5"],
] as const)("%s reads %s as %s", (type, text, expected) => {
  expect(declaredText(type, text)).toBe(expected);
});

test.each([
  // No zone where one is needed, one where there is none: which instant it is, nobody said.
  ["timestamptz", "2026-03-01T10:00:00"],
  ["timestamp", "2026-03-01T10:00:00Z"],
  // No such day, hour, offset or year.
  ["timestamptz", "2026-02-29T10:00:00+01:00"],
  ["timestamptz", "2026-03-01T24:00:00+01:00"],
  ["timestamptz", "2026-03-01T10:00:00+19:00"],
  ["timestamptz", "9999-12-31T23:30:00-01:00"],
  ["timestamptz", "0000-01-01T00:30:00+01:00"],
  ["timestamptz", "now"],
  ["boolean", "yes"],
  ["float64", "-nan "],
  ["date", "2026-03-01T10:00:00Z"],
  ["text", "True"],
] as const)("%s leaves %s as it is", (type, text) => {
  expect(declaredText(type, text)).toBe(text);
});

test("every offset gives the same instant", () => {
  const instants = fc.date({ min: new Date("0002-01-01T00:00:00Z"), max: new Date("9998-12-31T00:00:00Z"), noInvalidDate: true });
  fc.assert(
    fc.property(instants, fc.integer({ min: -18 * 60, max: 18 * 60 }), (instant, offset) => {
      const local = new Date(instant.getTime() + offset * 60_000).toISOString().slice(0, -1);
      const two = (count: number): string => String(count).padStart(2, "0");
      const zone = `${offset < 0 ? "-" : "+"}${two(Math.trunc(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`;
      expect(declaredText("timestamptz", local + zone)).toBe(`${instant.toISOString().slice(0, -1).replace("T", " ")}+00`);
    }),
    { numRuns: 2000, seed: 20 },
  );
});
