import { afterAll, beforeAll, expect, test } from "vitest";
import { compareDatasets, type Cell, type Comparison, type Dataset } from "../src/index.ts";
import { relationOf } from "../src/compare/relation.ts";
import { columns, openWorkshop, type TableWorkshop } from "./support/table-workshop.ts";

let workshop: TableWorkshop;
beforeAll(async () => {
  workshop = await openWorkshop();
});
afterAll(() => workshop[Symbol.asyncDispose]());

const table = (...rows: Cell[][]): Promise<Dataset> =>
  workshop.dataset({ columns: columns({ id: "int32", v: "text" }), rows, key: ["id"] });

async function compared(reference: Dataset, current: Dataset): Promise<Comparison> {
  return await compareDatasets({ tables: workshop.tables, reference, current, rules: { ignore: [] } });
}

const unreadable = { code: "DATASET_UNREADABLE" };

test("where the stored digests are equal nothing but the bytes of both files is read", async () => {
  const [one, same, other] = [
    await table(["1", "a"], ["2", "b"]),
    await table(["2", "b"], ["1", "a"]),
    await table(["1", "a"], ["2", "x"]),
  ];
  expect(await compared(one, same)).toMatchObject({
    verdict: "same",
    rows: { reference: 2, current: 2 },
    rung: { name: "digests", why: "both sides were stored with one digest" },
  });
  // Of the same shape, but not the rows that were digested.
  const swapped = { ...one, parquet: other.parquet };
  await expect(compared(swapped, same)).rejects.toMatchObject(unreadable);
  await expect(compared(same, swapped)).rejects.toMatchObject(unreadable);
});

test("a file that was made of another, whose digest its reference has, only has to have the shape", async () => {
  const [one, other] = [await table(["1", "a"], ["2", "b"]), await table(["1", "a"], ["2", "x"])];
  const read = { ...one, parquet: other.parquet, manifest: { ...one.manifest, file: { name: "rows.ndjson" as const } } };
  expect(await compared(one, read)).toMatchObject({ verdict: "same", rung: { name: "digests" } });
});

test("where the digests differ the rows are read, and both files must have the shape that their manifests say", async () => {
  const [one, other, longer] = [await table(["1", "a"]), await table(["1", "b"]), await table(["1", "a"], ["2", "b"])];
  expect(await compared(one, other)).toMatchObject({ verdict: "different", changed: 1, rung: { name: "full outer join" } });
  await expect(compared({ ...one, parquet: longer.parquet }, other)).rejects.toMatchObject(unreadable);
  await expect(compared(other, { ...one, parquet: longer.parquet })).rejects.toMatchObject(unreadable);
});

test("a dataset is read by position where it lies, and says what its manifest says", async () => {
  const dataset = await table(["1", "a"], ["2", "b"]);
  const relation = relationOf(dataset);
  expect(relation).toEqual({
    title: dataset.directory,
    columns: dataset.manifest.columns,
    key: ["id"],
    rows: 2,
    from: expect.stringContaining("rows.parquet"),
    values: ["c0", "c1"],
    parquet: dataset.parquet,
  });
});
