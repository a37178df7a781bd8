import { expect, test } from "vitest";
import type { Cell } from "../src/index.ts";
import { columnRuleCases } from "./support/column-rule-cases.ts";
import { compare } from "./support/compare-sides.ts";
import { columns } from "./support/table-workshop.ts";

test.each(columnRuleCases)("$title", async ({ type, rules, near = [], equal = [], different }) => {
  const side = (at: 0 | 1) => ({
    columns: columns({ id: "int32", v: type }),
    rows: [...near, ...equal, ...different].map((pair, id): Cell[] => [String(id), pair[at]]),
    key: ["id"],
  });
  const found = await compare({ reference: side(0), current: side(1), rules: { columns: { v: rules } }, examples: 100 });
  const ids = found.examples.changed.map(({ key }) => Number(key[0]));
  expect(ids).toEqual(different.map((_, index) => near.length + equal.length + index));
  expect(found).toMatchObject({ changed: different.length, columns: [{ name: "v", changed: different.length, toTolerance: near.length }] });
});

test("cells that are equal only by a tolerance are counted where nothing else differs, and the verdict is the same", async () => {
  const side = (value: string) => ({ columns: columns({ id: "int32", v: "float64" }), rows: [["1", value]], key: ["id"] });
  const found = await compare({ reference: side("1"), current: side("1.5"), rules: { columns: { v: { tolerance: { abs: "1" } } } } });
  expect(found).toMatchObject({ verdict: "same", changed: 0, columns: [{ name: "v", changed: 0, toTolerance: 1, deltas: null }] });
  expect(found.examples.changed).toEqual([]);
});

test("NULLs that came and went are counted, and the differences of the other cells described exactly", async () => {
  const table = (rows: readonly (readonly [Cell, Cell, Cell, Cell])[]) => ({
    columns: columns({ id: "int32", f: "float64", d: "decimal(38,1)", n: "number", i: "int64" }),
    rows: rows.map((cells, id): Cell[] => [String(id), ...cells]),
    key: ["id"],
  });
  const most = "9999999999999999999999999999999999999.9";
  const found = await compare({
    reference: table([
      [null, "1.0", "1e3", "-9223372036854775808"],
      ["1", "2.0", "0.10", "5"],
      ["0.1", `-${most}`, "7", null],
      ["3", null, "NaN", "1"],
      ["4", "1.0", "1", null],
      ["NaN", "1.0", "1", "3"],
    ]),
    current: table([
      ["1", "1.5", "1e4", "9223372036854775807"],
      [null, "2.2", "0.2", "4"],
      ["0.3", most, "7", null],
      ["2", "1.0", "1", "1"],
      ["10", "1.0", "1", "1"],
      ["1", "1.0", "1", null],
    ]),
  });
  expect(found.columns).toEqual([
    { name: "f", changed: 6, toTolerance: 0, nullToValue: 1, valueToNull: 1, deltas: { min: "-1", median: "0.2", max: "6" } },
    {
      name: "d",
      changed: 4,
      toTolerance: 0,
      nullToValue: 1,
      valueToNull: 0,
      deltas: { min: "0.2", median: "0.5", max: "19999999999999999999999999999999999999.8" },
    },
    {
      name: "i",
      changed: 4,
      toTolerance: 0,
      nullToValue: 1,
      valueToNull: 1,
      deltas: { min: "-1", median: "-1", max: "18446744073709551615" },
    },
    { name: "n", changed: 3, toTolerance: 0, nullToValue: 0, valueToNull: 0, deltas: { min: "0.1", median: "0.1", max: "9000" } },
  ]);
});

test("a column named value does not stand in for the value, nor does a parameter of the expression's own", async () => {
  const side = (cells: readonly Cell[]) => ({ columns: columns({ id: "int32", value: "text", v: "text" }), rows: [cells], key: ["id"] });
  const transform = "list_transform([value], lambda x: x || value)[1]";
  const found = await compare({
    reference: side(["1", "x", "b"]),
    current: side(["1", "y", "B"]),
    rules: { columns: { v: { transform } } },
  });
  expect(found.examples.changed).toEqual([
    {
      key: ["1"],
      cells: [
        { column: "value", reference: "x", current: "y", delta: null },
        { column: "v", reference: "bb", current: "BB", delta: null },
      ],
    },
  ]);
});

test("without a key a tolerance cannot be applied: the column is compared exactly, and that is said", async () => {
  const side = (cell: Cell) => ({ columns: columns({ v: "float64" }), rows: [[cell]] });
  const found = await compare({ reference: side("1"), current: side("1.1"), rules: { columns: { v: { tolerance: { abs: "1" } } } } });
  expect(found).toMatchObject({ verdict: "different", added: 1, removed: 1 });
  expect(found.matching).toMatchObject({
    by: "multiset",
    reason: "there is no key; without a key no tolerance can be applied: v compared exactly",
  });
});
