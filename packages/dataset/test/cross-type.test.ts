import { expect, test } from "vitest";
import type { CanonicalType, Cell } from "../src/index.ts";
import { compare } from "./support/compare-sides.ts";
import { columns } from "./support/table-workshop.ts";

/** A column whose type changed: which of its cells are the same value all the same. */
const cases: readonly {
  from: CanonicalType;
  to: CanonicalType;
  equal: readonly (readonly [Cell, Cell])[];
  different: readonly (readonly [Cell, Cell])[];
}[] = [
  { from: "int32", to: "int64", equal: [["1", "1"]], different: [["1", "4294967297"]] },
  { from: "uint64", to: "int64", equal: [["5", "5"]], different: [["18446744073709551615", "-1"]] },
  { from: "decimal(18,2)", to: "decimal(18,4)", equal: [["1.10", "1.1000"]], different: [["1.10", "1.1001"]] },
  {
    from: "int64",
    to: "number",
    equal: [["9007199254740993", "9007199254740993.0"]],
    different: [["9007199254740993", "9007199254740992"]],
  },
  {
    from: "float32",
    to: "float64",
    equal: [
      ["0.5", "0.5"],
      ["-0", "-0"],
      ["NaN", "NaN"],
    ],
    different: [
      ["0.1", "0.1"],
      ["0", "-0"],
    ],
  },
  {
    from: "enum",
    to: "text",
    equal: [["a", "a"]],
    different: [
      ["a", "A"],
      [null, ""],
    ],
  },
  {
    from: "timestamp",
    to: "timestamp_ns",
    equal: [["2024-01-05 10:00:00.000001", "2024-01-05 10:00:00.000001000"]],
    different: [["2024-01-05 10:00:00.000001", "2024-01-05 10:00:00.000001001"]],
  },
];

test.each(cases)(
  "a column that was $from and is $to is a schema change, and its cells are compared by value",
  async ({ from, to, equal, different }) => {
    const side = (type: CanonicalType, at: 0 | 1) => ({
      columns: columns({ id: "int32", v: type }),
      rows: [...equal, ...different].map((pair, id): Cell[] => [String(id), pair[at]]),
      key: ["id"],
    });
    const found = await compare({ reference: side(from, 0), current: side(to, 1) });
    expect(found).toMatchObject({
      verdict: "different",
      schema: [{ change: "type", column: "v", reference: from, current: to }],
      notCompared: [],
      changed: different.length,
    });
  },
);

test.each([
  ["int64", "float64", "9007199254740993", "9007199254740992"],
  ["text", "int32", "1", "1"],
  ["timestamp", "timestamptz", "2024-01-05 10:00:00.000000", "2024-01-05 10:00:00.000000+00"],
] as const)("%s and %s are not compared, and the reason is said", async (from, to, one, other) => {
  const found = await compare({
    reference: { columns: columns({ id: "int32", v: from }), rows: [["1", one]], key: ["id"] },
    current: { columns: columns({ id: "int32", v: to }), rows: [["1", other]], key: ["id"] },
  });
  expect(found).toMatchObject({
    verdict: "different",
    changed: 0,
    schema: [{ change: "type" }],
    notCompared: [{ column: "v", reason: expect.stringContaining(`changed from ${from} to ${to}`) }],
  });
});
