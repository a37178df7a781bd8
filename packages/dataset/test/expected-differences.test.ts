import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareDatasets, type Cell, type ComparisonRules } from "../src/index.ts";
import { compare, type Side } from "./support/compare-sides.ts";
import { columns, openWorkshop } from "./support/table-workshop.ts";

type Expected = NonNullable<ComparisonRules["expected"]>[number];

const orders = columns({ id: "int32", region: "text", amount: "int64", tax: "int64" });
const reference: Side = {
  columns: orders,
  key: ["id"],
  rows: [
    ["1", "EU", "10", "1"],
    ["2", "EU", "20", "2"],
    ["3", "US", "30", "3"],
    ["4", "US", "40", null],
    ["5", "EU", "50", "5"],
  ],
};
/** Row 1 changed in amount, 2 in amount and tax, 3 in tax; 4 and 5 were removed, 6 was added. */
const current: Side = {
  ...reference,
  rows: [
    ["1", "EU", "11", "1"],
    ["2", "EU", "22", "3"],
    ["3", "US", "30", "4"],
    ["6", "US", "60", null],
  ],
};

function rule(given: Partial<Expected>): Expected {
  return { kinds: given.columns === undefined ? ["added", "removed", "changed"] : ["changed"], limit: 100, expired: false, ...given };
}

const cases: readonly { title: string; rules: readonly Partial<Expected>[]; matched: number[]; unexpected: number }[] = [
  { title: "any difference", rules: [{}], matched: [6], unexpected: 0 },
  { title: "rows of one kind", rules: [{ kinds: ["removed"] }, { kinds: ["added"] }], matched: [2, 1], unexpected: 3 },
  {
    title: "a column: a row with another changed cell is matched, not covered",
    rules: [{ columns: ["amount"] }],
    matched: [2],
    unexpected: 5,
  },
  {
    title: "two columns in two rules, which cover a row together",
    rules: [{ columns: ["amount"] }, { columns: ["tax"] }],
    matched: [2, 2],
    unexpected: 3,
  },
  {
    title: "the value now, and that of the reference",
    rules: [{ columns: ["amount"], where: "amount >= reference.amount * 1.1" }],
    matched: [2],
    unexpected: 5,
  },
  { title: "a removed row by its last values", rules: [{ kinds: ["removed"], where: "region = 'EU'" }], matched: [1], unexpected: 5 },
  { title: "an added row, which had no values", rules: [{ where: "reference.id is null" }], matched: [1], unexpected: 5 },
  { title: "a condition that is NULL for a row", rules: [{ where: "tax > 100 or tax <= 100" }], matched: [4], unexpected: 2 },
  { title: "more rows than its limit: none is covered", rules: [{ kinds: ["removed"], limit: 1 }], matched: [2], unexpected: 6 },
  { title: "exactly its limit", rules: [{ kinds: ["removed"], limit: 2 }], matched: [2], unexpected: 4 },
  { title: "expired: its rows are counted, none is covered", rules: [{ expired: true }], matched: [6], unexpected: 6 },
  { title: "overlapping: a row counts for each", rules: [{ where: "id = 1" }, { columns: ["amount"] }], matched: [1, 2], unexpected: 5 },
  { title: "nothing", rules: [{ where: "id = 17" }], matched: [0], unexpected: 6 },
  {
    title: "names in other capitals, quotes, a comment at its end",
    rules: [{ where: `"Region" = 'EU' and REFERENCE.Amount < AMOUNT -- both` }],
    matched: [2],
    unexpected: 4,
  },
];

describe("an expected difference matches", () => {
  test.each(cases)("$title", async ({ rules, matched, unexpected }) => {
    const found = await compare({ reference, current, rules: { expected: rules.map(rule) } });
    expect(found.expected).toEqual({ matched, unexpected });
    expect(found.verdict).toBe(unexpected === 0 ? "expected" : "different");
    expect(found).toMatchObject({ added: 1, removed: 2, changed: 3 });
  });
});

test("rows without a key are added or removed, as often as they are", async () => {
  const side = (rows: Cell[][]): Side => ({ columns: columns({ region: "text", amount: "int64" }), rows });
  const expected = [
    rule({ where: "region = 'EU' and amount > 0 and reference.amount is null" }),
    rule({ kinds: ["removed"] }),
    rule({ columns: ["amount"] }),
  ];
  const found = await compare({
    reference: side([...Array<Cell[]>(3).fill(["US", "1"]), ["EU", null]]),
    current: side([["US", "1"], ...Array<Cell[]>(2).fill(["EU", "5"])]),
    rules: { expected },
  });
  expect(found.expected).toEqual({ matched: [2, 3, 0], unexpected: 0 });
  expect(found.verdict).toBe("expected");
});

test("a cell that is equal by a tolerance is no difference that would have to be expected", async () => {
  const found = await compare({
    reference,
    current: {
      ...reference,
      rows: reference.rows.map(([id = null, region = null, amount = null, tax = null]) => [
        id,
        region,
        amount === "10" ? "11" : amount === "20" ? "29" : amount,
        tax,
      ]),
    },
    rules: { columns: { amount: { tolerance: { abs: "1" } } }, expected: [rule({ columns: ["amount"], where: "id = 2" })] },
  });
  expect(found.expected).toEqual({ matched: [1], unexpected: 0 });
  expect(found.verdict).toBe("expected");
});

