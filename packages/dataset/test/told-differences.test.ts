import { afterAll, beforeAll, expect, test } from "vitest";
import { compareRelations, type CanonicalType, type Cell, type ComparisonRules } from "../src/index.ts";
import { sideOf, type Rows } from "./support/listed-side.ts";
import { openWorkshop, type TableWorkshop } from "./support/table-workshop.ts";

let workshop: TableWorkshop;
beforeAll(async () => {
  workshop = await openWorkshop();
});
afterAll(() => workshop[Symbol.asyncDispose]());

const types = { k: "int32", v: "int32", l: "text", w: "decimal(9,2)", x: "text" } as const;

async function compared(reference: Rows, current: Rows, { rules = {}, of = types, examples = 10 }: Given = {}) {
  const sides = { reference: sideOf(of, reference), current: sideOf(of, current) };
  return await compareRelations({ tables: workshop.tables, ...sides, rules: { key: ["l", "k"], ignore: [], ...rules }, examples });
}

interface Given {
  readonly rules?: Partial<ComparisonRules>;
  readonly of?: Readonly<Record<string, CanonicalType>>;
  readonly examples?: number;
}

const before: Rows = [
  ["2", "10", "a", "1.50", "x"],
  ["10", "20", "a", "1.00", "x"],
  ["-3", "30", "a", "1.00", null],
  ["1", "40", "b", null, "x"],
  ["2", "50", "b", "1.00", "x"],
  ["3", "60", "b", "1.00", "x"],
  ["4", null, "c", null, null],
];
const now: Rows = [
  ["2", "11", "a", "1.00", "x"],
  ["10", "20", "a", "1.10", "x"],
  ["-3", "20", "a", null, "y"],
  ["1", "40", "b", "3.00", "x"],
  ["2", "51", "b", "1.00", "x"],
  ["3", "60", "b", "1.00", "x"],
  ["5", null, "c", null, null],
];
const rules = { columns: { v: { tolerance: { abs: "1" } } } };

test("of rows with a key it is told how many came, went and changed, in which columns by how much, and which are the first", async () => {
  const found = await compared(before, now, { rules });
  expect(found).toMatchObject({ added: 1, removed: 1, changed: 4, expected: { matched: [], unexpected: 6 } });
  expect(found.columns).toEqual([
    { name: "w", changed: 4, toTolerance: 0, nullToValue: 1, valueToNull: 1, deltas: { min: "-0.50", median: "-0.50", max: "0.10" } },
    { name: "v", changed: 1, toTolerance: 2, nullToValue: 0, valueToNull: 0, deltas: { min: "-10", median: "-10", max: "-10" } },
    { name: "x", changed: 1, toTolerance: 0, nullToValue: 1, valueToNull: 0, deltas: null },
  ]);
  expect(found.examples).toEqual({
    fields: ["k", "v", "l", "w", "x"],
    changed: [
      {
        key: ["a", "-3"],
        cells: [
          { column: "v", reference: "30", current: "20", delta: "-10" },
          { column: "w", reference: "1.00", current: null, delta: null },
          { column: "x", reference: null, current: "y", delta: null },
        ],
      },
      { key: ["a", "2"], cells: [{ column: "w", reference: "1.50", current: "1.00", delta: "-0.50" }] },
      { key: ["a", "10"], cells: [{ column: "w", reference: "1.00", current: "1.10", delta: "0.10" }] },
      { key: ["b", "1"], cells: [{ column: "w", reference: null, current: "3.00", delta: null }] },
    ],
    added: [["5", null, "c", null, null]],
    removed: [["4", null, "c", null, null]],
  });
  expect((await compared(before, now, { rules, examples: 2 })).examples.changed.map(({ key }) => key)).toEqual([
    ["a", "-3"],
    ["a", "2"],
  ]);
});

test("one row that changed is shown with the cell that did", async () => {
  const current = [["2", "10", "a", "1.50", "y"], ...before.slice(1)];
  const cells = [{ column: "x", reference: "x", current: "y", delta: null }];
  expect(await compared(before, current)).toMatchObject({
    changed: 1,
    columns: [{ name: "x", changed: 1 }],
    examples: { changed: [{ key: ["a", "2"], cells }], added: [], removed: [] },
  });
});

test("rows that only came, or only went, are shown by their key", async () => {
  const rows: Cell[][] = [1, 12, -5, 7].map((k) => [String(k), "1", "a", "1.00", `x${k}`]);
  const sorted = [-5, 1, 7, 12].map((k) => [String(k), "1", "a", "1.00", `x${k}`]);
  expect((await compared([], rows)).examples).toMatchObject({ changed: [], added: sorted, removed: [] });
  expect((await compared(rows, [], { examples: 3 })).examples).toMatchObject({ changed: [], added: [], removed: sorted.slice(0, 3) });
});

test("cells that are equal by a tolerance only are no changes, and no column that differs less comes first", async () => {
  const current = before.map(([k = null, v = null, ...rest]) => [k, v === null ? null : `${Number(v) + 1}`, ...rest]);
  const found = await compared(before, current, { rules });
  expect(found).toMatchObject({ verdict: "same", changed: 0, examples: { changed: [] } });
  expect(found.columns).toEqual([{ name: "v", changed: 0, toTolerance: 6, nullToValue: 0, valueToNull: 0, deltas: null }]);
});

