import { appendFile, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { census, nothingLeft } from "./census.ts";
import { reportOf } from "./regression.ts";
import { Repository } from "./repository.ts";
import { Workplace } from "./workplace.ts";

const orders = path.join(import.meta.dirname, "scenarios", "orders");

/** A copy of the scenario, how to change its parts, and how to rehearse it: what is said of each check but the assertion. */
async function scenarioIn(place: Workplace) {
  const scenario = await place.copy(orders);
  const parts = { file: path.join(scenario, "rehearse.yml"), program: path.join(scenario, "summarise.mjs") };
  const [file, program] = await Promise.all([readFile(parts.file, "utf8"), readFile(parts.program, "utf8")]);
  const rules = (text: string) => writeFile(parts.file, file.replace("ignore: [updated_at]", text));
  const also = (sql: string) => writeFile(parts.program, `${program}await query(${JSON.stringify(sql)});\n`);
  const judged = async (...args: readonly string[]) => {
    const { code, stdout, stderr } = await place.rehearse([args[0] ?? "test", scenario, ...args.slice(1)]);
    expect([0, 1], stdout + stderr).toContain(code);
    const { verdict, checks } = reportOf(scenario);
    const told = checks.filter(({ kind }) => kind !== "assert");
    return { code, verdict, stdout, checks: told.map((check) => [check.kind, check.stage, check.name, check.verdict, check.reason]) };
  };
  return { scenario, parts, rules, also, judged };
}

const drop = "alter table totals drop column updated_at";

test("a column that is ignored and that the release drops costs no verdict, and is a finding until the rule goes", async () => {
  await using place = await Workplace.make();
  const { scenario, rules, also, judged } = await scenarioIn(place);
  const diff = (verdict: string, reason = "") => ["diff", "summarise", "warehouse.totals", verdict, reason];
  const rule = (reason: string, column = "updated_at") => ["rule", "summarise", `ignore: ${column}`, "not compared", reason];

  await rules("ignore: [update_at]");
  const misspelt = await judged("test");
  expect(misspelt).toMatchObject({
    code: 1,
    verdict: "not compared",
    checks: [
      diff("not compared", "there is no reference yet"),
      rule('no stage left a column "update_at" in warehouse.totals; did you mean "updated_at"?', "update_at"),
    ],
  });
  expect(misspelt.stdout).toMatch(/rule "ignore: update_at" for warehouse\.totals +after summarise/);
  expect(misspelt.stdout).toContain("→ mend the name, or take it out of checks.diff.warehouse.totals.ignore");
  expect(reportOf(scenario).checks.find(({ kind }) => kind === "rule")).toMatchObject({ line: 16, counts: null });

  await rules("ignore: [updated_at]");
  expect((await judged("check")).checks).toEqual([diff("not compared", "there is no reference yet")]);
  expect((await place.rehearse(["accept", scenario])).code).toBe(0);
  await Repository.make(scenario);

  await also(drop);
  const gone = rule('no stage left a column "updated_at" in warehouse.totals: it was dropped, or is misspelt');
  const dropped = { code: 1, verdict: "not compared", checks: [diff("same"), gone] };
  expect(await judged("test")).toMatchObject(dropped);
  expect(await judged("check")).toMatchObject(dropped);
  expect(await judged("test", "--only", "summarise")).toMatchObject(dropped);
  expect(await judged("test", "--against", "base")).toMatchObject({
    ...dropped,
    checks: [diff("same"), rule('no stage left a column "updated_at" in warehouse.totals, and the reference has it')],
  });

  await also(`${drop}, update amount = amount + 1 where true settings mutations_sync = 1`);
  const changed = await judged("test");
  expect(changed).toMatchObject({ code: 1, verdict: "different", checks: [diff("different"), gone] });
  expect(changed.stdout).toContain("amount is the reference plus 1.00 in all");
  expect((await place.rehearse(["accept", scenario])).code).toBe(0);
  expect(await judged("check")).toMatchObject(dropped);
  await rules("");
  expect(await judged("check")).toMatchObject({ code: 0, verdict: "same", checks: [diff("same")] });
  expect(census(place)).toEqual(nothingLeft);
});

test("a rule for a column that only a later stage makes is without effect before it", async () => {
  await using place = await Workplace.make();
  const { scenario, parts, rules, also, judged } = await scenarioIn(place);
  await rules("ignore: [updated_at, stamp], columns: { paid: { tolerance: { abs: 0.5 } } }");
  const file = await readFile(parts.file, "utf8");
  const env = '{ CLICKHOUSE_URL: "${services.warehouse.url}" }';
  const later = `  pay: { run: [node, pay.mjs], env: ${env}, needs: [summarise], reads: [warehouse.totals], writes: [warehouse.totals] }\n`;
  await writeFile(parts.file, file.replace("seeds:\n", `${later}seeds:\n`));
  const add = "alter table totals add column stamp DateTime64(6) default now64(6), add column paid Float64 default 1 + rand() / 1e10";
  await writeFile(path.join(scenario, "pay.mjs"), `import { query } from "./clickhouse.mjs";\n\nawait query(${JSON.stringify(add)});\n`);
  const of = (first: string, second: string) => [
    ["diff", "summarise", "warehouse.totals", first, ""],
    ["diff", "pay", "warehouse.totals", second, ""],
  ];

  expect((await judged("test")).checks).toHaveLength(2);
  expect((await place.rehearse(["accept", scenario])).code).toBe(0);
  expect(await judged("test")).toMatchObject({ code: 0, verdict: "same", checks: of("same", "same") });
  for (const [index, stage] of ["summarise", "pay"].entries())
    expect(await judged("test", "--only", stage)).toMatchObject({ code: 0, checks: of("same", "same").slice(index, index + 1) });

  await also("alter table totals update amount = amount + 1 where true settings mutations_sync = 1");
  expect(await judged("test")).toMatchObject({ code: 1, verdict: "different", checks: of("different", "different") });
  await also("select 1");
  await appendFile(path.join(scenario, "pay.mjs"), `await query("alter table totals drop column stamp, rename column paid to paids");\n`);
  expect(await judged("test")).toMatchObject({
    code: 1,
    verdict: "different",
    checks: [
      ...of("same", "different"),
      [
        "rule",
        "pay",
        "ignore: stamp",
        "not compared",
        'no stage left a column "stamp" in warehouse.totals: it was dropped, or is misspelt',
      ],
    ],
  });
  expect((await place.rehearse(["accept", scenario])).code).toBe(0);
  expect((await judged("check")).checks.slice(3)).toEqual([
    ["rule", "pay", "columns.paid", "not compared", 'no stage left a column "paid" in warehouse.totals; did you mean "paids"?'],
  ]);
  expect(census(place)).toEqual(nothingLeft);
});
