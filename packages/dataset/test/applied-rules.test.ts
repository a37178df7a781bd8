import { afterAll, beforeAll, expect, test } from "vitest";
import { applyColumnRules } from "../src/compare/apply-column-rules.ts";
import type { ComparedColumn } from "../src/compare/compared-columns.ts";
import { applyTransform, failingTransform, transformFault } from "../src/compare/transform.ts";
import type { CanonicalType, ColumnRules, ComparisonRules } from "../src/index.ts";
import { plainColumns, sideOf } from "./support/listed-side.ts";
import { openWorkshop, type TableWorkshop } from "./support/table-workshop.ts";

let workshop: TableWorkshop;
beforeAll(async () => {
  workshop = await openWorkshop();
});
afterAll(() => workshop[Symbol.asyncDispose]());

const columnOf = (type: CanonicalType): ComparedColumn => ({ name: "v", type, reference: "c3", current: "c5", tolerance: undefined });

/** The column v of a type as its rules want it read. */
async function applied(type: CanonicalType, own: ColumnRules, rules: Partial<ComparisonRules> = {}): Promise<ComparedColumn | undefined> {
  const [column] = await applyColumnRules(workshop.tables, {
    columns: [columnOf(type)],
    rules: { ignore: [], ...rules, columns: { v: own } },
  });
  return column;
}

test("columns without rules of their own stay as they are, also those with the name of something that every object has", async () => {
  const columns = plainColumns({ constructor: "text", v: "text", toString: "int32" } as const);
  const apply = (rules: ComparisonRules) => applyColumnRules(workshop.tables, { columns, rules });
  expect(await apply({ ignore: [] })).toEqual(columns);
  expect(await apply({ ignore: [], columns: {} })).toEqual(columns);
  const found = await apply({ ignore: [], columns: { v: { trim: true } } });
  expect([found[0], found[2]]).toEqual([columns[0], columns[2]]);
  expect(found[1]).toEqual({
    ...columns[1],
    reference: expect.stringContaining("trim(c1, "),
    current: expect.stringContaining("trim(c1, "),
  });
});

test("each rule is read into both sides, and one that says no changes nothing", async () => {
  const read = (type: CanonicalType, by: (value: string) => string) => ({ ...columnOf(type), reference: by("c3"), current: by("c5") });
  expect(await applied("text", {})).toEqual(columnOf("text"));
  expect(await applied("int32", { trim: false, unordered: false })).toEqual(columnOf("int32"));
  expect(await applied("json", { json: { ignorePaths: ["/a"] } })).toEqual(read("json", (value) => `json_without(${value}, '["/a"]')`));
  for (const type of ["list(int32)", "json"] as const)
    expect(await applied(type, { unordered: true })).toEqual(read(type, (value) => `json_array_sorted(${value})`));
  expect(await applied("json", { json: { ignorePaths: ["/a", "/b"] }, unordered: true })).toEqual(
    read("json", (value) => `json_array_sorted(json_without(${value}, '["/a","/b"]'))`),
  );
});

test.each<[CanonicalType, ColumnRules, string[], string]>([
  ["int32", { trim: true }, ["trim"], '`trim` is for text, and the column "v" is int32'],
  ["json", { trim: true }, ["trim"], '`trim` is for text, and the column "v" is json'],
  ["text", { json: { ignorePaths: [] } }, ["json"], '`json` is for json, and the column "v" is text'],
  ["list(text)", { json: { ignorePaths: [] } }, ["json"], '`json` is for json, and the column "v" is list(text)'],
  ["text", { unordered: true }, ["unordered"], '`unordered` is for a list or json, and the column "v" is text'],
  ["text", { tolerance: { abs: "1" } }, ["tolerance", "abs"], '`abs` is for a number, and the column "v" is text'],
  ["date", { tolerance: { rel: 1, timeUs: 1 } }, ["tolerance", "rel"], '`rel` is for a number, and the column "v" is date'],
  ["int64", { tolerance: { abs: "1", ulp: 1 } }, ["tolerance", "ulp"], '`ulp` is for float32 or float64, and the column "v" is int64'],
  [
    "float64",
    { tolerance: { ulp: 1, timeUs: 1 } },
    ["tolerance", "time"],
    '`time` is for a date, time or timestamp, and the column "v" is float64',
  ],
])("a column of the type %s cannot have the rules %j", async (type, own, path, message) => {
  await expect(applied(type, own)).rejects.toMatchObject({ code: "CONFIG_INVALID", problem: { path: ["columns", "v", ...path], message } });
});

test("a tolerance stands beside the column, unless it is declared to be of the key", async () => {
  const tolerance = { abs: "1" };
  const own: ColumnRules = { tolerance };
  expect(await applied("int32", own)).toEqual({ ...columnOf("int32"), tolerance });
  expect(await applied("int32", own, { key: ["w"] })).toEqual({ ...columnOf("int32"), tolerance });
  expect(await applied("date", { tolerance: { timeUs: 5 } })).toEqual({ ...columnOf("date"), tolerance: { timeUs: 5 } });
  await expect(applied("int32", own, { key: ["w", "v"] })).rejects.toMatchObject({ problem: { path: ["columns", "v", "tolerance"] } });
  expect(await applied("text", { trim: true }, { key: ["v"] })).toMatchObject({ tolerance: undefined });
});

