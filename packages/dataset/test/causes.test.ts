import { expect, test } from "vitest";
import type { CanonicalType, Cell } from "../src/index.ts";
import { compare } from "./support/compare-sides.ts";
import { columns } from "./support/table-workshop.ts";

type Row = readonly Cell[];

const types: Readonly<Record<string, CanonicalType>> = {
  id: "int32",
  region: "text",
  active: "boolean",
  note: "text",
  one: "int32",
  v: "int64",
};

/** Rows 0 … 299: a third in the EU, most active, every tenth without a note, one value that all have. */
function table(type: CanonicalType, valueOf: (id: number) => Cell): { columns: ReturnType<typeof columns>; rows: Row[]; key: string[] } {
  const rows = Array.from({ length: 300 }, (_, id): Row => [
    String(id),
    ["EU", "US", "APAC"][id % 3] ?? "",
    String(id % 100 !== 0),
    id % 10 === 0 ? null : `note ${id}`,
    "1",
    valueOf(id),
  ]);
  return { columns: columns({ ...types, v: type }), rows, key: ["id"] };
}

async function causesOf(type: CanonicalType, before: (id: number) => Cell, after: (id: number) => Cell) {
  const found = await compare({ reference: table(type, before), current: table(type, after) });
  return { changed: found.changed, causes: found.causes };
}

const cents = (units: number): string => (units / 100).toFixed(2);
const inEu = (id: number): boolean => id % 3 === 0;
/** Numbers that have nothing in common. */
const mixed = (id: number): number => (id * 7919 + 13) % 10_007;

test("a price rise of one region: its rows, and the factor to the last cent", async () => {
  const price = (id: number): number => 1000 + mixed(id) * 7;
  const found = await causesOf(
    "decimal(12,2)",
    (id) => cents(price(id)),
    (id) => cents(inEu(id) ? Math.round(price(id) * 1.1) : price(id)),
  );
  expect(found).toEqual({
    changed: 100,
    causes: [
      { kind: "value", column: "region", value: "EU", rows: 100, of: 100 },
      { kind: "arithmetic", column: "v", operation: "times", operand: "1.1", rows: 100 },
    ],
  });
});

test.each<[CanonicalType, "times" | "plus", string, (id: number) => Cell, (id: number) => Cell]>([
  ["int64", "plus", "25", (id) => String(mixed(id)), (id) => String(mixed(id) + 25)],
  ["int64", "times", "1000", (id) => String(mixed(id)), (id) => String(mixed(id) * 1000)],
  ["int16", "times", "-1", (id) => String(id + 1), (id) => String(-id - 1)],
  ["int32", "times", "2", (id) => String((id % 3) + 1), (id) => String(((id % 3) + 1) * 2)],
  ["decimal(10,3)", "plus", "-0.125", (id) => mixed(id).toFixed(3), (id) => (mixed(id) - 0.125).toFixed(3)],
  ["number", "times", "2", (id) => String(mixed(id)), (id) => String(mixed(id) * 2)],
  ["number", "plus", "0.0005", (id) => `${mixed(id)}.1200`, (id) => `${mixed(id)}.1205`],
  ["number", "times", "1.1", (id) => cents(mixed(id) * 7), (id) => cents(Math.round(mixed(id) * 7 * 1.1))],
  ["float64", "times", "1.1", (id) => String(mixed(id) / 8), (id) => String((mixed(id) / 8) * 1.1)],
  ["float64", "plus", "0.2", (id) => String(mixed(id) / 10), (id) => String(mixed(id) / 10 + 0.2)],
  ["float32", "times", "0.5", (id) => String(mixed(id)), (id) => String(mixed(id) / 2)],
])(
  "%s: the same calculation everywhere is named: %s %s; a value that all rows have is none of the causes",
  async (type, operation, operand, before, after) => {
    const found = await causesOf(type, before, after);
    expect(found.causes).toEqual([{ kind: "arithmetic", column: "v", operation, operand, rows: found.changed }]);
    expect(found.changed).toBe(300);
  },
);

test("numbers beyond what is calculated with are explained by nothing, and do not stop the comparison", async () => {
  const long = (id: number, digit: string): string => `${"9".repeat(60)}${mixed(id)}.${"0".repeat(40)}${digit}`;
  const found = await causesOf(
    "number",
    (id) => (id % 3 === 0 ? "NaN" : long(id, "1")),
    (id) => (id % 3 === 0 ? "Infinity" : long(id, "2")),
  );
  expect(found).toEqual({ changed: 300, causes: [] });
});

test("a few long numbers among short ones do not hide what the others have in common, nor count for it", async () => {
  const found = await causesOf(
    "number",
    (id) => (id < 15 ? `${id + 1}.00000000000000000001` : String(mixed(id))),
    (id) => (id < 15 ? `${id + 6}.00000000000000000001` : String(mixed(id) + 5)),
  );
  expect(found).toEqual({ changed: 300, causes: [{ kind: "arithmetic", column: "v", operation: "plus", operand: "5", rows: 285 }] });
});

test("a NULL can be what the changed rows have in common, and a few other rows are counted", async () => {
  const found = await causesOf(
    "int64",
    (id) => String(mixed(id)),
    (id) => String(id % 10 === 0 && id > 20 ? mixed(id * id) : mixed(id)),
  );
  expect(found).toEqual({ changed: 27, causes: [{ kind: "value", column: "note", value: null, rows: 27, of: 30 }] });
});

