import fc from "fast-check";
import { expect, test } from "vitest";
import { parseDuckDBType } from "../src/files/duckdb-type.ts";
import { exactType } from "../src/files/exact-leaf.ts";
import { isRounded, parquetType, type ParquetNode } from "../src/files/parquet-types.ts";
import { decimalOfBytes } from "../src/types/decimal-of-bytes.ts";

const node = (known: Partial<ParquetNode> = {}): ParquetNode => ({ physical: "INT64", logical: "", precision: 0, scale: 0, ...known });
const simple = (name: string) => ({ kind: "simple", name }) as const;
const timestamp = (utc: 0 | 1, unit: string) => node({ logical: `TimestampType(isAdjustedToUTC=${utc}, unit=TimeUnit(${unit}))` });
const time = (unit: string) => node({ logical: `TimeType(isAdjustedToUTC=0, unit=TimeUnit(${unit}))` });
const [nanos, micros] = ["NANOS=NanoSeconds()", "MICROS=MicroSeconds()"];

test.each([
  ["BIGINT", simple("BIGINT")],
  ["DECIMAL(18,2)", simple("DECIMAL(18,2)")],
  ["TIMESTAMP WITH TIME ZONE", simple("TIMESTAMP WITH TIME ZONE")],
  ["INTEGER[]", { kind: "list", element: simple("INTEGER") }],
  ["INTEGER[3][]", { kind: "list", element: { kind: "list", element: simple("INTEGER") } }],
  ["MAP(VARCHAR, DECIMAL(5,2))", { kind: "map", key: simple("VARCHAR"), value: simple("DECIMAL(5,2)") }],
  ["MAP(VARCHAR)", simple("MAP(VARCHAR)")],
  [
    `STRUCT(a INTEGER, "b, (""c" MAP(VARCHAR, BIGINT), "d)" ENUM('x, (', 'y"'), e STRUCT("" DATE)[])`,
    {
      kind: "struct",
      fields: [
        { name: "a", type: simple("INTEGER") },
        { name: 'b, ("c', type: { kind: "map", key: simple("VARCHAR"), value: simple("BIGINT") } },
        { name: "d)", type: simple(`ENUM('x, (', 'y"')`) },
        { name: "e", type: { kind: "list", element: { kind: "struct", fields: [{ name: "", type: simple("DATE") }] } } },
      ],
    },
  ],
])("%s is read in its parts", (text, type) => {
  expect(parseDuckDBType(text)).toEqual(type);
});

test("what DuckDB would round is INT96, more than 38 digits, times and instants in nanoseconds", () => {
  const rounded = [node({ physical: "INT96" }), node({ precision: 39 }), time(nanos), timestamp(1, nanos)];
  expect(rounded.map(isRounded)).toEqual([true, true, true, true]);
  const exact = [node(), node({ precision: 38 }), time(micros), timestamp(1, micros), timestamp(0, nanos), timestamp(0, micros)];
  expect(exact.map(isRounded)).toEqual(exact.map(() => false));
  expect(exact.every((leaf) => parquetType("BIGINT", [leaf]) === "int64")).toBe(true);
});

test("what is read from its bytes has an exact type, whatever else is said of it", () => {
  expect([node({ precision: 39, scale: 3 }), node({ physical: "INT96" }), time(nanos), timestamp(1, nanos)].map(exactType)).toEqual([
    "decimal(39,3)",
    "timestamp",
    "time_ns",
    "timestamptz_ns",
  ]);
});

test.each([
  ["INT96", node({ physical: "INT96" })],
  ["decimals of more than 38 digits", node({ precision: 39 })],
  ["times in nanoseconds", time(nanos)],
  ["times in nanoseconds", timestamp(1, nanos)],
  ["times in nanoseconds", { ...time(nanos), precision: 38 }],
])("%s within others cannot be read exactly, wherever they stand", (what, leaf) => {
  const lost = { notComparable: `${what} within lists, maps and groups cannot be read exactly: write them as columns, or in microseconds` };
  expect(parquetType("STRUCT(a BIGINT, b BIGINT)", [node({ physical: "" }), node(), leaf])).toEqual(lost);
  expect(parquetType("STRUCT(a BIGINT, b BIGINT)", [node({ physical: "" }), leaf, node()])).toEqual(lost);
});

test("a column of nothing but NULL is text; within others the type that DuckDB gives it stands", () => {
  const nothing = node({ logical: "NullType()" });
  expect(parquetType("INTEGER", [nothing])).toBe("text");
  expect(parquetType("INTEGER[]", [node({ logical: "ListType()" }), node(), nothing])).toBe("list(int32)");
  expect(parquetType("INTEGER", [nothing, nothing])).toBe("int32");
});

test.each([
  ["VARIANT", null],
  ["DECIMAL(38,10)", "decimal(38,10)"],
  ["VARIANT[]", null],
  ["MAP(VARIANT, INTEGER)", null],
  ["MAP(INTEGER, VARIANT)", null],
  ["MAP(INTEGER, UUID)", "map(int32,uuid)"],
  ["STRUCT(a VARIANT, b INTEGER)", null],
  ["STRUCT(b INTEGER, a VARIANT)", null],
  ["STRUCT(b INTEGER, a JSON)", 'struct("b" int32, "a" json)'],
  [`BLOB${"[]".repeat(8)}`, `${"list(".repeat(8)}bytes${")".repeat(8)}`],
  [`BLOB${"[]".repeat(9)}`, null],
])("%s is compared as %s", (type, canonical) => {
  expect(parquetType(type, [node(), node()])).toEqual(canonical ?? { notComparable: `Rehearse does not compare ${type}` });
});

test("a decimal is written from the bytes of its units, whatever their number and sign", () => {
  const digits = fc.bigInt({ min: -(2n ** 255n), max: 2n ** 255n - 1n });
  fc.assert(
    fc.property(digits, fc.nat(80), fc.nat(3), (units, scale, more) => {
      const bytes = Math.ceil((units < 0n ? -units - 1n : units).toString(2).length / 8 + 1 / 8) + more;
      const hex = BigInt.asUintN(bytes * 8, units)
        .toString(16)
        .padStart(bytes * 2, "0");
      const text = decimalOfBytes(hex, String(scale));
      expect(text).toMatch(scale === 0 ? /^-?(0|[1-9]\d*)$/ : new RegExp(String.raw`^-?(0|[1-9]\d*)\.\d{${scale}}$`));
      expect(BigInt(text.replace(".", ""))).toBe(units);
      expect(text.startsWith("-")).toBe(units < 0n);
    }),
    { seed: 20261101, numRuns: 500 },
  );
  expect([decimalOfBytes("80", "0"), decimalOfBytes("7f", "2"), decimalOfBytes("ff", "1"), decimalOfBytes("", "3")]).toEqual([
    "-128",
    "1.27",
    "-0.1",
    "0.000",
  ]);
});
