import { expect, test } from "vitest";
import type { CanonicalType, Cell } from "../src/index.ts";
import { compare } from "./support/compare-sides.ts";
import { columns } from "./support/table-workshop.ts";

/** The calculations that explain a column of 300 cells, of which all may change, and how many did. */
async function found(type: CanonicalType, before: (id: number) => Cell, after: (id: number) => Cell) {
  const side = (valueOf: (id: number) => Cell) => ({
    columns: columns({ id: "int32", v: type }),
    rows: Array.from({ length: 300 }, (_, id): Cell[] => [String(id), valueOf(id)]),
    key: ["id"],
  });
  const { changed, causes } = await compare({ reference: side(before), current: side(after) });
  return {
    changed,
    causes: causes.map((cause) => (cause.kind === "arithmetic" ? [cause.operation, cause.operand, cause.rows] : [cause.kind])),
  };
}

/** Numbers that have nothing in common. */
const mixed = (id: number): number => (id * 7919 + 13) % 10_007;

test("where a sum and a product hold for as many rows the sum is named, else the one that holds for more", async () => {
  const reference = (id: number): number => 1000 + (id % 5);
  const sum = await found(
    "int64",
    (id) => String(reference(id)),
    (id) => String(reference(id) + 100),
  );
  expect(sum).toEqual({ changed: 300, causes: [["plus", "100", 300]] });
  const product = await found(
    "int64",
    (id) => String(id === 7 ? 5000 : reference(id)),
    (id) => String(id === 7 ? 5500 : reference(id) + 100),
  );
  expect(product).toEqual({ changed: 300, causes: [["times", "1.1", 300]] });
});

test("a factor is taken from the largest cells, which tell it most precisely", async () => {
  const reference = (id: number): number => (id < 297 ? (id % 48) + 3 : 100_000 + id);
  const cells = await found(
    "int32",
    (id) => String(reference(id)),
    (id) => String(Math.round(reference(id) * 1.37)),
  );
  expect(cells).toEqual({ changed: 300, causes: [["times", "1.37", 300]] });
});

test("one large cell that is there many times does not hide the factor of the others", async () => {
  const cells = await found(
    "int32",
    (id) => String(id < 20 ? 50_000 : mixed(id) + 1),
    (id) => String(id < 20 ? 77 : (mixed(id) + 1) * 3),
  );
  expect(cells).toEqual({ changed: 300, causes: [["times", "3", 280]] });
});

test("one value that became another tells no factor, two do", async () => {
  const third = (id: number, of: number): string => String(((of === 1 ? 1 : id % 2 === 0 ? 1 : 5) / 3) * 1);
  const double = (text: string): string => String(Number(text) * 2);
  expect(
    await found(
      "float64",
      (id) => third(id, 1),
      (id) => double(third(id, 1)),
    ),
  ).toEqual({ changed: 300, causes: [] });
  expect(
    await found(
      "float64",
      (id) => third(id, 2),
      (id) => double(third(id, 2)),
    ),
  ).toEqual({ changed: 300, causes: [["times", "2", 300]] });
});

test("rows that changed in another column only neither count nor hide the factor", async () => {
  const side = (factor: number, letter: string) => ({
    columns: columns({ id: "int32", v: "int64", w: "text" }),
    rows: Array.from({ length: 300 }, (_, id): Cell[] =>
      id < 50
        ? [String(id), "0", letter]
        : id < 55
          ? [String(id), String(1_000_000 + id), letter]
          : [String(id), String(mixed(id) * factor), ""],
    ),
    key: ["id"],
  });
  const { changed, causes } = await compare({ reference: side(1, "a"), current: side(3, "b") });
  expect({ changed, causes }).toEqual({
    changed: 300,
    causes: [{ kind: "arithmetic", column: "v", operation: "times", operand: "3", rows: 245 }],
  });
});

test("zeros among the cells have no factor, and hide none", async () => {
  const cells = await found(
    "decimal(12,2)",
    (id) => (id < 20 ? "0.00" : `${mixed(id)}.50`),
    (id) => (id < 20 ? "1.00" : `${mixed(id) * 3 + 1}.50`),
  );
  expect(cells).toEqual({ changed: 300, causes: [["times", "3", 280]] });
  const few = await found(
    "float64",
    (id) => (id < 2 ? "0" : String(id % 2 === 0 ? 3 : 7)),
    (id) => (id < 2 ? "5" : String(id % 2 === 0 ? 6 : 14)),
  );
  expect(few).toEqual({ changed: 300, causes: [["times", "2", 298]] });
});

test.each([
  { title: "14 digits before the point and 12 after it", whole: 14, fraction: 12, rows: 300 },
  { title: "15 digits before the point", whole: 15, fraction: 12, rows: 0 },
  { title: "13 digits after the point", whole: 14, fraction: 13, rows: 0 },
])("numbers with $title: $rows rows are calculated with", async ({ whole, fraction, rows }) => {
  const text = (id: number, add: number): string =>
    `${(1_000_000 + mixed(id) + add).toString().padStart(whole, "2")}.${"0".repeat(fraction - 1)}${(id % 9) + 1}`;
  const cells = await found(
    "number",
    (id) => text(id, 0),
    (id) => text(id, 5),
  );
  expect(cells).toEqual({ changed: 300, causes: rows === 0 ? [] : [["plus", "5", rows]] });
});

test("numbers of which none has a digit after its point are calculated with, and a factor that gives some", async () => {
  const halves = await found(
    "number",
    (id) => String(mixed(id) * 2 + 1),
    (id) => (mixed(id) + 0.5).toFixed(1),
  );
  expect(halves).toEqual({ changed: 300, causes: [["times", "0.5", 300]] });
  const whole = await found(
    "number",
    (id) => String(mixed(id)),
    (id) => String(mixed(id) - 7),
  );
  expect(whole).toEqual({ changed: 300, causes: [["plus", "-7", 300]] });
});
