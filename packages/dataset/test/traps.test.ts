import { readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { compareRelations, openSides } from "../src/index.ts";
import { openWorkshop, type TableWorkshop } from "./support/table-workshop.ts";

// Each folder is a pair of small tables that tools for comparing have got wrong (wrongly equal, wrongly different, or no answer), and what is right.
const traps = join(import.meta.dirname, "traps");
const names = readdirSync(traps);

const expectedSchema = z.strictObject({
  title: z.string(),
  key: z.array(z.string()),
  by: z.enum(["key", "multiset"]),
  verdict: z.enum(["same", "different", "not compared"]),
  added: z.number(),
  removed: z.number(),
  changed: z.number(),
  columns: z.record(z.string(), z.number()),
  schema: z.array(z.string()),
  notCompared: z.array(z.string()),
  keyProblems: z.array(z.string()),
});

test("there are traps", () => {
  expect(names.length).toBeGreaterThan(60);
});

for (const name of names) {
  test(`trap: ${name}`, async () => {
    const { title, key, ...expected } = expectedSchema.parse(JSON.parse(await readFile(join(traps, name, "expected.json"), "utf8")));
    await using workshop = await openWorkshop();
    const { tables } = workshop;
    const sides = await openSides({
      tables,
      types: {},
      reference: await parquet(workshop, { name, side: "reference" }),
      current: await parquet(workshop, { name, side: "current" }),
    });
    const found = await compareRelations({ tables, ...sides, rules: { key, ignore: [] } });
    expect(
      {
        by: found.matching.by,
        verdict: found.verdict,
        added: found.added,
        removed: found.removed,
        changed: found.changed,
        columns: Object.fromEntries(found.columns.map((it) => [it.name, it.changed])),
        schema: found.schema.map((it) => (it.change === "key" ? "key" : `${it.change} ${it.column}`)).toSorted(),
        notCompared: found.notCompared.map(({ column }) => column),
        keyProblems: found.keyProblems.map(({ side, problem, rows }) => `${side} ${problem} ${rows}`),
      },
      title,
    ).toEqual(expected);
    expect(found.notCompared.map(({ reason }) => reason).every((reason) => reason.length > 10)).toBe(true);
  });
}

/** Writes the rows of a trap's query as a Parquet file. */
async function parquet(workshop: TableWorkshop, { name, side }: { name: string; side: "reference" | "current" }): Promise<string> {
  const select = await readFile(join(traps, name, `${side}.sql`), "utf8");
  const file = workshop.path(`${side}.parquet`);
  // DuckDB's dictionaries hold one zero for -0 and 0.
  await workshop.tables.writeFile({ select, file, form: "FORMAT parquet, DICTIONARY_SIZE_LIMIT 0", doing: `making ${name}` });
  return file;
}