test("a transform comes before the other rules, which look at what it gives", async () => {
  const tolerance = { abs: "1" };
  expect(await applied("text", { transform: "value::INT", tolerance })).toMatchObject({ type: "int32", tolerance });
  expect(await applied("int32", { transform: "value || ' '", trim: true })).toMatchObject({ type: "text" });
  await expect(applied("int32", { transform: "value || ''", tolerance })).rejects.toMatchObject({
    message: expect.stringContaining("is text"),
  });
});

test.each<[transform: string, from: CanonicalType, type: CanonicalType, read: string]>([
  ["value > 1", "int32", "boolean", "@"],
  ["value::TINYINT", "text", "int8", "@"],
  ["value::UBIGINT", "text", "uint64", "@"],
  ["value / 2", "int32", "float64", "@"],
  ["value::FLOAT", "int32", "float32", "@"],
  ["lower(value)", "text", "text", "@"],
  ["value::BLOB", "text", "bytes", "@"],
  ["value::DATE", "text", "date", "@"],
  ["value::TIME", "text", "time", "@"],
  ["value::TIMESTAMP", "text", "timestamp", "@"],
  ["value::TIMESTAMP_NS", "text", "timestamp_ns", "@"],
  ["value::TIMESTAMPTZ", "timestamp", "timestamptz", "@"],
  ["value::UUID", "text", "uuid", "@"],
  ["value::DECIMAL(12, 3)", "text", "decimal(12,3)", "@"],
  ["round(value, 1)", "decimal(9,4)", "decimal(9,1)", "@"],
  ["value::HUGEINT", "int32", "int128", "@::VARCHAR"],
  ["value::UHUGEINT", "int32", "uint128", "@::VARCHAR"],
  ["value::JSON", "text", "json", "canonical_json('.' || @::VARCHAR)"],
])("the transform %s of a column of the type %s gives %s", async (transform, from, type, read) => {
  const worked = (value: string) => read.replace("@", `list_transform([${value}], lambda value: (${transform}\n))[1]`);
  expect(await applyTransform(workshop.tables, columnOf(from), transform)).toEqual({
    ...columnOf(type),
    reference: worked("c3"),
    current: worked("c5"),
  });
});

test("a transform whose type is none of ours, or that no value of its column fits, is refused", async () => {
  const apply = (transform: string) => applyTransform(workshop.tables, columnOf("text"), transform);
  await expect(apply("string_split(value, ',')")).rejects.toMatchObject({
    problem: {
      message: expect.stringContaining("it gives VARCHAR[], which is not compared: cast it, as to VARCHAR"),
      got: "string_split(value, ',')",
    },
  });
  await expect(apply("value + DATE '2024-01-01'")).rejects.toMatchObject({ problem: { path: ["columns", "v", "transform"] } });
  await expect(apply("v")).rejects.toMatchObject({
    problem: { message: expect.stringContaining("it names v: only `value` is known to it") },
  });
});

test("a transform names nothing but the value", async () => {
  expect(await transformFault(workshop.tables, "value || lower(value)")).toBeNull();
  expect(await transformFault(workshop.tables, "1")).toBeNull();
  expect(await transformFault(workshop.tables, "value || other")).toBe("it names other: only `value` is known to it");
  expect(await transformFault(workshop.tables, "other.value || value")).toBe("it names other.value: only `value` is known to it");
});

test("the transform that stops at a value of either side is found, and none where all can be worked out", async () => {
  const types = { a: "text", b: "text", c: "text" } as const;
  const columns = plainColumns(types).map((column) => ({
    ...column,
    reference: `${column.reference}::INT`,
    current: `${column.current}::INT`,
  }));
  const rules = { ignore: [], columns: { a: { trim: true }, b: { transform: "value::INT" }, c: { transform: "(value)::INT" } } };
  const failing = async (reference: string[], current: string[]) => {
    const sides = { reference: sideOf(types, [reference]), current: sideOf(types, [current]) };
    return (
      (await failingTransform({ tables: workshop.tables, ...sides }, { before: plainColumns(types), after: columns, rules }))?.problem ??
      null
    );
  };
  expect(await failing(["x", "1", "2"], ["x", "3", "4"])).toBeNull();
  const stopped = (column: string, got: string) => ({
    path: ["columns", column, "transform"],
    got,
    message: expect.stringContaining("'x'"),
  });
  expect(await failing(["1", "x", "2"], ["1", "3", "4"])).toMatchObject(stopped("b", "value::INT"));
  expect(await failing(["1", "1", "2"], ["1", "x", "x"])).toMatchObject(stopped("b", "value::INT"));
  expect(await failing(["1", "1", "2"], ["1", "3", "x"])).toMatchObject(stopped("c", "(value)::INT"));
});
