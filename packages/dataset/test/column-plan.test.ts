import { expect, test } from "vitest";
import { asMultiset, chooseMatching } from "../src/compare/choose-matching.ts";
import { cellPairs } from "../src/compare/cell-pair.ts";
import { planColumns } from "../src/compare/compared-columns.ts";
import type { CanonicalType, Relation } from "../src/index.ts";
import { plainColumns, sideOf } from "./support/listed-side.ts";
import { columns } from "./support/table-workshop.ts";

const side = (types: Readonly<Record<string, CanonicalType>>, key: readonly string[] = []): Relation => sideOf(types, [], key);

test("columns are paired by their exact names in the order of the current side, and read where each side has them", () => {
  const plan = planColumns({
    reference: side({ a: "int32", gone: "date", b: "text", B: "uuid" }),
    current: side({ b: "text", came: "time", a: "int32", late: "bytes" }),
    ignore: [],
  });
  expect(plan).toEqual({
    compared: [
      { name: "b", type: "text", reference: "c2", current: "c0", tolerance: undefined },
      { name: "a", type: "int32", reference: "c0", current: "c2", tolerance: undefined },
    ],
    schema: [
      { change: "added", column: "came", type: "time" },
      { change: "added", column: "late", type: "bytes" },
      { change: "removed", column: "gone", type: "date" },
      { change: "removed", column: "B", type: "uuid" },
    ],
    notCompared: [],
  });
});

test("ignored columns are in no part of the plan, whatever changed in them; a key that has one is none", () => {
  const plan = planColumns({
    reference: side({ a: "int32", b: "text", gone: "date" }, ["a"]),
    current: side({ a: "int32", b: "int32", came: "date" }, ["b"]),
    ignore: ["b", "gone", "came"],
  });
  expect(plan).toEqual({
    compared: [{ name: "a", type: "int32", reference: "c0", current: "c0", tolerance: undefined }],
    schema: [{ change: "key", reference: ["a"], current: [] }],
    notCompared: [],
  });
});

test("a column without a canonical type has no stored value, is not compared, and says which side lacks it", () => {
  const opaque = columns({ o: { notComparable: "it is opaque" } });
  const withOpaque = { ...side({ a: "int32", b: "text" }), columns: [...opaque, ...columns({ a: "int32", b: "text" })] };
  const plain = side({ a: "int32", b: "text", o: "text" });
  const compared = plainColumns({ a: "int32", b: "text" });
  expect(planColumns({ reference: withOpaque, current: withOpaque, ignore: [] })).toEqual({
    compared,
    schema: [],
    notCompared: [{ column: "o", reason: "it is opaque" }],
  });
  const type = { change: "type", column: "o" };
  expect(planColumns({ reference: withOpaque, current: plain, ignore: [] })).toEqual({
    compared,
    schema: [{ ...type, reference: "unreadable", current: "text" }],
    notCompared: [{ column: "o", reason: "the reference does not hold it: it is opaque" }],
  });
  expect(planColumns({ reference: plain, current: withOpaque, ignore: [] })).toEqual({
    compared,
    schema: [{ ...type, reference: "text", current: "unreadable" }],
    notCompared: [{ column: "o", reason: "it is opaque" }],
  });
});

test("another type is said in the engine's words, and in ours where only our reading changed", () => {
  const read = (source: string, type: CanonicalType | { notComparable: string }): Relation => ({
    ...side({}),
    columns: [{ name: "v", source, type }],
    values: ["c0"],
  });
  const schema = (reference: Relation, current: Relation) => planColumns({ reference, current, ignore: [] }).schema;
  expect(schema(read("integer", "int32"), read("integer", "int32"))).toEqual([]);
  expect(schema(read("integer", "int32"), read("bigint", "int32"))).toEqual([
    { change: "type", column: "v", reference: "integer", current: "bigint" },
  ]);
  expect(schema(read("number", "int32"), read("number", "int64"))).toEqual([
    { change: "type", column: "v", reference: "number read as int32", current: "number read as int64" },
  ]);
  const none = { notComparable: "it is opaque" };
  expect(schema(read("point", none), read("point", "text"))).toEqual([]);
  expect(schema(read("point", "text"), read("point", none))).toEqual([]);
  expect(schema(read("point", none), read("point", { ...none }))).toEqual([]);
});

test("types without a value in common are not compared", () => {
  const { compared, notCompared } = planColumns({ reference: side({ v: "text" }), current: side({ v: "int32" }), ignore: [] });
  expect([compared, notCompared]).toEqual([[], [{ column: "v", reason: expect.stringContaining("changed from text to int32") }]]);
});

test("rows are matched by the declared key, else by the one of the current side, else by all that is compared", () => {
  const compared = plainColumns({ a: "int32", b: "text", c: "date" });
  const current = side({ a: "int32", b: "text", c: "date", d: "date", e: "date" }, ["a", "b"]);
  const chosen = (declared: readonly string[] | undefined, of = current) =>
    chooseMatching({ current: of, compared, declared, ignore: ["e"] });
  const multiset = (reason: string) => ({ by: "multiset", columns: ["a", "b", "c"], reason });
  expect(chosen(undefined)).toEqual({ by: "key", columns: ["a", "b"] });
  expect(chosen([])).toEqual({ by: "key", columns: ["a", "b"] });
  expect(chosen(["c"])).toEqual({ by: "key", columns: ["c"] });
  expect(chosen(["c", "a"])).toEqual({ by: "key", columns: ["c", "a"] });
  expect(chosen(undefined, { ...current, key: [] })).toEqual(multiset("there is no key"));
  expect(chosen(["a", "d"])).toEqual(multiset('the key column "d" is not in the reference, or cannot be compared with it'));
  expect(chosen(["e", "f"])).toEqual(multiset('the key column "e" is ignored'));
  expect(chosen(["f"])).toEqual(multiset('the key column "f" is in the reference only'));
});

test("without a key it is said which tolerances cannot be applied", () => {
  const [a, b, c] = plainColumns({ a: "int32", b: "int32", c: "int32" });
  if (a === undefined || b === undefined || c === undefined) throw new Error("a column is missing");
  const tolerance = { abs: "1" };
  expect(asMultiset([a, b], "why")).toEqual({ by: "multiset", columns: ["a", "b"], reason: "why" });
  const matched = (...compared: (typeof a)[]) => asMultiset(compared, "why");
  expect(matched(a, { ...b, tolerance })).toEqual({
    by: "multiset",
    columns: ["a", "b"],
    reason: "why; without a key no tolerance can be applied: b compared exactly",
  });
  expect(matched({ ...a, tolerance }, b, { ...c, tolerance })).toMatchObject({
    reason: "why; without a key no tolerance can be applied: a, c compared exactly",
  });
});

test("cells stand in pairs for every column that is not of the key", () => {
  const all = plainColumns({ a: "int32", b: "text", c: "date" });
  const pairs = cellPairs(all, all.slice(1, 2));
  expect(pairs.map(({ column, reference, current, toTolerance }) => [column.name, reference, current, toTolerance])).toEqual([
    ["a", "r0", "c0", null],
    ["c", "r2", "c2", null],
  ]);
});
