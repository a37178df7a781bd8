import { appendFile, cp, readFile, rm, writeFile } from "node:fs/promises";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { census, nothingLeft } from "./census.ts";
import { reportOf } from "./regression.ts";
import { Workplace } from "./workplace.ts";

const orders = path.join(import.meta.dirname, "scenarios", "orders");

/** The scenario with the references of its own first run, and then a run that differs in every row. */
async function different(place: Workplace): Promise<{ readonly scenario: string; readonly runs: readonly string[] }> {
  const scenario = await place.copy(orders);
  await place.rehearse(["test", scenario]);
  expect((await place.rehearse(["accept", scenario])).code).toBe(0);
  const file = path.join(scenario, "summarise.mjs");
  await writeFile(file, (await readFile(file, "utf8")).replace("sum(amount)", "sum(amount) + 1"));
  expect((await place.rehearse(["test", scenario])).code).toBe(1);
  return { scenario, runs: readdirSync(path.join(scenario, ".rehearse", "runs")).toSorted() };
}

const reportFile = (scenario: string): string => readFileSync(path.join(scenario, ".rehearse", "report", "report.json"), "utf8");

test("check gives the report of the latest run again, byte for byte, and starts nothing", async () => {
  await using place = await Workplace.make();
  const { scenario, runs } = await different(place);
  const told = reportFile(scenario);
  await rm(path.join(scenario, ".rehearse", "report"), { recursive: true });
  // Whatever it would run is broken.
  await writeFile(path.join(scenario, "summarise.mjs"), "process.exit(1);");
  const again = await place.rehearse(["check", scenario]);
  expect(again.code, again.stderr).toBe(1);
  expect(reportFile(scenario)).toBe(told);
  expect((await place.rehearse(["check", scenario, "--json"])).stdout).toBe(told);
  expect(readdirSync(path.join(scenario, ".rehearse", "runs")).toSorted()).toEqual(runs);
  expect(census(place)).toEqual(nothingLeft);
});

test("check judges under the rules of today: a column that is ignored now is, and an assertion that was not there was not asked", async () => {
  await using place = await Workplace.make();
  const { scenario } = await different(place);
  const file = path.join(scenario, "rehearse.yml");
  await writeFile(file, (await readFile(file, "utf8")).replace("ignore: [updated_at]", "ignore: [updated_at, amount]"));
  const loose = await place.rehearse(["check", scenario]);
  expect(loose.code, loose.stdout + loose.stderr).toBe(0);
  expect(reportOf(scenario).verdict).toBe("same");
  await appendFile(
    file,
    `    - { name: something is owed, after: summarise, in: warehouse, sql: select count() from totals, equals: [[2]] }\n`,
  );
  const more = await place.rehearse(["check", scenario]);
  expect(more.code).toBe(1);
  expect(reportOf(scenario).checks.map(({ name, verdict }) => [name, verdict])).toContainEqual(["something is owed", "not compared"]);
});

test("a run is compared with another run by its id, when it is judged as when it runs, and every rendering says so", async () => {
  await using place = await Workplace.make();
  const { scenario, runs } = await different(place);
  const [first = "", second = ""] = runs;
  const beside = await place.rehearse(["check", scenario, "--run", second, "--against", first]);
  expect(beside.code, beside.stderr).toBe(1);
  const folder = path.join(scenario, ".rehearse", "report");
  for (const name of readdirSync(folder)) expect(readFileSync(path.join(folder, name), "utf8")).toContain(first);
  expect(beside.stdout).toContain(`against  run ${first}`);
  expect(reportOf(scenario)).toMatchObject({
    run: second,
    verdict: "different",
    against: { kind: "run", run: first },
    next: { accept: "" },
  });

  // Newer runs make room; what the new one is compared with stays.
  for (const minute of [1, 2, 3, 4, 5]) {
    const copy = path.join(scenario, ".rehearse", "runs", `${first.slice(0, 8)}T23590${minute}-aaaaaaaa`);
    await cp(path.join(scenario, ".rehearse", "runs", second), copy, { recursive: true });
  }
  await rm(path.join(scenario, ".rehearse", "runs", second), { recursive: true });
  const repeated = await place.rehearse(["test", scenario, "--against", first]);
  expect(repeated.code, repeated.stderr).toBe(1);
  expect(reportOf(scenario)).toMatchObject({ verdict: "different", against: { kind: "run", run: first } });
  expect(reportOf(scenario).firstDivergence).toMatchObject({ stage: "summarise", origin: "own" });
});