test("a column that came or went stays a difference", async () => {
  const found = await compare({
    reference,
    current: {
      ...current,
      columns: columns({ id: "int32", region: "text", amount: "int64", tax: "int64", note: "text" }),
      rows: current.rows.map((row) => [...row, null]),
    },
    rules: { expected: [rule({})] },
  });
  expect(found.expected.unexpected).toBe(0);
  expect(found.verdict).toBe("different");
});

test("where all rows differ as expected, a column that was not compared is still not compared", async () => {
  const side = (plain: Side): Side => ({ ...plain, columns: [...orders, ...columns({ v: { notComparable: "it is opaque" } })] });
  expect((await compare({ reference: side(reference), current: side(current), rules: { expected: [rule({})] } })).verdict).toBe(
    "not compared",
  );
});

test("columns may have names that our own SQL has too", async () => {
  const named = columns({ c0: "int32", r1: "text", in_current: "int32", row_: "int32", v0: "int32", reference: "int32" });
  const where = "c0 = 1 and r1 = 'a' and in_current = 2 and v0 = 4 and row_ = 3";
  const expected = [rule({ where: `${where} and reference.row_ = 3 and reference.v0 = 5` }), rule({ where: `${where} and reference = 6` })];
  const found = await compare({
    reference: { columns: named, key: ["c0"], rows: [["1", "a", "2", "3", "5", "6"]] },
    current: { columns: named, key: ["c0"], rows: [["1", "a", "2", "3", "4", "6"]] },
    rules: { expected },
  });
  expect(found.expected).toEqual({ matched: [1, 1], unexpected: 0 });
});

test.each([
  ["reference = 6 and reference.a = 1", "it names a column `reference` and columns of the reference"],
  ["a = 1 and A = 2", "it names two columns that differ in capitals only"],
])("a condition that could mean two things is refused: %s", async (where, message) => {
  const table = {
    columns: columns({ id: "int32", a: "int32", A: "int32", reference: "int32" }),
    key: ["id"],
    rows: [["1", "1", "2", "6"]],
  };
  await expect(compare({ reference: table, current: table, rules: { expected: [rule({ where })] } })).rejects.toMatchObject({
    code: "CONFIG_INVALID",
    message: expect.stringContaining(message),
  });
});

test("numbers without a size of their own are numbers in a condition, and exact", async () => {
  const sides = (type: "number" | "uint256", before: string, now: string) => {
    const side = (v: string): Side => ({ columns: columns({ id: "int32", v: type }), key: ["id"], rows: [["1", v]] });
    return { reference: side(before), current: side(now) };
  };
  const matched = async (given: ReturnType<typeof sides>, where: string) =>
    (await compare({ ...given, rules: { expected: [rule({ where })] } })).expected.matched;
  expect(await matched(sides("number", "10.10", "11.11"), "v = reference.v * 1.1")).toEqual([1]);
  expect(await matched(sides("number", "9007199254740992", "9007199254740993"), "v > reference.v and v - 1 = reference.v")).toEqual([1]);
  expect(await matched(sides("uint256", "2", "10"), "v > 9")).toEqual([1]);
  await expect(matched(sides("number", "1", "NaN"), "v > 1")).rejects.toMatchObject({
    code: "CONFIG_INVALID",
    message: expect.stringContaining('the column "v" has a number that conditions cannot hold exactly: NaN'),
  });
});

test.each([
  ["what is not compared", { where: "colour = 'red'" }, "it names colour, which is no column that is compared"],
  ["a table of its own", { where: "id in (select 1)" }, "a subquery cannot be part of it"],
  ["files", { where: "read_text('/etc/passwd') is null" }, "read_text"],
  ["the time", { where: "now() > '2026-01-01'" }, "now"],
  ["no truth", { where: "amount + 1" }, "it is BIGINT, neither true nor false"],
  ["a word that is no SQL", { where: "amount >" }, "syntax error"],
  ["two expressions", { where: "true), (false" }, "it is more than one expression"],
  ["a value that cannot be read", { where: "region::int > 1" }, "Could not convert string"],
  ["a column that is none", { columns: ["amuont"] }, 'the column "amuont" is not compared'],
  ["a column of the key", { columns: ["id"] }, 'the column "id" is of the key, which never changes'],
] as const)("a rule with %s is refused", async (_, given, message) => {
  await expect(compare({ reference, current, rules: { expected: [rule(given)] } })).rejects.toMatchObject({
    code: "CONFIG_INVALID",
    message: expect.stringContaining(message),
    problem: { path: ["expected", "0", ...("where" in given ? ["where"] : ["columns", "0"])] },
  });
});

type Order = Readonly<{ id: string; region: Cell; amount: Cell; tax: Cell }>;

