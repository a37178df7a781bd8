import { afterAll, beforeAll, expect, test } from "vitest";
import { compareRelations, type Cell, type ComparisonRules } from "../src/index.ts";
import { sideOf, type Rows } from "./support/listed-side.ts";
import { openWorkshop, type TableWorkshop } from "./support/table-workshop.ts";

let workshop: TableWorkshop;
beforeAll(async () => {
  workshop = await openWorkshop();
});
afterAll(() => workshop[Symbol.asyncDispose]());

const types = { n: "int32", v: "text" } as const;

async function compared(reference: Rows, current: Rows, { rules = {}, examples = 10, fewRows = 100 }: Given = {}) {
  const sides = { reference: sideOf(types, reference), current: sideOf(types, current) };
  return await compareRelations({ tables: workshop.tables, ...sides, rules: { ignore: [], ...rules }, examples, fewRows });
}

interface Given {
  readonly rules?: Partial<ComparisonRules>;
  readonly examples?: number;
  readonly fewRows?: number;
}

const before: Rows = [
  ["1", "a"],
  ["2", "b"],
  ["2", "b"],
  ["2", "b"],
  ["-30", "c"],
  [null, null],
  [null, null],
];
const now: Rows = [
  ["4", "a"],
  ["-5", "z"],
  ["4", "a"],
  ["10", "a"],
  ["1", "a"],
  ["2", "b"],
  [null, null],
];

test.each([100, 7, 6])(
  "rows cancel each other one for one, the others are sorted by size and shown as often, where %d are few",
  async (fewRows) => {
    const found = await compared(before, now, { fewRows });
    expect(found).toEqual({
      verdict: "different",
      rows: { reference: 7, current: 7 },
      added: 4,
      removed: 4,
      changed: 0,
      columns: [],
      causes: [],
      expected: { matched: [], unexpected: 8 },
      schema: [],
      notCompared: [],
      ignored: [],
      matching: { by: "multiset", columns: ["n", "v"], reason: "there is no key" },
      keyProblems: [],
      rung: { name: "multiset", why: "rows without a usable key were counted by all their values" },
      sampled: null,
      examples: {
        fields: ["n", "v"],
        changed: [],
        added: [
          ["-5", "z"],
          ["4", "a"],
          ["4", "a"],
          ["10", "a"],
        ],
        removed: [
          ["-30", "c"],
          ["2", "b"],
          ["2", "b"],
          [null, null],
        ],
      },
    });
  },
);

test("of rows that come more than once as many are shown as asked for", async () => {
  const { examples, added, removed } = await compared(before, now, { examples: 2 });
  expect([added, removed]).toEqual([4, 4]);
  expect(examples.added).toEqual([
    ["-5", "z"],
    ["4", "a"],
  ]);
  expect(examples.removed).toEqual([
    ["-30", "c"],
    ["2", "b"],
  ]);
});

test("one row too many on either side is counted and shown", async () => {
  const one: Cell[][] = [["7", "x"]];
  expect(await compared([], one)).toMatchObject({ added: 1, removed: 0, examples: { added: one, removed: [] } });
  expect(await compared(one, [])).toMatchObject({ added: 0, removed: 1, examples: { added: [], removed: one } });
  const only = { rules: { ignore: ["n"] } };
  expect(await compared([], one, only)).toMatchObject({ added: 1, examples: { fields: ["v"], added: [["x"]] } });
});

test("rows that are alike in their first column are sorted by the next, as its values are", async () => {
  const sorted: Cell[][] = ["", "10", "2", "aaa", "b"].map((v) => ["1", v]);
  expect((await compared([], sorted.toReversed())).examples.added).toEqual(sorted);
  expect((await compared(sorted.toReversed(), [], { examples: 3 })).examples.removed).toEqual(sorted.slice(0, 3));
});

test("equal rows in another order leave nothing over", async () => {
  const found = await compared(before, before.toReversed());
  expect(found).toMatchObject({ verdict: "same", added: 0, removed: 0, rung: { name: "multiset" } });
  expect(found).toMatchObject({ expected: { matched: [], unexpected: 0 }, examples: { added: [], removed: [] } });
});

test("rows of which nothing is compared are counted, and none is shown", async () => {
  const found = await compared(before, now.slice(2), { rules: { ignore: ["n", "v"] } });
  expect(found).toMatchObject({ added: 0, removed: 2, changed: 0, examples: { fields: [], added: [], removed: [] } });
});

test("equal rows of one digest have nothing that differs", async () => {
  const any = { kinds: ["added", "removed"], limit: 9, expired: false } as const;
  expect(await compared(before, before.toReversed(), { fewRows: 6, rules: { expected: [any, any] } })).toMatchObject({
    verdict: "same",
    added: 0,
    removed: 0,
    changed: 0,
    columns: [],
    causes: [],
    expected: { matched: [0, 0], unexpected: 0 },
    rung: { name: "digests", why: "both sides were read, and have one digest" },
    examples: { changed: [], added: [], removed: [] },
  });
});

test("what rules match is counted as often as it is there, by the values now and before", async () => {
  const matched = async (...where: (string | undefined)[]) => {
    const expected = where.map((it) => ({ kinds: ["added", "removed", "changed"], where: it, limit: 9, expired: false }) as const);
    return (await compared(before, now, { rules: { expected } })).expected;
  };
  expect(await matched(undefined)).toEqual({ matched: [8], unexpected: 0 });
  expect(await matched("n = 4")).toEqual({ matched: [2], unexpected: 6 });
  expect(await matched("reference.n = 2")).toEqual({ matched: [2], unexpected: 6 });
  expect(await matched("reference.n = 4", "reference.n is null")).toEqual({ matched: [0, 5], unexpected: 3 });
  expect(await matched("n = 4 or n = -30", "n = 10 or n = 4")).toEqual({ matched: [3, 3], unexpected: 4 });
});
