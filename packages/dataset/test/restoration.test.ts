import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { acceptReference, materialise, readCells, readReference, writeRestoration, type Cell, type Dataset } from "../src/index.ts";
import { allTypes, valuesOf } from "./support/nasty-values.ts";
import { columns, openWorkshop, type TableWorkshop } from "./support/table-workshop.ts";

/** A restoration is what an engine would have extracted: read as an extraction it gives the dataset again. */
async function takenBack({ workshop, dataset }: { workshop: TableWorkshop; dataset: Dataset }): Promise<Dataset> {
  const { tables } = workshop;
  const restoration = await writeRestoration({ tables, dataset, file: workshop.path("restoration.csv") });
  expect(restoration.rows).toBe(dataset.manifest.rows);
  return materialise({ tables, extraction: restoration, directory: workshop.path("again") });
}

test.each(allTypes)("%s: every value and NULL is written for an engine exactly as one extracts it", async (type) => {
  await using workshop = await openWorkshop();
  const { tables } = workshop;
  const rows: Cell[][] = [...valuesOf(type), null].map((value, index) => [String(index), value]);
  const dataset = await workshop.dataset({ columns: columns({ id: "int32", value: type }), rows, key: ["id"] });
  const directory = workshop.path("reference");
  await acceptReference({ tables, dataset, directory, ignore: [] });
  const reference = await readReference({ tables, directory });
  if (reference === null) throw new Error("no reference");
  for (const side of [dataset, reference]) {
    const again = await takenBack({ workshop, dataset: side });
    expect(again.manifest.digest).toEqual(dataset.manifest.digest);
    expect(await readCells({ tables, dataset: again, limit: 1000 })).toEqual(await readCells({ tables, dataset, limit: 1000 }));
  }
});

test("a restoration names its columns, its key and the engine's own types, and leaves out what was not stored", async () => {
  await using workshop = await openWorkshop();
  const table = [
    { name: "id", source: "bigserial", type: "int64" as const },
    { name: "where", source: "point", type: { notComparable: "a point has no canonical type" } },
    { name: "plan", source: "varchar(20)", type: "text" as const },
  ];
  const dataset = await workshop.dataset({
    columns: table,
    rows: [
      ["1", 'say "a,b"'],
      ["2", null],
    ],
    key: ["id"],
  });
  const file = workshop.path("restoration.csv");
  expect(await writeRestoration({ tables: workshop.tables, dataset, file })).toEqual({
    format: "csv",
    file,
    columns: [table[0], table[2]],
    key: ["id"],
    rows: 2,
  });
  expect(await readFile(file, "utf8")).toBe('"1","say ""a,b"""\n"2",\\N\n');
});

test("rows without columns, and columns without rows, are written as such", async () => {
  await using workshop = await openWorkshop();
  const bare = await workshop.materialiseText({ text: "\n\n\n", format: "csv", columns: [], rows: 3 });
  expect((await takenBack({ workshop, dataset: bare })).manifest.rows).toBe(3);
  const empty = await workshop.dataset({ columns: columns({ id: "int64" }), rows: [] });
  expect((await takenBack({ workshop, dataset: empty })).manifest.digest).toEqual(empty.manifest.digest);
});

test("rows of a single column have a field each, which is NULL or not", async () => {
  await using workshop = await openWorkshop();
  const dataset = await workshop.dataset({ columns: columns({ plan: "text" }), rows: [["a"], [null], [""]] });
  const file = workshop.path("restoration.csv");
  await writeRestoration({ tables: workshop.tables, dataset, file });
  expect(await readFile(file, "utf8")).toBe('"a"\n\\N\n""\n');
});