const conditions: readonly { sql: string | undefined; holds: (now: Order, before: Order | undefined) => boolean }[] = [
  { sql: undefined, holds: () => true },
  { sql: "region = 'EU'", holds: (now) => now.region === "EU" },
  { sql: "amount > reference.amount", holds: (now, before) => Number(now.amount ?? NaN) > Number(before?.amount ?? NaN) },
  { sql: "reference.amount is null", holds: (_, before) => (before?.amount ?? null) === null },
  { sql: "tax % 2 = 0 or region is null", holds: (now) => now.region === null || (now.tax !== null && Number(now.tax) % 2 === 0) },
  {
    sql: "coalesce(amount, 0) < 2 and REGION <> 'US'",
    holds: (now) => Number(now.amount ?? 0) < 2 && now.region !== null && now.region !== "US",
  },
];

const small = fc.option(fc.constantFrom("0", "1", "2"), { nil: null });
const table = fc.uniqueArray(
  fc.record({ id: fc.nat(12).map(String), region: fc.option(fc.constantFrom("EU", "US"), { nil: null }), amount: small, tax: small }),
  { selector: ({ id }) => id, maxLength: 13 },
);
const anyRule = fc.record({
  condition: fc.constantFrom(...conditions),
  columns: fc.option(fc.subarray(["region", "amount", "tax"] as const, { minLength: 1 }), { nil: undefined }),
  kinds: fc.subarray(["added", "removed", "changed"] as const, { minLength: 1 }),
  limit: fc.integer({ min: 1, max: 6 }),
  expired: fc.boolean(),
});

/** The same question asked row by row, in memory. */
function judged(
  sides: { before: readonly Order[]; now: readonly Order[] },
  rules: readonly (typeof anyRule extends fc.Arbitrary<infer Rule> ? Rule : never)[],
) {
  const ids = [...new Set([...sides.before, ...sides.now].map(({ id }) => id))];
  const rows = ids.flatMap((id) => {
    const [before, now] = [sides.before.find((row) => row.id === id), sides.now.find((row) => row.id === id)];
    const kind = before === undefined ? ("added" as const) : now === undefined ? ("removed" as const) : ("changed" as const);
    const changed = (["region", "amount", "tax"] as const).filter((name) => kind === "changed" && before?.[name] !== now?.[name]);
    return kind === "changed" && changed.length === 0 ? [] : [{ kind, changed, before, own: now ?? before }];
  });
  const matches = (rule: (typeof rules)[number], { kind, changed, before, own }: (typeof rows)[number]): boolean =>
    rule.kinds.includes(kind) &&
    (kind !== "changed" || changed.some((name) => rule.columns?.includes(name) ?? true)) &&
    own !== undefined &&
    rule.condition.holds(own, before);
  const matched = rules.map((rule) => rows.filter((row) => matches(rule, row)).length);
  const covering = rules.filter((rule, index) => !rule.expired && (matched[index] ?? 0) <= rule.limit);
  const covered = (row: (typeof rows)[number]): boolean => {
    const own = covering.filter((rule) => matches(rule, row));
    return row.kind === "changed" ? row.changed.every((name) => own.some((rule) => rule.columns?.includes(name) ?? true)) : own.length > 0;
  };
  return { matched, unexpected: rows.filter((row) => !covered(row)).length };
}

test("whatever the rows and rules, the counts are those of a look at every row", async () => {
  await using workshop = await openWorkshop();
  let covered = 0;
  await fc.assert(
    fc.asyncProperty(table, table, fc.array(anyRule, { maxLength: 3 }), async (before, now, rules) => {
      const dataset = (rows: readonly Order[]) =>
        workshop.dataset({ columns: orders, key: ["id"], rows: rows.map(({ id, region, amount, tax }) => [id, region, amount, tax]) });
      const expected = rules.map(({ condition, ...rest }) => ({ ...rest, where: condition.sql }));
      const sides = { reference: await dataset(before), current: await dataset(now) };
      const found = await compareDatasets({ tables: workshop.tables, ...sides, rules: { ignore: [], expected } });
      expect(found.expected).toEqual(judged({ before, now }, rules));
      if (found.verdict === "expected") covered += 1;
    }),
    { seed: 5, numRuns: 60 },
  );
  expect(covered).toBeGreaterThan(2);
});

test("where one side has no columns, as JSON without rows, rules match nothing; they are not refused for what they name", async () => {
  const nothing: Side = { columns: [], rows: [] };
  const expected = [rule({ columns: ["amount"] }), rule({ where: "region = 'EU'" })];
  expect(await compare({ reference: nothing, current: nothing, rules: { key: ["id"], expected } })).toMatchObject({
    verdict: "same",
    expected: { matched: [0, 0] },
  });
  // Rows without columns are known to have none.
  for (const [before, now] of [
    [[[]], []],
    [[], [[]]],
  ])
    await expect(
      compare({ reference: { columns: [], rows: before ?? [] }, current: { columns: [], rows: now ?? [] }, rules: { key: ["id"] } }),
    ).rejects.toMatchObject({ code: "CONFIG_INVALID" });
  for (const sides of [
    { reference, current: nothing },
    { reference: nothing, current: reference },
  ])
    expect(await compare({ ...sides, rules: { expected } })).toMatchObject({ verdict: "different", expected: { matched: [0, 0] } });
});