test("what most of the changed rows have in common counts, not what the first of them has", async () => {
  const isChanged = (id: number): boolean => id === 1 || (inEu(id) && id > 0);
  const found = await causesOf(
    "int64",
    (id) => String(mixed(id)),
    (id) => String(isChanged(id) ? mixed(id * id) + 1 : mixed(id)),
  );
  expect(found).toEqual({ changed: 100, causes: [{ kind: "value", column: "region", value: "EU", rows: 99, of: 100 }] });
});

test("nearly all is enough, and counted", async () => {
  const after = (id: number): number => (id === 1 ? 7 : id === 3 ? mixed(id) + 6 : inEu(id) ? mixed(id) + 5 : mixed(id));
  const found = await causesOf(
    "int64",
    (id) => String(mixed(id)),
    (id) => String(after(id)),
  );
  expect(found).toEqual({
    changed: 101,
    causes: [
      { kind: "value", column: "region", value: "EU", rows: 100, of: 100 },
      { kind: "arithmetic", column: "v", operation: "plus", operand: "5", rows: 99 },
    ],
  });
});

test.each<[string, CanonicalType, (id: number) => Cell, (id: number) => Cell]>([
  ["one row", "int64", (id) => String(id), (id) => String(id === 7 ? 70 : id)],
  ["rows without anything in common", "int64", (id) => String(mixed(id)), (id) => String(id % 7 === 0 ? mixed(id + 1000) : mixed(id))],
  [
    "rows of which most have what most rows have",
    "int64",
    (id) => String(mixed(id)),
    (id) => String(id % 7 === 0 ? mixed(id) : mixed(id + 1000)),
  ],
  [
    "some of the rows with a value",
    "int64",
    (id) => String(mixed(id)),
    (id) => String(inEu(id) && id % 2 === 0 ? mixed(id + 1000) : mixed(id)),
  ],
  ["small numbers that a rounded factor would fit", "int64", (id) => ["1", "2", "3"][id % 3] ?? "", (id) => ["2", "3", "5"][id % 3] ?? ""],
  ["texts", "text", (id) => `a${id}`, (id) => `b${id}`],
])("nothing is claimed of %s", async (_, type, before, after) => {
  const found = await causesOf(type, before, after);
  expect(found.causes).toEqual([]);
  expect(found.changed).toBeGreaterThan(0);
});

test("of two columns that say the same, the first is named", async () => {
  const sides = [1, 2].map((factor) => ({
    columns: columns({ id: "int32", b: "text", a: "text", v: "text" }),
    rows: Array.from({ length: 60 }, (_, id): Row => [
      String(id),
      id < 20 ? "x" : "y",
      id < 20 ? "p" : "q",
      id < 20 ? `${factor} ${id}` : "",
    ]),
    key: ["id"],
  }));
  const [reference, current] = sides;
  if (reference === undefined || current === undefined) throw new Error("no sides");
  expect((await compare({ reference, current })).causes).toEqual([{ kind: "value", column: "b", value: "x", rows: 20, of: 20 }]);
});

test.each([
  [1, [{ kind: "value", column: "g", value: "x", rows: 20, of: 20 }]],
  [2, []],
])("a value is a cause where at most one in ten of the other rows changed too: %d of 10", async (others, causes) => {
  const sides = ["a", "b"].map((letter) => ({
    columns: columns({ id: "int32", g: "text", v: "text" }),
    rows: Array.from({ length: 30 }, (_, id): Row => [String(id), id < 20 ? "x" : `y${id}`, id < 20 + others ? `${letter}${id}` : ""]),
    key: ["id"],
  }));
  const [reference, current] = sides;
  if (reference === undefined || current === undefined) throw new Error("no sides");
  expect((await compare({ reference, current })).causes).toEqual(causes);
});

test("two changed rows can have a value in common, one has everything in common with itself", async () => {
  const causesWith = async (changed: number) => {
    const side = (letter: string) => ({
      columns: columns({ id: "int32", g: "text", v: "text" }),
      rows: Array.from({ length: 30 }, (_, id): Row => [String(id), id < changed ? "x" : `y${id}`, id < changed ? `${letter}${id}` : ""]),
      key: ["id"],
    });
    return (await compare({ reference: side("a"), current: side("b") })).causes;
  };
  expect(await causesWith(2)).toEqual([{ kind: "value", column: "g", value: "x", rows: 2, of: 2 }]);
  expect(await causesWith(1)).toEqual([]);
});

test("a factor is found beside a few values that have none", async () => {
  const odd = (id: number): Cell | undefined => ({ 3: "Infinity", 4: "-Infinity", 5: "NaN", 6: "0" })[id];
  const found = await causesOf(
    "float64",
    (id) => odd(id) ?? String(mixed(id)),
    (id) => (odd(id) === undefined ? ({ 7: "Infinity", 8: "NaN", 9: "-Infinity" }[id] ?? String(mixed(id) * 4)) : String(id)),
  );
  expect(found.causes).toEqual([{ kind: "arithmetic", column: "v", operation: "times", operand: "4", rows: 293 }]);
});

test("two rows are enough for a calculation, one is not", async () => {
  const plusOn = (changed: readonly number[]) =>
    causesOf(
      "int64",
      (id) => String(mixed(id)),
      (id) => String(mixed(id) + (changed.includes(id) ? 25 : 0)),
    );
  // Of no one region, and both with a note.
  const two = await plusOn([1, 2]);
  expect(two).toEqual({ changed: 2, causes: [{ kind: "arithmetic", column: "v", operation: "plus", operand: "25", rows: 2 }] });
  expect(await plusOn([1])).toEqual({ changed: 1, causes: [] });
});
