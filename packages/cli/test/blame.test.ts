import { appendFile, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { reportOf } from "./regression.ts";
import { Workplace } from "./workplace.ts";

const orders = path.join(import.meta.dirname, "scenarios", "orders");

test("a change in the seed is downstream, not the stage's own", async () => {
  await using place = await Workplace.make();
  const scenario = await place.copy(orders);
  await place.rehearse(["test", scenario]);
  await place.rehearse(["accept", scenario]);
  await appendFile(path.join(scenario, "orders.ndjson"), `{"id":4,"customer":"ada","amount":1}\n`);
  const { code } = await place.rehearse(["test", scenario]);
  expect(code).toBe(1);
  const { divergences, firstDivergence } = reportOf(scenario);
  expect(divergences).toEqual([
    { stage: "summarise", dataset: "warehouse.totals", assertion: null, origin: "downstream", via: ["seed/warehouse.orders"] },
  ]);
  expect(firstDivergence).toBeNull();
});

test("an assertion is not blamed on what a later stage wrote", async () => {
  await using place = await Workplace.make();
  const scenario = await place.copy(orders);
  const file = path.join(scenario, "rehearse.yml");
  const text = await readFile(file, "utf8");
  const note = `  note: { run: [node, note.mjs], needs: [summarise], env: { CLICKHOUSE_URL: "\${services.warehouse.url}" }, writes: [warehouse.notes] }\n`;
  await writeFile(file, text.replace("seeds:\n", `${note}seeds:\n`));
  const program = (word: string) => `import { query } from "./clickhouse.mjs";\nawait query("insert into notes values ('${word}')");\n`;
  await writeFile(path.join(scenario, "note.mjs"), program("paid"));
  await place.rehearse(["test", scenario]);
  await place.rehearse(["accept", scenario]);

  await writeFile(file, (await readFile(file, "utf8")).replace("equals: [[0]]", "equals: [[1]]"));
  await writeFile(path.join(scenario, "note.mjs"), program("owed"));
  expect((await place.rehearse(["test", scenario])).code).toBe(1);
  expect(reportOf(scenario).divergences).toMatchObject([
    { stage: "summarise", assertion: "nobody owes less than nothing", origin: "own", via: [] },
    { stage: "note", dataset: "warehouse.notes", origin: "own", via: [] },
  ]);
});
