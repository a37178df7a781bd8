import { afterAll, beforeAll, expect, test } from "vitest";
import { compareRelations, type Cell, type ComparisonRules, type Relation, type RelationsRequest } from "../src/index.ts";
import { sideOf } from "./support/listed-side.ts";
import { columns, openWorkshop, type TableWorkshop } from "./support/table-workshop.ts";

let workshop: TableWorkshop;
beforeAll(async () => {
  workshop = await openWorkshop();
});
afterAll(() => workshop[Symbol.asyncDispose]());

const two = { id: "int32", v: "text" } as const;
const plain: Cell[][] = [
  ["1", "a"],
  ["2", "b"],
];

async function compared(
  reference: Relation,
  current: Relation,
  rules: Partial<ComparisonRules> = {},
  more: Partial<RelationsRequest> = {},
) {
  return await compareRelations({ tables: workshop.tables, reference, current, rules: { ignore: [], ...rules }, ...more });
}

const any = { kinds: ["added", "removed", "changed"], limit: 10, expired: false } as const;

test("equal sides are the same, with all that is said of them", async () => {
  expect(await compared(sideOf(two, plain, ["id"]), sideOf(two, plain, ["id"]), { expected: [any] })).toEqual({
    verdict: "same",
    rows: { reference: 2, current: 2 },
    added: 0,
    removed: 0,
    changed: 0,
    columns: [],
    causes: [],
    expected: { matched: [0], unexpected: 0 },
    schema: [],
    notCompared: [],
    ignored: [],
    matching: { by: "key", columns: ["id"] },
    keyProblems: [],
    rung: { name: "full outer join", why: expect.stringContaining("no side has more than 100000 rows") },
    sampled: null,
    examples: { fields: ["id", "v"], changed: [], added: [], removed: [] },
  });
});

test.each<{ title: string; rows: Cell[][]; counts: [added: number, removed: number, changed: number] }>([
  { title: "a row came", rows: [...plain, ["3", "c"]], counts: [1, 0, 0] },
  { title: "a row went", rows: plain.slice(1), counts: [0, 1, 0] },
  { title: "a row changed", rows: [...plain.slice(1), ["1", "x"]], counts: [0, 0, 1] },
  {
    title: "as many came as changed",
    rows: [
      ["1", "x"],
      ["2", "b"],
      ["3", "c"],
    ],
    counts: [1, 0, 1],
  },
  { title: "as many went as changed", rows: [["1", "x"]], counts: [0, 1, 1] },
  {
    title: "as many came as went",
    rows: [
      ["1", "a"],
      ["3", "c"],
    ],
    counts: [1, 1, 0],
  },
])("where $title the sides differ, and as expected where a rule says so", async ({ rows, counts: [added, removed, changed] }) => {
  const [reference, current] = [sideOf(two, plain, ["id"]), sideOf(two, rows, ["id"])];
  expect(await compared(reference, current)).toMatchObject({ verdict: "different", added, removed, changed });
  const sum = added + removed + changed;
  expect(await compared(reference, current, { expected: [any] })).toMatchObject({
    verdict: "expected",
    expected: { matched: [sum], unexpected: 0 },
  });
  expect(await compared(reference, current, { expected: [{ ...any, expired: true }] })).toMatchObject({
    verdict: "different",
    expected: { matched: [sum], unexpected: sum },
  });
});

test("another schema is a difference with every row equal, and weighs more than what is not compared", async () => {
  const wide = sideOf({ ...two, w: "text" }, plain, ["id"]);
  expect(await compared(sideOf(two, plain, ["id"]), wide)).toMatchObject({ verdict: "different", schema: [{ change: "added" }] });
  const opaque = { name: "w", source: "point", type: { notComparable: "it is opaque" } };
  const side = sideOf(two, plain, ["id"]);
  const withOpaque = { ...side, columns: [...side.columns, opaque] };
  expect(await compared(withOpaque, withOpaque)).toMatchObject({ verdict: "not compared", notCompared: [{ column: "w" }] });
  expect(await compared(side, withOpaque)).toMatchObject({ verdict: "different" });
  const changed = { ...sideOf(two, [["1", "x"]], ["id"]), columns: withOpaque.columns };
  expect(await compared(withOpaque, changed, { expected: [any] })).toMatchObject({ verdict: "not compared", removed: 1, changed: 1 });
});

test("sides without a column are the same only where they have no rows either", async () => {
  const bare = (rows: number): Relation => sideOf({}, Array<Cell[]>(rows).fill([]));
  const verdict = async (one: Relation, other: Relation) => (await compared(one, other)).verdict;
  expect(await verdict(bare(0), bare(0))).toBe("same");
  expect(await verdict(bare(2), bare(2))).toBe("not compared");
  expect(await verdict(bare(0), sideOf(two, []))).toBe("different");
  const ignored = { ignore: ["id", "v"] };
  expect(await compared(sideOf(two, plain), sideOf(two, plain), ignored)).toMatchObject({ verdict: "not compared", ignored: ["id", "v"] });
  expect(await compared(sideOf(two, []), sideOf(two, []), ignored)).toMatchObject({ verdict: "not compared" });
  expect(await compared(bare(0), sideOf(two, []), ignored)).toMatchObject({ verdict: "not compared" });
  expect(await compared(sideOf(two, []), bare(0), ignored)).toMatchObject({ verdict: "not compared" });
  const one = sideOf({ v: "text" }, [["a"]]);
  expect(await compared(one, one)).toMatchObject({ verdict: "same", matching: { by: "multiset", columns: ["v"] } });
});

