import { expect, test } from "vitest";
import type { CanonicalType } from "../src/index.ts";
import { commonType } from "../src/types/common-type.ts";

/** The common type, or what is said where there is none; the same both ways. */
function common(a: CanonicalType, b: CanonicalType): string {
  const [there, back] = [
    [a, b],
    [b, a],
  ].map(([reference = a, current = b]) => {
    const found = commonType({ type: reference, source: "old" }, { type: current, source: "new" });
    return "type" in found ? found.type : found.notComparable.replace(`its type changed from ${reference} to ${current}`, "none");
  });
  expect([a, b, back]).toEqual([a, b, there]);
  return there ?? "";
}

const bits = [8, 16, 32, 64, 128, 256] as const;
const integers = bits.flatMap((count) => [
  { type: `int${count}` as const, least: -(2n ** BigInt(count - 1)), most: 2n ** BigInt(count - 1) - 1n },
  { type: `uint${count}` as const, least: 0n, most: 2n ** BigInt(count) - 1n },
]);

test("two integers are compared as the one that holds both, else as a decimal that does", () => {
  for (const a of integers)
    for (const b of integers) {
      const least = a.least < b.least ? a.least : b.least;
      const most = a.most > b.most ? a.most : b.most;
      const holds = [a, b].find((it) => it.least === least && it.most === most);
      const digits = Math.max(String(most).length, String(-least).length);
      expect([a.type, b.type, common(a.type, b.type)]).toEqual([a.type, b.type, holds?.type ?? `decimal(${digits},0)`]);
    }
});

test("an integer and a decimal, and two decimals, are compared as one with the digits of both on each side of the point", () => {
  for (const { type, least, most } of integers) {
    const whole = String(least < 0n ? -least : most).length;
    expect([type, common(type, "decimal(2,1)")]).toEqual([type, `decimal(${whole + 1},1)`]);
    expect([type, common(type, "decimal(90,5)")]).toEqual([type, "decimal(90,5)"]);
  }
  expect(common("decimal(10,2)", "decimal(9,4)")).toBe("decimal(12,4)");
  expect(common("decimal(10,2)", "decimal(8,2)")).toBe("decimal(10,2)");
  expect(common("decimal(3,5)", "decimal(3,3)")).toBe("decimal(5,5)");
  expect(common("decimal(1000,1)", "decimal(999,0)")).toBe("decimal(1000,1)");
});

test("two decimals that no decimal holds both are compared as numbers by their value", () => {
  expect(common("decimal(1000,0)", "decimal(1000,1)")).toBe("number");
  expect(common("decimal(1000,1000)", "int8")).toBe("number");
});

test("exact numbers of another kind are compared as numbers by their value", () => {
  for (const type of ["int8", "uint256", "decimal(10,2)", "decimal(76,20)"] as const) expect(common(type, "number")).toBe("number");
});

const noFloat = "none: a float does not hold all of its values exactly";

test("an integer is compared with a float as the narrowest float that holds both exactly", () => {
  const found = (float: CanonicalType) => Object.fromEntries(integers.map(({ type }) => [type, common(type, float)]));
  const wide = { int64: noFloat, uint64: noFloat, int128: noFloat, uint128: noFloat, int256: noFloat, uint256: noFloat };
  const few = { int32: "float64", uint32: "float64" };
  expect(found("float32")).toEqual({ int8: "float32", uint8: "float32", int16: "float32", uint16: "float32", ...few, ...wide });
  expect(found("float64")).toEqual({ int8: "float64", uint8: "float64", int16: "float64", uint16: "float64", ...few, ...wide });
  expect(common("float32", "float64")).toBe("float64");
});

test.each<[CanonicalType, CanonicalType, string]>([
  ["enum", "text", "text"],
  ["time", "time_ns", "time_ns"],
  ["timestamp", "timestamp_ns", "text"],
  ["timestamptz", "timestamptz_ns", "text"],
  ["timestamp", "timestamptz", "none: a local time is no instant"],
  ["timestamp_ns", "timestamptz_ns", "none: a local time is no instant"],
  ["number", "float32", noFloat],
  ["decimal(5,2)", "float64", noFloat],
  ["timestamp", "date", "none"],
  ["timestamp", "text", "none"],
  ["timestamptz", "text", "none"],
  ["timestamptz", "time", "none"],
  ["float64", "text", "none"],
  ["int64", "text", "none"],
  ["boolean", "int8", "none"],
  ["json", "text", "none"],
  ["list(int8)", "int8", "none"],
  ["list(int8)", "list(int16)", "list(int16)"],
  ["list(int8)", "list(text)", "none"],
  ["list(int64)", "list(float64)", "none"],
  ["list(list(int8))", "list(int8)", "none"],
  ["list(list(time))", "list(list(time_ns))", "list(list(time_ns))"],
  ["list(list(int8))", "map(int8,int8)", "none"],
  ["map(int8,int16)", "map(int16,int8)", "map(int16,int16)"],
  ["map(int8,text)", "map(text,text)", "none"],
  ["map(text,int8)", "map(text,text)", "none"],
  ["map(text,text)", 'struct("key" text, "value" text)', "none"],
  ['struct("a" int8)', 'struct("a" int16)', 'struct("a" int16)'],
  ['struct("a" int8)', 'struct("A" int8)', "none"],
  ['struct("a" int8, "b" text)', 'struct("a" int8)', "none"],
  ['struct("a" int8, "b" text)', 'struct("b" text, "a" int8)', "none"],
  ['struct("a" int8, "b" text)', 'struct("a" int8, "b" json)', "none"],
  ['struct("a" int8, "b" text)', 'struct("a" text, "b" text)', "none"],
  [
    'struct("a" list(int8), "b" map(text,int8))',
    'struct("a" list(uint8), "b" map(enum,int8))',
    'struct("a" list(decimal(3,0)), "b" map(text,int8))',
  ],
])("%s and %s are compared as: %s", (a, b, type) => {
  expect(common(a, b)).toBe(type);
});

test("a type is compared as itself, and only numbers of two declarations by their value", () => {
  for (const type of ["int32", "number", "text", "float64", "json", 'struct("a" number)'] as const) {
    const same = commonType({ type, source: "x" }, { type, source: "x" });
    const other = commonType({ type, source: "x" }, { type, source: "y" });
    if (!("type" in same && "type" in other)) throw new Error(`${type} is not compared`);
    expect([same.type, same.reference("v"), same.current("w")]).toEqual([type, "v", "w"]);
    const byValue = type === "number";
    expect([other.type, other.reference("v"), other.current("w")]).toEqual(
      byValue ? [type, "canonical_number(v)", "canonical_number(w)"] : [type, "v", "w"],
    );
  }
});
