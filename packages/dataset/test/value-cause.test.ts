import { expect, test } from "vitest";
import { fewest, nearlyAll } from "../src/compare/causes/cause-request.ts";
import type { CanonicalType, Cell } from "../src/index.ts";
import { compare } from "./support/compare-sides.ts";
import { columns } from "./support/table-workshop.ts";

test("nine of ten rows are nearly all, one row never is", () => {
  expect(fewest).toBe(2);
  expect([nearlyAll(1, 1), nearlyAll(2, 2), nearlyAll(9, 10), nearlyAll(90, 100), nearlyAll(10, 10)]).toEqual([
    false,
    true,
    true,
    true,
    true,
  ]);
  expect([nearlyAll(2, 3), nearlyAll(8, 10), nearlyAll(89, 100), nearlyAll(0, 0)]).toEqual([false, false, false, false]);
});

/** Some rows alike: how many there are, and how many of them changed. */
interface Group {
  readonly cells: readonly Cell[];
  readonly rows: number;
  readonly changed: number;
}

/** The causes of a table of such rows, one group after the other; beside them one row came and one went, which did not change. */
async function causesOf(groups: readonly Group[], types: readonly CanonicalType[] = ["text"]) {
  const names = types.map((type, index) => [`g${index}`, type] as const);
  const side = (letter: string, extra: string) => ({
    columns: columns({ id: "int32", ...Object.fromEntries(names), v: "text" }),
    key: ["id"],
    rows: [
      ...groups.flatMap(({ cells, rows, changed }, group) =>
        Array.from({ length: rows }, (_, row): Cell[] => [
          String(group * 10_000 + row),
          ...cells,
          row < changed ? `${letter} ${group} ${row}` : "",
        ]),
      ),
      [extra, ...(groups.at(-1)?.cells ?? []), letter],
    ],
  });
  const found = await compare({ reference: side("a", "-1"), current: side("b", "-2") });
  expect(found).toMatchObject({ added: 1, removed: 1, changed: groups.reduce((sum, { changed }) => sum + changed, 0) });
  return found.causes;
}

test.each([
  { first: 50, told: true },
  { first: 49, told: false },
])("of the first hundred changed rows half must have a value for it to be looked at: $first of them", async ({ first, told }) => {
  // The others have nothing in common, and come first.
  const other = (letter: string, rows: number): Group[] =>
    Array.from({ length: rows }, (_, row) => ({ cells: [`${letter}${row}`], rows: 1, changed: 1 }));
  const groups: Group[] = [
    ...other("y", 100 - first),
    { cells: ["x"], rows: first, changed: first },
    ...other("w", first - 49),
    { cells: ["x"], rows: 459 - first, changed: 459 - first },
    { cells: ["z"], rows: 458, changed: 0 },
  ];
  // Of those that are not x, with the row that came, one in ten changed.
  expect(await causesOf(groups)).toEqual(told ? [{ kind: "value", column: "g0", value: "x", rows: 459, of: 459 }] : []);
});

test.each([
  { changed: 8, rows: 10, told: true },
  { changed: 8, rows: 11, told: false },
])("four in five of the rows with a value must have changed: $changed of $rows", async ({ changed, rows, told }) => {
  const causes = await causesOf([
    { cells: ["x"], rows, changed },
    { cells: ["y"], rows: 20, changed: 0 },
  ]);
  expect(causes).toEqual(told ? [{ kind: "value", column: "g0", value: "x", rows: changed, of: rows }] : []);
});

test.each([
  { rows: 10, told: true },
  { rows: 9, told: false },
])("of $rows rows without the value one may have changed too: $told", async ({ rows, told }) => {
  const causes = await causesOf([
    { cells: ["x"], rows: 20, changed: 20 },
    { cells: ["y"], rows: rows - 1, changed: 1 },
  ]);
  expect(causes).toEqual(told ? [{ kind: "value", column: "g0", value: "x", rows: 20, of: 20 }] : []);
});

test("the value of the most changed rows is named, of as many the one that the fewest others have, wherever its column stands", async () => {
  const most: Group[] = [
    { cells: ["x", "p"], rows: 19, changed: 19 },
    { cells: ["y", "p"], rows: 1, changed: 1 },
    { cells: ["z", "q"], rows: 30, changed: 0 },
  ];
  const swapped = (groups: Group[]): Group[] => groups.map((group) => ({ ...group, cells: group.cells.toReversed() }));
  const types = ["text", "text"] as const;
  expect(await causesOf(most, types)).toEqual([{ kind: "value", column: "g1", value: "p", rows: 20, of: 20 }]);
  expect(await causesOf(swapped(most), types)).toEqual([{ kind: "value", column: "g0", value: "p", rows: 20, of: 20 }]);
  const fewest: Group[] = [
    { cells: ["x", "p"], rows: 20, changed: 20 },
    { cells: ["x", "q"], rows: 2, changed: 0 },
    { cells: ["z", "q"], rows: 30, changed: 0 },
  ];
  expect(await causesOf(fewest, types)).toEqual([{ kind: "value", column: "g1", value: "p", rows: 20, of: 20 }]);
  expect(await causesOf(swapped(fewest), types)).toEqual([{ kind: "value", column: "g0", value: "p", rows: 20, of: 20 }]);
});

test.each<{ title: string; type: CanonicalType; value: Cell; other: Cell; told: boolean }>([
  { title: "a text of 200 letters", type: "text", value: "x".repeat(200), other: "y", told: true },
  { title: "a text of 201 letters", type: "text", value: "x".repeat(201), other: "y", told: false },
  { title: "a text with a NUL", type: "text", value: "x\0", other: "y", told: false },
  { title: "a text with a quote", type: "text", value: "it's", other: "y", told: true },
  { title: "NULL", type: "text", value: null, other: "null", told: true },
  { title: "bytes", type: "bytes", value: "00ff", other: "0a", told: true },
  { title: "a float", type: "float64", value: "1e+20", other: "-0", told: true },
  { title: "negative zero", type: "float64", value: "-0", other: "0", told: true },
  { title: "a moment", type: "timestamptz", value: "2024-01-05 10:00:00.000000+00", other: "2024-01-05 11:00:00.000000+00", told: true },
])("a value can be $title: $told", async ({ type, value, other, told }) => {
  const causes = await causesOf(
    [
      { cells: [value], rows: 20, changed: 20 },
      { cells: [other], rows: 20, changed: 0 },
    ],
    [type],
  );
  expect(causes).toEqual(told ? [{ kind: "value", column: "g0", value, rows: 20, of: 20 }] : []);
});

test("a value that all rows have is not what some of them have in common, though all of these changed", async () => {
  expect(await causesOf([{ cells: ["x"], rows: 20, changed: 20 }])).toEqual([]);
});

test("a value that changed rows got, or lost, is not what they have in common", async () => {
  const side = (value: string) => ({
    columns: columns({ id: "int32", g: "text" }),
    key: ["id"],
    rows: Array.from({ length: 40 }, (_, id): Cell[] => [String(id), id < 20 ? value : `z${id}`]),
  });
  expect((await compare({ reference: side("x"), current: side("y") })).causes).toEqual([]);
});
