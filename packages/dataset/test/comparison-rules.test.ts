import { expect, test } from "vitest";
import { acceptReference, compareDatasets, readReference, type Cell, type Column, type ComparisonRules } from "../src/index.ts";
import { compare, pair, plain, rows, type Side } from "./support/compare-sides.ts";
import { columns, openWorkshop } from "./support/table-workshop.ts";

const schemaCases: readonly {
  title: string;
  current: readonly Column[];
  cells: readonly Cell[];
  key?: readonly string[];
  schema: unknown;
  notCompared: unknown;
}[] = [
  {
    title: "an added column",
    current: columns({ id: "int32", v: "text", w: "text" }),
    cells: ["1", "a", "x"],
    schema: [{ change: "added", column: "w", type: "text" }],
    notCompared: [],
  },
  {
    title: "a removed column",
    current: columns({ id: "int32" }),
    cells: ["1"],
    schema: [{ change: "removed", column: "v", type: "text" }],
    notCompared: [],
  },
  {
    title: "a column whose name changed in case only",
    current: columns({ id: "int32", V: "text" }),
    cells: ["1", "a"],
    schema: [
      { change: "added", column: "V", type: "text" },
      { change: "removed", column: "v", type: "text" },
    ],
    notCompared: [],
  },
  {
    title: "another source type that reads alike",
    current: [...columns({ id: "int32" }), { name: "v", type: "text", source: "varchar(10)" }],
    cells: ["1", "a"],
    schema: [{ change: "type", column: "v", reference: "text", current: "varchar(10)" }],
    notCompared: [],
  },
  {
    title: "another canonical type",
    current: columns({ id: "int32", v: "json" }),
    cells: ["1", '"a"'],
    schema: [{ change: "type", column: "v", reference: "text", current: "json" }],
    notCompared: [{ column: "v", reason: "its type changed from text to json" }],
  },
  {
    title: "a column read in another way",
    current: [...columns({ id: "int32" }), { name: "v", type: "json", source: "text" }],
    cells: ["1", '"a"'],
    schema: [{ change: "type", column: "v", reference: "text read as text", current: "text read as json" }],
    notCompared: [{ column: "v", reason: "its type changed from text to json" }],
  },
  {
    title: "another primary key",
    current: pair,
    cells: ["1", "a"],
    key: ["id", "v"],
    schema: [{ change: "key", reference: ["id"], current: ["id", "v"] }],
    notCompared: [],
  },
];

test.each(schemaCases)("$title is a difference, with every row equal", async ({ current, cells, key = ["id"], schema, notCompared }) => {
  const found = await compare({
    reference: { columns: pair, rows: [["1", "a"]], key: ["id"] },
    current: { columns: current, rows: [cells], key },
  });
  expect(found).toMatchObject({ verdict: "different", added: 0, removed: 0, changed: 0, schema, notCompared });
});

test("timestamp and timestamptz with the same digits are not the same", async () => {
  const [zoneless, instant] = [columns({ at: "timestamp" }), columns({ at: "timestamptz" })];
  const found = await compare({
    reference: { columns: zoneless, rows: [["2024-01-05 10:00:00.000000"]] },
    current: { columns: instant, rows: [["2024-01-05 10:00:00.000000+00"]] },
  });
  expect(found).toMatchObject({ verdict: "different", schema: [{ change: "type", column: "at" }], notCompared: [{ column: "at" }] });
});

test("what cannot be compared is not called the same, unless it is ignored; a difference weighs more", async () => {
  const shaped = columns({ id: "int32", shape: { notComparable: "polygons have no canonical form" } });
  const side: Side = { columns: shaped, rows: [["1"]], key: ["id"] };
  const found = await compare({ reference: side, current: side });
  expect(found).toMatchObject({
    verdict: "not compared",
    schema: [],
    notCompared: [{ column: "shape", reason: "polygons have no canonical form" }],
  });
  expect(await compare({ reference: side, current: side, rules: { ignore: ["shape"] } })).toMatchObject({
    verdict: "same",
    ignored: ["shape"],
    notCompared: [],
  });
  expect(await compare({ reference: side, current: { ...side, rows: [["2"]] } })).toMatchObject({ verdict: "different" });
  expect(await compare({ reference: plain, current: plain, rules: { ignore: ["id", "v"] } })).toMatchObject({ verdict: "not compared" });
});

