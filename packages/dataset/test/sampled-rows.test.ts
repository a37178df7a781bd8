import { afterAll, beforeAll, expect, test } from "vitest";
import { takeSample } from "../src/compare/take-sample.ts";
import { plainColumns } from "./support/listed-side.ts";
import { columns, openWorkshop, type TableWorkshop } from "./support/table-workshop.ts";
import type { Relation } from "../src/index.ts";

let workshop: TableWorkshop;
beforeAll(async () => {
  workshop = await openWorkshop();
});
afterAll(() => workshop[Symbol.asyncDispose]());

const types = { k: "int64", w: "float64" } as const;
const side = (rows: number): Relation => ({
  title: "numbers",
  columns: columns(types),
  key: [],
  rows,
  from: `(SELECT range AS c0, (range % 7)::DOUBLE AS c1 FROM range(${rows}))`,
  values: ["c0", "c1"],
  digest: { algorithm: "any", rows, value: "7" },
});

async function rowsOf({ from }: Relation): Promise<string[]> {
  return (await workshop.tables.query(`SELECT c0 FROM ${from} ORDER BY c0`, "testing")).map(([k]) => k ?? "");
}

async function counted(where: string, rows: number): Promise<string[]> {
  return (await workshop.tables.query(`SELECT range FROM range(${rows}) WHERE ${where} ORDER BY range`, "testing")).map(([k]) => k ?? "");
}

test.each([
  [12.5, 125_000],
  [50, 500_000],
  [0.5, 5_000],
  [33.33333, 333_333],
])("of %d percent the rows are those whose hash leaves less than %d of a million", async (percent, less) => {
  const sample = await takeSample(
    { tables: workshop.tables, reference: side(9000), current: side(8000) },
    { by: plainColumns(types).slice(0, 1), percent },
  );
  const where = `hash(range) % 1000000 < ${less}`;
  const current = await counted(where, 8000);
  expect(await rowsOf(sample.current)).toEqual(current);
  expect(await rowsOf(sample.reference)).toEqual(await counted(where, 9000));
  expect(sample.rows).toBe(current.length);
  expect([sample.current.digest, sample.reference.digest, sample.current.rows]).toEqual([undefined, undefined, 8000]);
});

test("a hundred percent are all rows, whatever they are chosen by", async () => {
  for (const by of [plainColumns(types), plainColumns(types).slice(1)]) {
    const sample = await takeSample({ tables: workshop.tables, reference: side(0), current: side(5000) }, { by, percent: 100 });
    expect(sample.rows).toBe(5000);
    expect(await rowsOf(sample.reference)).toEqual([]);
  }
});
