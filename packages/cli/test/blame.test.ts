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
  const { code, stdout } = await place.rehearse(["test", scenario]);
  expect(code).toBe(1);
  expect(stdout).toContain("Different. It starts in the seeds.");
  expect(stdout).toContain("What the seeds put into warehouse.orders is not what the references were made from.");
  const { divergences, firstDivergence, notes } = reportOf(scenario);
  expect(notes).toEqual([
    expect.stringMatching(/^warehouse\.orders, as the seeds left it for summarise, is not what .*checks\.diff\.warehouse\.orders\.ignore$/),
  ]);
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

test("a seed that gives something new each time is told of also where nothing differs", async () => {
  await using place = await Workplace.make();
  const scenario = await place.copy(orders);
  const schema = path.join(scenario, "schema.sql");
  await writeFile(
    schema,
    (await readFile(schema, "utf8")).replace(/amount\b[^,]*,?/, (column) => `seen String DEFAULT toString(generateUUIDv4()), ${column}`),
  );
  await place.rehearse(["test", scenario]);
  await place.rehearse(["accept", scenario]);
  const { code, stdout } = await place.rehearse(["test", scenario]);
  expect(code).toBe(0);
  expect(stdout).toContain("warehouse.orders, as the seeds left it for summarise, is not what");
});

test("a table that is not there is told of, with the one that was meant", async () => {
  await using place = await Workplace.make();
  const scenario = await place.copy(orders);
  const file = path.join(scenario, "rehearse.yml");
  await writeFile(file, (await readFile(file, "utf8")).replace("reads: [warehouse.orders]", "reads: [warehouse.order]"));
  const { stdout } = await place.rehearse(["test", scenario]);
  expect(stdout).toContain("summarise reads warehouse.order, but there was no such table when it began; did you mean warehouse.orders?");
});

test("whether a stage that declares no reads departs on its own is not known where one before it differs", async () => {
  await using place = await Workplace.make();
  const scenario = await place.copy(orders);
  const file = path.join(scenario, "rehearse.yml");
  const note = `  note: { run: [node, note.mjs], needs: [summarise], env: { CLICKHOUSE_URL: "\${services.warehouse.url}" }, writes: [warehouse.notes] }\n`;
  const text = (await readFile(file, "utf8")).replace("    reads: [warehouse.orders]\n", "").replace("seeds:\n", `${note}seeds:\n`);
  await writeFile(file, text);
  const program = `import { query } from "./clickhouse.mjs";\nawait query("insert into notes select concat(customer, toString(amount)) from totals");\n`;
  await writeFile(path.join(scenario, "note.mjs"), program);
  await place.rehearse(["test", scenario]);
  await place.rehearse(["accept", scenario]);
  const stage = path.join(scenario, "summarise.mjs");
  await writeFile(stage, (await readFile(stage, "utf8")).replace("sum(amount)", "sum(amount) + 1"));
  const { code, stdout } = await place.rehearse(["test", scenario]);
  expect(code).toBe(1);
  expect(stdout).toContain("Different. It starts in summarise: warehouse.totals, amount is the reference plus 1");
  expect(stdout).toContain("summarise declares no reads; what it writes differs: warehouse.totals.");
  expect(stdout).toContain("note differs as well, whether on its own is not known: it declares no reads.");
});
