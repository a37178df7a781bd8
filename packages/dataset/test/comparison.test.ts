import { expect, test } from "vitest";
import type { Cell } from "../src/index.ts";
import { compare, pair, plain, rows, type Side } from "./support/compare-sides.ts";
import { columns } from "./support/table-workshop.ts";

test("equal tables in another order of rows and columns are the same", async () => {
  const current = { columns: pair.toReversed(), rows: rows.map((cells) => cells.toReversed()).toReversed() };
  for (const key of [["id"], []]) {
    const found = await compare({ reference: { ...plain, key }, current: { ...current, key } });
    expect(found).toMatchObject({ verdict: "same", schema: [], rows: { reference: 3, current: 3 } });
  }
  expect(await compare({ reference: { ...plain, rows: [] }, current: { ...plain, rows: [] } })).toMatchObject({
    verdict: "same",
    added: 0,
    removed: 0,
  });
});

test("examples come first by key, numbers by size, as many as asked for, while counts are of all", async () => {
  const numbered = columns({ n: "number", v: "text" });
  const many = Array.from({ length: 30 }, (_, index): Cell[] => [String(index), "old"]);
  const found = await compare({
    reference: { columns: numbered, rows: many },
    current: { columns: numbered, rows: many.toReversed().map(([n]) => [n ?? null, Number(n) % 2 === 0 ? "old" : "new"]) },
    rules: { key: ["n"] },
    examples: 6,
  });
  expect(found.changed).toBe(15);
  expect(found.examples.changed.map(({ key }) => key[0])).toEqual(["1", "3", "5", "7", "9", "11"]);
});

test("columns that differ are listed by how many rows they differ in, and a row is changed once", async () => {
  const wide = columns({ id: "int32", a: "int64", b: "decimal(10,2)", c: "float64" });
  const found = await compare({
    reference: {
      columns: wide,
      rows: [
        ["1", "1", "1.00", "1"],
        ["2", "2", "2.00", null],
      ],
      key: ["id"],
    },
    current: {
      columns: wide,
      rows: [
        ["1", "9223372036854775807", "0.99", "1"],
        ["2", "2", "2.50", "2"],
      ],
      key: ["id"],
    },
  });
  expect(found).toMatchObject({
    changed: 2,
    columns: [
      { name: "b", changed: 2 },
      { name: "a", changed: 1 },
      { name: "c", changed: 1 },
    ],
  });
  expect(found.examples.changed).toEqual([
    {
      key: ["1"],
      cells: [
        { column: "a", reference: "1", current: "9223372036854775807", delta: "9223372036854775806" },
        { column: "b", reference: "1.00", current: "0.99", delta: "-0.01" },
      ],
    },
    {
      key: ["2"],
      cells: [
        { column: "b", reference: "2.00", current: "2.50", delta: "0.50" },
        { column: "c", reference: null, current: "2", delta: null },
      ],
    },
  ]);
});

test("a key of 2^53 and one of 2^53 + 1 are two rows; so are 1.1 and 1.10, 0 and -0", async () => {
  for (const [type, one, other] of [
    ["int64", "9007199254740992", "9007199254740993"],
    ["number", "1.1", "1.10"],
    ["float64", "0", "-0"],
  ] as const) {
    const keyed = columns({ k: type });
    const found = await compare({
      reference: { columns: keyed, rows: [[one]], key: ["k"] },
      current: { columns: keyed, rows: [[other]], key: ["k"] },
    });
    expect(found).toMatchObject({
      matching: { by: "key" },
      added: 1,
      removed: 1,
      changed: 0,
      examples: { added: [[other]], removed: [[one]] },
    });
  }
});

test("a duplicate key is a finding, and its rows are then counted one for one", async () => {
  const twice: Side = {
    ...plain,
    rows: [
      ["1", "a"],
      ["1", "a"],
      ["2", "b"],
    ],
    key: ["id"],
  };
  const found = await compare({
    reference: twice,
    current: {
      ...twice,
      rows: [
        ["1", "a"],
        ["2", "b"],
      ],
    },
  });
  expect(found).toMatchObject({
    verdict: "different",
    added: 0,
    removed: 1,
    changed: 0,
    keyProblems: [{ side: "reference", problem: "duplicate", rows: 2 }],
  });
  expect(found.matching).toEqual({ by: "multiset", columns: ["id", "v"], reason: "the key (id) does not tell rows apart" });
});

test("a NULL key is a finding, and the same row is the same", async () => {
  const holes: Side = {
    ...plain,
    rows: [
      [null, "a"],
      [null, "a"],
      ["1", "b"],
    ],
  };
  const found = await compare({ reference: holes, current: holes, rules: { key: ["id"] } });
  expect(found).toMatchObject({ verdict: "same", matching: { by: "multiset" } });
  expect(found.keyProblems).toEqual([
    { side: "reference", problem: "null", rows: 2 },
    { side: "current", problem: "null", rows: 2 },
  ]);
});

test("the surplus of a multiset is shown as often as it is there", async () => {
  const single = columns({ v: "text" });
  const found = await compare({
    reference: { columns: single, rows: [["a"], ["b"]] },
    current: { columns: single, rows: [["a"], ["a"], ["a"], ["c"]] },
  });
  expect(found).toMatchObject({ added: 3, removed: 1, matching: { by: "multiset", reason: "there is no key" } });
  expect(found.examples).toEqual({ fields: ["v"], changed: [], added: [["a"], ["a"], ["c"]], removed: [["b"]] });
});