test("a run that is gone is named with those that are there; a check runs no base", async () => {
  await using place = await Workplace.make();
  const { scenario, runs } = await different(place);
  for (const args of [
    ["check", scenario, "--run", "20200101T000000-abcdefgh"],
    ["test", scenario, "--against", "20200101T000000-abcdefgh"],
  ]) {
    const gone = await place.rehearse(args);
    expect(gone.code).toBe(2);
    expect(gone.stderr).toContain("RUN_NOT_FOUND");
    expect(gone.stderr).toContain(runs.toReversed().join(", "));
  }
  const base = await place.rehearse(["check", scenario, "--against", "base", "--json"]);
  expect(base.code).toBe(2);
  expect(JSON.parse(base.stdout)).toMatchObject({ error: { code: "USAGE", hint: "rehearse test --against base" } });
  expect(readdirSync(path.join(scenario, ".rehearse", "runs")).toSorted()).toEqual(runs);
});

test("the password of an environment that was kept is in no report that is made again", async () => {
  await using place = await Workplace.make();
  const scenario = await place.copy(orders);
  const leak = `import { query } from "./clickhouse.mjs";
import { writeFileSync } from "node:fs";
const { password } = new URL(process.env.CLICKHOUSE_URL);
writeFileSync("leaked.txt", password);
await query("insert into totals (customer, amount) values ('" + password + "', 1)");
`;
  await writeFile(path.join(scenario, "summarise.mjs"), leak);
  await place.rehearse(["test", scenario]);
  await place.rehearse(["accept", scenario]);
  await place.rehearse(["test", scenario, "--keep"]);
  const told = reportFile(scenario);
  const password = readFileSync(path.join(scenario, "leaked.txt"), "utf8");
  const check = await place.rehearse(["check", scenario, "--format", "html"]);
  expect(check.code).toBe(1);
  for (const text of [check.stdout, check.stderr, reportFile(scenario)]) expect(text).not.toContain(password);
  expect(reportFile(scenario)).toBe(told);
  expect((await place.rehearse(["down", scenario])).code).toBe(0);
  expect(census(place)).toEqual(nothingLeft);
});

test("a stage says what it cost; where nobody accepted what it read, the check of who wrote that counts", async () => {
  await using place = await Workplace.make();
  const scenario = await place.copy(orders);
  const file = path.join(scenario, "rehearse.yml");
  const bill = `  bill: { run: ["true"], needs: [summarise], reads: [warehouse.totals] }\n`;
  await writeFile(file, (await readFile(file, "utf8")).replace("seeds:\n", `${bill}seeds:\n`));
  await place.rehearse(["test", scenario]);
  const readByBill = () => reportOf(scenario).stages.find(({ name }) => name === "bill")?.reads;
  expect(readByBill()).toEqual([{ dataset: "warehouse.totals", rows: 2, verdict: "not compared" }]);
  const [first] = reportOf(scenario).stages;
  for (const cost of [first?.wallMs, first?.cpuMs, first?.maxRssBytes]) expect(cost).toBeGreaterThan(0);
  expect((await place.rehearse(["accept", scenario])).code).toBe(0);
  await rm(path.join(scenario, "references", "bill", "reads.json"));
  expect((await place.rehearse(["check", scenario])).code).toBe(0);
  expect(readByBill()).toEqual([{ dataset: "warehouse.totals", rows: 2, verdict: "same" }]);
  const program = path.join(scenario, "summarise.mjs");
  await writeFile(program, (await readFile(program, "utf8")).replace("sum(amount)", "sum(amount) + 1"));
  expect((await place.rehearse(["test", scenario])).code).toBe(1);
  expect(readByBill()).toEqual([{ dataset: "warehouse.totals", rows: 2, verdict: "different" }]);
});
