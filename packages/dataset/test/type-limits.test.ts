import { expect, test } from "vitest";
import type { CanonicalType } from "../src/index.ts";
import { cellsOfRowText } from "../src/types/row-text.ts";
import { orderOfRows } from "../src/types/row-order.ts";
import { decimalShape, isNativeDecimal, simpleType } from "../src/types/simple-type.ts";
import { familyOf, storageType } from "../src/types/storage-type.ts";
import { textPattern } from "../src/types/text-pattern.ts";
import { requireUniqueNames } from "../src/types/unique-names.ts";
import { widen } from "../src/types/widening.ts";
import { columns } from "./support/table-workshop.ts";

test.each<[string, { precision: number; scale: number } | null]>([
  ["decimal(1,0)", { precision: 1, scale: 0 }],
  ["DECIMAL(18,4)", { precision: 18, scale: 4 }],
  ["decimal(1000,1000)", { precision: 1000, scale: 1000 }],
  ["decimal(2,5)", { precision: 2, scale: 5 }],
  ["decimal(0,0)", null],
  ["decimal(1001,0)", null],
  ["decimal(1,1001)", null],
  ["decimal(5)", null],
  ["decimal(5, 2)", null],
  ["decimal", null],
])("%s has the digits %j", (type, shape) => {
  expect(decimalShape(type)).toEqual(shape);
});

test("DuckDB has the decimals of up to 38 digits, not more of them behind the point", () => {
  const native = { "1,0": true, "38,0": true, "38,38": true, "39,0": false, "39,38": false, "5,5": true, "5,6": false };
  for (const [digits, is] of Object.entries(native)) {
    const [precision = 0, scale = 0] = digits.split(",").map(Number);
    expect([digits, isNativeDecimal({ precision, scale })]).toEqual([digits, is]);
    expect(simpleType(`decimal(${digits})`)).toEqual({ family: "decimal", storage: is ? `DECIMAL(${digits})` : "VARCHAR" });
  }
  for (const other of ["DECIMAL(5,2)", "Decimal(5,2)", "decimal(0,0)", "list(text)", "", "constructor"])
    expect(simpleType(other)).toBeNull();
  expect(simpleType("enum")).toEqual({ family: "enum", storage: "VARCHAR" });
});

test("composites are stored as their text, and what is no type is refused", () => {
  expect([familyOf("list(int8)"), storageType("list(int8)")]).toEqual(["list", "VARCHAR"]);
  expect([familyOf("uint16"), storageType("uint16")]).toEqual(["integer", "USMALLINT"]);
  expect(() => storageType("list(integer)")).toThrow("list(integer), which is no canonical type");
});

const patterns: readonly { readonly type: CanonicalType; readonly fits: readonly string[]; readonly not: readonly string[] }[] = [
  { type: "int64", fits: ["0", "-0", "007", "-12"], not: ["", "+1", "1.0", "a"] },
  { type: "int128", fits: ["0", "-12"], not: ["-0", "007"] },
  { type: "decimal(5,0)", fits: ["1", "-007"], not: ["1.", "1.0"] },
  { type: "decimal(5,2)", fits: ["1", "1.2", "-01.23"], not: ["1.234", "1.", ".1"] },
  { type: "decimal(40,0)", fits: ["0", "-1", "9".repeat(40)], not: ["1.0", "01", "9".repeat(41)] },
  { type: "decimal(40,2)", fits: ["0.00", `${"9".repeat(38)}.99`], not: ["0", "0.0", "00.00", `1${"0".repeat(38)}.00`] },
  { type: "decimal(3,5)", fits: ["0.00123", "-0.00000"], not: ["0.01234", "0.0012", "1.00123"] },
  { type: "time", fits: ["23:59:59.123456", "24:00:00.000000", "24:00:00"], not: ["23:59:59.1234567", "24:00:00.0000000", "24:00:00."] },
  { type: "time_ns", fits: ["23:59:59.123456789", "24:00:00.000000000"], not: ["23:59:59.1234567890", "24:00:00.0000000000"] },
  { type: "timestamp", fits: ["2024-01-01 00:00:00.123456", "0044-03-15 00:00:00 BC"], not: ["2024-01-01 00:00:00.1234567"] },
  { type: "timestamptz_ns", fits: ["2024-01-01 00:00:00.123456789+00"], not: ["2024-01-01 00:00:00.123456789", "2024-01-01 00:00:00+01"] },
];

test.each(patterns)("texts of $type are known by their letters", ({ type, fits, not }) => {
  const whole = new RegExp(`^(?:${textPattern(type) ?? ""})$`);
  expect(fits.filter((text) => !whole.test(text))).toEqual([]);
  expect(not.filter((text) => whole.test(text))).toEqual([]);
});

test.each<[CanonicalType, from: readonly string[], not: readonly string[]]>([
  [
    "decimal(10,2)",
    ["DECIMAL(10,2)", "DECIMAL(9,2)", "DECIMAL(9,1)", "DECIMAL(8,0)", "DECIMAL(1,1)"],
    ["DECIMAL(9,0)", "DECIMAL(11,2)", "DECIMAL(4,3)", "INTEGER"],
  ],
  ["float64", ["DOUBLE", "FLOAT"], ["INTEGER", "DECIMAL(5,2)"]],
  ["float32", ["FLOAT"], ["DOUBLE"]],
  ["timestamp", ["TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS"], ["TIMESTAMP_NS", "DATE"]],
  ["bytes", ["BLOB"], ["BIT"]],
  ["int64", ["UINTEGER", "BIGINT"], ["UBIGINT", "HUGEINT", "DOUBLE"]],
])("a column of %s takes what it holds exactly, and no more", (type, taken, not) => {
  const as = (from: string) => widen({ column: { name: "c", type, source: type }, from, value: "v" });
  for (const from of taken) expect(as(from)).toBe(`v::${storageType(type)}`);
  for (const from of not) expect([from, as(from)]).toEqual([from, null]);
  for (const text of ["VARCHAR", "JSON"]) expect(as(text)).toContain("v::VARCHAR");
});

test("columns of one name are refused wherever they stand, and names that differ by case are two", () => {
  expect(() => requireUniqueNames(columns({ a: "text", A: "text", b: "text" }), "here")).not.toThrow();
  const [a, b] = columns({ a: "text", b: "text" });
  if (a === undefined || b === undefined) throw new Error("no columns");
  for (const twins of [
    [a, a],
    [a, b, a],
    [b, a, a],
  ])
    expect(() => requireUniqueNames(twins, "here")).toThrow(expect.objectContaining({ code: "QUERY_FAILED" }));
});

test("rows are sorted by their first eight columns, more of them also by all cells", () => {
  const order = (count: number) =>
    orderOfRows(Array.from({ length: count }, (_, index) => ({ type: "int8", value: `c${index}` }) as const));
  const eight = ["c0", "c1", "c2", "c3", "c4", "c5", "c6", "c7"];
  expect(order(7)).toEqual(eight.slice(0, 7));
  expect(order(8)).toEqual(eight);
  expect(order(9).slice(0, -1)).toEqual(eight);
  expect(order(9).at(-1)).toMatch(/^md5\(.*c0.*c8.*\)$/);
});

test("the cells of a row's text are found by their lengths in bytes", () => {
  expect(cellsOfRowText("")).toEqual([]);
  expect(cellsOfRowText("-")).toEqual([null]);
  expect(cellsOfRowText("0:--2:é3:1:-12:123456789-12-0:")).toEqual(["", null, null, "é", "1:-", "123456789-12", null, ""]);
});
