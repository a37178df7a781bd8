import { appendFile, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { census, nothingLeft } from "./census.ts";
import { reportOf } from "./regression.ts";
import { Workplace, type Ended } from "./workplace.ts";

const orders = path.join(import.meta.dirname, "scenarios", "orders");

test("what counts as equal in a column is the file's to say, is shown, and is a finding at its place where it makes no sense", async () => {
  await using place = await Workplace.make();
  const scenario = await place.copy(orders);
  await place.rehearse(["test", scenario]);
  expect((await place.rehearse(["accept", scenario])).code).toBe(0);
  const program = path.join(scenario, "summarise.mjs");
  await writeFile(
    program,
    (await readFile(program, "utf8")).replace("select customer, sum(amount)", "select customer, sum(amount) + 0.01"),
  );
  const file = path.join(scenario, "rehearse.yml");
  const plain = await readFile(file, "utf8");
  const under = async (rules: string, verb: string): Promise<Ended> => {
    await writeFile(file, plain.replace("ignore: [updated_at] }", `ignore: [updated_at], ${rules} }`));
    return place.rehearse([verb, scenario, "--explain"]);
  };

  const strict = await under("sample: 99%", "test");
  expect(strict.code, strict.stderr).toBe(1);
  expect(strict.stdout).toContain("of a sample: 99 percent of the rows");
  expect(strict.stdout).toContain("amount is the reference plus 0.01 in all");
  expect(strict.stdout).toContain("warehouse.totals after summarise was compared by");

  const near = await under("columns: { amount: { tolerance: { abs: 0.01 } } }", "check");
  expect(near.code, near.stdout + near.stderr).toBe(0);
  const [detail] = reportOf(scenario).checks.flatMap((check) => (check.detail?.kind === "diff" ? [check.detail] : []));
  expect(detail).toMatchObject({
    columns: [{ name: "amount", changed: 0, deltas: null }],
    rules: [{ column: "amount", rule: "tolerance abs 0.01" }],
  });
  expect(detail?.columns[0]?.toTolerance).toBeGreaterThan(0);

  const rounded = await under('columns: { amount: { transform: "round(value)" } }', "check");
  expect(rounded.code, rounded.stdout + rounded.stderr).toBe(0);

  for (const [rules, name, says] of [
    [
      "columns: { amuont: { trim: true } }",
      "columns.amuont",
      'no stage left a column "amuont" in warehouse.totals; did you mean "amount"?',
    ],
    ["columns: { amount: { trim: true } }", "columns.amount.trim", "`trim` is for text"],
    ["columns: { amount: { tolerance: { time: 1ms } } }", "columns.amount.tolerance.time", "`time` is for a date"],
    ['columns: { amount: { transform: "lower(value" } }', "columns.amount.transform", "the transform"],
    ["columns: { amount: { transform: \"error('no: ' || value)\" } }", "columns.amount.transform", "the transform"],
  ] as const) {
    const { code, stdout, stderr } = await under(rules, "check");
    expect(code, stdout + stderr).toBe(1);
    const { checks } = reportOf(scenario);
    expect(checks[0]).toMatchObject({ kind: "diff", verdict: "different", counts: { changed: 2 }, detail: { rules: [] } });
    expect(checks.filter(({ kind }) => kind === "rule")).toMatchObject([
      { name, verdict: "not compared", line: 16, reason: expect.stringContaining(says) },
    ]);
    expect(stdout).toContain(`rule "${name}" for warehouse.totals`);
  }
  expect(census(place)).toEqual(nothingLeft);
});

test("of a sample, another number of rows is said to be the reason only where no row of the sample tells", async () => {
  await using place = await Workplace.make();
  const scenario = await place.copy(orders);
  await place.rehearse(["test", scenario]);
  expect((await place.rehearse(["accept", scenario])).code).toBe(0);
  await appendFile(path.join(scenario, "summarise.mjs"), `await query("insert into totals (customer, amount) values ('linus', 1)");\n`);
  const file = path.join(scenario, "rehearse.yml");
  const plain = await readFile(file, "utf8");
  const checked = async (sample: string, verb: string) => {
    await writeFile(file, plain.replace("ignore: [updated_at] }", `ignore: [updated_at], sample: ${sample} }`));
    const { code, stderr } = await place.rehearse([verb, scenario]);
    expect(code, stderr).toBe(1);
    return reportOf(scenario).checks[0];
  };
  const differs = { verdict: "different", reason: "the number of rows differs, though no row of the sample does" };
  expect(await checked("0.0001%", "test")).toMatchObject({ ...differs, counts: { reference: 2, current: 3, added: 0 } });
  expect(await checked("99%", "check")).toMatchObject({ verdict: "different", reason: "", counts: { added: 1, removed: 0, changed: 0 } });
});