test.each([
  ["current", "is not in the reference, or cannot be compared with it"],
  ["reference", "is in the reference only"],
] as const)("a key column that only the %s side has is no key: it %s", async (side, why) => {
  const withKey = { columns: columns({ id: "int32", v: "text" }), rows: [["1", "a"]] };
  const keyless = { columns: columns({ v: "text" }), rows: [["a"]] };
  const sides = side === "current" ? { reference: keyless, current: withKey } : { reference: withKey, current: keyless };
  const { matching } = await compare({ ...sides, rules: { key: ["id"] } });
  expect(matching).toEqual({ by: "multiset", columns: ["v"], reason: `the key column "id" ${why}` });
});

test("rows without a key are shown with their empty cells", async () => {
  const table = { columns: columns({ a: "text", b: "int32", c: "text" }), rows: [["x", "1", "y"]] };
  const found = await compare({
    reference: table,
    current: {
      ...table,
      rows: [
        [null, "1", null],
        ["", null, "-"],
      ],
    },
  });
  expect(found.examples).toMatchObject({
    removed: [["x", "1", "y"]],
    added: expect.arrayContaining([
      [null, "1", null],
      ["", null, "-"],
    ]),
  });
});

test("an ignored column may differ, come or go; a key that holds it is none", async () => {
  const keyed = { ...plain, key: ["id"] };
  const moved: Side = {
    columns: columns({ id: "int64", v: "text" }),
    rows: rows.map(([, v], index) => [String(index + 70), v ?? null]),
    key: ["id"],
  };
  const found = await compare({ reference: keyed, current: moved, rules: { ignore: ["id"] } });
  expect(found).toMatchObject({
    verdict: "same",
    schema: [],
    ignored: ["id"],
    matching: { by: "multiset", columns: ["v"], reason: 'the key column "id" is ignored' },
  });
  expect(
    await compare({
      reference: { columns: columns({ v: "text" }), rows: [["a"]] },
      current: { columns: pair, rows: [["1", "a"]] },
      rules: { ignore: ["id"] },
    }),
  ).toMatchObject({ verdict: "same" });
});

test("a reference without ignored columns compares equal to the data it was made from, until a column is ignored no more", async () => {
  await using workshop = await openWorkshop();
  const { tables } = workshop;
  const current = await workshop.dataset({ ...plain, key: ["id"] });
  const directory = workshop.path("reference");
  await acceptReference({ tables, dataset: current, directory, ignore: ["v"] });
  const reference = await readReference({ tables, directory });
  if (reference === null) throw new Error("no reference");
  expect(await compareDatasets({ tables, reference, current, rules: { ignore: ["v"] } })).toMatchObject({
    verdict: "same",
    matching: { by: "key", columns: ["id"] },
  });
  expect(await compareDatasets({ tables, reference, current, rules: { ignore: [] } })).toMatchObject({
    verdict: "different",
    schema: [{ change: "added", column: "v" }],
  });
});

const wrongRules: readonly { title: string; rules: Partial<ComparisonRules>; says: string; hint: string }[] = [
  {
    title: "ignores a column that there is not",
    rules: { ignore: ["ids"] },
    says: '`ignore` names the column "ids"',
    hint: 'Did you mean "id"?',
  },
  { title: "has a key that there is not", rules: { key: ["id", "V"] }, says: '`key` names the column "V"', hint: 'Did you mean "v"?' },
  {
    title: "ignores its key",
    rules: { key: ["id"], ignore: ["id"] },
    says: "in `key` and in `ignore`",
    hint: "Take it out of one of them.",
  },
];

test.each(wrongRules)("a rule that $title is an error of the file", async ({ rules, says, hint }) => {
  await expect(compare({ reference: plain, current: plain, rules })).rejects.toMatchObject({
    code: "CONFIG_INVALID",
    message: expect.stringContaining(says),
    hint,
  });
});

test("two columns of one name are refused with what to do", async () => {
  const twins: Side = { columns: [...columns({ count: "int64" }), ...columns({ count: "int64" })], rows: [["1", "2"]] };
  await expect(compare({ reference: twins, current: twins })).rejects.toMatchObject({
    code: "QUERY_FAILED",
    hint: expect.stringContaining("AS"),
  });
});
