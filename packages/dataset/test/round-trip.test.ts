import { expect, test } from "vitest";
import { acceptReference, readCells, readDataset, readReference, type Cell } from "../src/index.ts";
import { allTypes, valuesOf } from "./support/nasty-values.ts";
import { columns, openWorkshop } from "./support/table-workshop.ts";

test.each(allTypes)("%s: every value comes back as the text that went in, by csv, ndjson and reference", async (type) => {
  await using workshop = await openWorkshop();
  const { tables } = workshop;
  const rows: Cell[][] = [...valuesOf(type), null].map((value, index) => [String(index), value]);
  const table = { columns: columns({ id: "int32", value: type }), rows, key: ["id"] };
  for (const format of ["csv", "ndjson"] as const) {
    const dataset = await workshop.dataset({ ...table, format });
    const directory = workshop.path("reference");
    await acceptReference({ tables, dataset, directory, ignore: [] });
    const reference = await readReference({ tables, directory });
    const again = await readDataset(dataset.directory);
    if (reference === null) throw new Error("no reference");
    expect(reference.manifest.file).toEqual({ name: "rows.ndjson" });
    for (const read of [dataset, again, reference]) expect((await readCells({ tables, dataset: read, limit: 1000 })).rows).toEqual(rows);
  }
});
