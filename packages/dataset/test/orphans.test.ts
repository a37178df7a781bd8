import { expect, test } from "vitest";
import { findOrphans, type CanonicalType, type Cell } from "../src/index.ts";
import { columns, openWorkshop } from "./support/table-workshop.ts";

interface Values {
  readonly type: CanonicalType;
  readonly cells: readonly Cell[];
}

async function orphansOf(child: Values, parent: Values) {
  await using workshop = await openWorkshop();
  const side = async ({ type, cells }: Values) => ({
    dataset: await workshop.dataset({ columns: columns({ other: "text", v: type }), rows: cells.map((cell) => ["x", cell]) }),
    column: "v",
  });
  return await findOrphans({ tables: workshop.tables, child: await side(child), parent: await side(parent) });
}

const cases: readonly { title: string; child: Values; parent: Values; found: unknown }[] = [
  {
    title: "every occurrence of a value that the parent lacks, and shows each once, in order",
    child: { type: "int32", cells: ["10", "9", "2", "9", null] },
    parent: { type: "int32", cells: ["2", "3", null] },
    found: { values: 4, orphans: 3, examples: ["9", "10"] },
  },
  {
    title: "numbers of other types by their value",
    child: { type: "int32", cells: ["1", "2"] },
    parent: { type: "decimal(12,2)", cells: ["1.00", "2.50"] },
    found: { values: 2, orphans: 1, examples: ["2"] },
  },
  {
    title: "large numbers exactly",
    child: { type: "number", cells: ["9007199254740993"] },
    parent: { type: "int64", cells: ["9007199254740992"] },
    found: { values: 1, orphans: 1, examples: ["9007199254740993"] },
  },
  {
    title: "numbers of one declaration by their value, however they are written",
    child: { type: "number", cells: ["1.10", "2", "3.0"] },
    parent: { type: "number", cells: ["1.1", "2.00"] },
    found: { values: 3, orphans: 1, examples: ["3.0"] },
  },
  {
    title: "nobody where the child is empty or NULL, whatever the parent",
    child: { type: "text", cells: [null] },
    parent: { type: "text", cells: [] },
    found: { values: 0, orphans: 0, examples: [] },
  },
  {
    title: "everybody where the parent is empty",
    child: { type: "text", cells: ["", "a"] },
    parent: { type: "text", cells: [null] },
    found: { values: 2, orphans: 2, examples: ["", "a"] },
  },
  {
    title: "-0 that is not 0, and NaN that is NaN",
    child: { type: "float64", cells: ["-0.0", "NaN", "1.0"] },
    parent: { type: "float64", cells: ["0.0", "NaN", "1.0"] },
    found: { values: 3, orphans: 1, examples: ["-0"] },
  },
];

test.each(cases)("finds $title", async ({ child, parent, found }) => {
  expect(await orphansOf(child, parent)).toEqual(found);
});

test("refuses types that have no value in common", async () => {
  await expect(orphansOf({ type: "text", cells: ["1"] }, { type: "int32", cells: ["1"] })).rejects.toMatchObject({ code: "QUERY_FAILED" });
});