test("ten examples of each kind are read unless told, and as many as told", async () => {
  const many = (letter: string, from: number): Cell[][] =>
    Array.from({ length: 24 }, (_, id) => [String(id < 12 ? id : from + id), `${letter}${id}`]);
  const [reference, current] = [sideOf(two, many("a", 100), ["id"]), sideOf(two, many("b", 200), ["id"])];
  const counts = async (more: Partial<RelationsRequest>, rules = {}) => {
    const { changed, added, removed } = (await compared(reference, current, rules, more)).examples;
    return [changed.length, added.length, removed.length];
  };
  expect(await counts({})).toEqual([10, 10, 10]);
  expect(await counts({ examples: 3 })).toEqual([3, 3, 3]);
  expect(await counts({}, { ignore: ["id"] })).toEqual([0, 10, 10]);
});

test("a hundred thousand rows a side are few unless told", async () => {
  const numbers = (rows: number): Relation => ({
    title: "numbers",
    columns: columns({ n: "int32" }),
    key: ["n"],
    rows,
    from: `(SELECT range::INTEGER AS c0 FROM range(${rows}))`,
    values: ["c0"],
  });
  const rung = async (reference: number, current: number, more: Partial<RelationsRequest> = {}) =>
    (await compared(numbers(reference), numbers(current), {}, more)).rung.name;
  expect(await rung(100_000, 99_999)).toBe("full outer join");
  expect(await rung(100_001, 99_999)).toBe("row hashes");
  expect(await rung(99_999, 100_001)).toBe("row hashes");
  expect(await rung(7, 6, { fewRows: 6 })).toBe("row hashes");
  expect(await rung(7, 6, { fewRows: 7 })).toBe("full outer join");
  expect(await rung(7, 7, { fewRows: 6 })).toBe("digests");
});

test("a key that does not tell rows apart is a finding, and the rows are matched by all their values", async () => {
  const [twice, once] = [sideOf(two, [...plain, ["1", "c"]]), sideOf(two, plain)];
  const found = await compared(twice, once, { key: ["id"], columns: { v: { tolerance: undefined } }, expected: [any] });
  expect(found).toMatchObject({
    verdict: "expected",
    removed: 1,
    matching: { by: "multiset", columns: ["id", "v"], reason: "the key (id) does not tell rows apart" },
    keyProblems: [{ side: "reference", problem: "duplicate", rows: 2 }],
    rung: { name: "multiset" },
  });
  expect((await compared(once, once, { key: ["v", "id"] })).matching).toEqual({ by: "key", columns: ["v", "id"] });
});

test("digests of the stored rows answer only where no transform is between", async () => {
  const digest = { algorithm: "any", rows: 2, value: "7" };
  const side = (rows: Cell[][]): Relation => ({ ...sideOf(two, rows, ["id"]), digest });
  const other: Cell[][] = [
    ["1", "A"],
    ["2", "b"],
  ];
  const [reference, current] = [side(plain), side(other)];
  expect(await compared(reference, current)).toMatchObject({ verdict: "same", rung: { name: "digests" } });
  const rules = { columns: { id: { tolerance: undefined }, v: { transform: "value || '!'" } } };
  expect(await compared(reference, current, rules)).toMatchObject({ verdict: "different", rung: { name: "full outer join" } });
  expect(await compared(reference, current, { columns: { v: { trim: true } } })).toMatchObject({ rung: { name: "digests" } });
});

test("names that no rule may have, or that two columns share, are refused", async () => {
  const side = sideOf(two, plain);
  await expect(compared(side, side, { key: ["ids"] })).rejects.toMatchObject({ code: "CONFIG_INVALID", problem: { path: ["key"] } });
  const twins = { ...side, columns: [...columns({ id: "int32" }), ...columns({ id: "int32" })] };
  await expect(compared(side, twins)).rejects.toMatchObject({ code: "QUERY_FAILED" });
  await expect(compared(twins, side)).rejects.toMatchObject({ code: "QUERY_FAILED" });
});

test("of a sample the number of rows is known, and a sample without a row says nothing of the others", async () => {
  const rows = (count: number): Cell[][] => Array.from({ length: count }, (_, id) => [String(id + 1), `v${id}`]);
  const [some, more, none] = [rows(40), rows(41), []].map((it) => sideOf(two, it, ["id"])) as [Relation, Relation, Relation];
  const nothing = { sample: { percent: 0.0001 } };
  expect(await compared(some, some, nothing)).toMatchObject({ verdict: "not compared", sampled: { percent: 0.0001, rows: 0 } });
  expect(await compared(some, more, nothing)).toMatchObject({ verdict: "different", added: 0, removed: 0 });
  expect(await compared(none, none, nothing)).toMatchObject({ verdict: "same", sampled: { percent: 0.0001, rows: 0 } });
  const all = { sample: { percent: 100 } };
  expect(await compared(some, some, all)).toMatchObject({ verdict: "same", sampled: { percent: 100, rows: 40 } });
  expect(await compared(some, more, { ...all, expected: [any] })).toMatchObject({ verdict: "expected", added: 1, sampled: { rows: 41 } });
  const bare = sideOf({}, [[], []]);
  expect(await compared(bare, bare, all)).toMatchObject({ verdict: "not compared", sampled: null });
  // By the key, not by the whole row: whatever changed, both sides keep the same rows.
  const half = { sample: { percent: 50 } };
  const changed = await compared(
    some,
    sideOf(
      two,
      rows(40).map(([id = null]) => [id, "x"]),
      ["id"],
    ),
    half,
  );
  expect(changed).toMatchObject({ added: 0, removed: 0, changed: changed.sampled?.rows, matching: { by: "key" } });
  expect(changed.changed).toBeGreaterThan(5);
});