test("columns that differ in as many rows stand in their order", async () => {
  const wide = { k: "int32", l: "int32", b: "text", c: "text", a: "text", d: "text" } as const;
  const row = (k: string, ...cells: string[]): Cell[] => [k, "1", ...cells];
  const reference = [row("1", "o", "o", "o", "o"), row("2", "o", "o", "o", "o"), row("3", "o", "o", "o", "o")];
  const current = [row("1", "o", "n", "n", "n"), row("2", "n", "n", "o", "n"), row("3", "o", "n", "n", "o")];
  const found = await compared(reference, current, { of: wide });
  expect(found.columns.map(({ name, changed }) => [name, changed])).toEqual([
    ["c", 3],
    ["a", 2],
    ["d", 2],
    ["b", 1],
  ]);
});

test.each([40, 41, 80, 85])("of %d columns the cells of each are counted", async (width) => {
  const names = Array.from({ length: width }, (_, at) => `n${at}`);
  const many = { k: "int32", ...Object.fromEntries(names.map((name) => [name, "int32"] as const)) } as const;
  const row = (k: number, add: number): Cell[] => [
    String(k),
    ...names.map((_, at) => String(at * ((at + k) % 3 === 0 ? 1 + add : 1) + add * (at % 2))),
  ];
  const [reference, current] = [
    [row(1, 0), row(2, 0)],
    [row(1, 1), row(2, 1)],
  ];
  const found = await compared(reference, current, { of: many, rules: { key: ["k"] } });
  const differing = (at: number): number => reference.filter((cells, index) => cells[at + 1] !== current[index]?.[at + 1]).length;
  const expected = names.map((name, at) => [name, differing(at)] as const).filter(([, count]) => count > 0);
  expect(found.columns.map(({ name, changed }) => [name, changed])).toEqual(expected.toSorted(([, a], [, b]) => b - a));
});

test.each<{ type: CanonicalType; pairs: [Cell, Cell][]; deltas: [string, string, string] | null }>([
  { type: "int32", pairs: [["1", "5"]], deltas: ["4", "4", "4"] },
  {
    type: "int32",
    pairs: [
      ["1", "5"],
      ["9", "3"],
    ],
    deltas: ["-6", "-6", "4"],
  },
  {
    type: "int64",
    pairs: [
      ["1", "5"],
      ["9", "3"],
      ["1", "2"],
    ],
    deltas: ["-6", "1", "4"],
  },
  {
    type: "uint8",
    pairs: [
      ["1", "5"],
      ["9", "3"],
      ["1", "2"],
      ["0", "9"],
      [null, "1"],
      ["2", null],
    ],
    deltas: ["-6", "1", "9"],
  },
  {
    type: "int64",
    pairs: [["-9223372036854775808", "9223372036854775807"]],
    deltas: ["18446744073709551615", "18446744073709551615", "18446744073709551615"],
  },
  {
    type: "int8",
    pairs: [
      ["1", "9"],
      ["1", "8"],
      ["1", "7"],
      ["1", "6"],
      ["1", "5"],
    ],
    deltas: ["4", "6", "8"],
  },
  {
    type: "decimal(9,2)",
    pairs: [
      ["1.00", "1.50"],
      ["1.00", "1.10"],
      ["1.00", "0.90"],
    ],
    deltas: ["-0.10", "0.10", "0.50"],
  },
  { type: "decimal(37,1)", pairs: [["1.0", "2.0"]], deltas: ["1.0", "1.0", "1.0"] },
  {
    type: "decimal(38,0)",
    pairs: [["-9".padEnd(39, "9"), "9".repeat(38)]],
    deltas: Array(3).fill(`1${"9".repeat(37)}8`) as [string, string, string],
  },
  { type: "decimal(38,1)", pairs: [["1.0", "2.0"]], deltas: ["1", "1", "1"] },
  {
    type: "number",
    pairs: [
      ["1.1", "1.25"],
      ["1", "1.001"],
      ["1e2", "0"],
    ],
    deltas: ["-100", "0.001", "0.15"],
  },
  { type: "number", pairs: [["1e2", "3e2"]], deltas: ["200", "200", "200"] },
  {
    type: "float64",
    pairs: [
      ["0.5", "0.75"],
      ["1", "Infinity"],
      ["NaN", "1"],
      ["1", "3"],
    ],
    deltas: ["0.25", "0.25", "2"],
  },
  {
    type: "float32",
    pairs: [
      ["1", "NaN"],
      ["Infinity", "2"],
      ["0.5", null],
    ],
    deltas: null,
  },
  {
    type: "int256",
    pairs: [
      ["1", `1${"0".repeat(60)}`],
      ["7", "8"],
    ],
    deltas: ["1", "1", "9".repeat(60)],
  },
  { type: "text", pairs: [["1", "2"]], deltas: null },
  { type: "date", pairs: [["2024-01-01", "2024-01-02"]], deltas: null },
])("of changed cells of the type $type the differences are $deltas", async ({ type, pairs, deltas }) => {
  const of = { k: "int32", v: type, other: "text" } as const;
  const side = (at: 0 | 1): Cell[][] => [
    ...pairs.map((pair, k): Cell[] => [String(k), pair[at], "same"]),
    ["100", pairs[0]?.[0] ?? null, `changed ${at}`],
    [`${200 + at}`, pairs[0]?.[1] ?? null, "came or went"],
  ];
  const found = await compared(side(0), side(1), { of, rules: { key: ["k"] } });
  const [min, median, max] = deltas ?? [];
  expect(found.columns.find(({ name }) => name === "v")?.deltas).toEqual(deltas === null ? null : { min, median, max });
});
