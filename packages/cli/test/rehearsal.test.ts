import { readdirSync, readFileSync, statSync } from "node:fs";
import { appendFile, mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { reportSchema, type Report } from "@rehearse/rehearsal";
import { census, nothingLeft } from "./census.ts";
import { Workplace } from "./workplace.ts";

const orders = path.join(import.meta.dirname, "scenarios", "orders");

test("a scenario without references is not compared; accepted, it is the same; accepting twice rewrites nothing", async () => {
  await using place = await Workplace.make();
  const scenario = await place.copy(orders);
  const first = await place.rehearse(["test", scenario]);
  expect(first.code, first.stderr).toBe(1);
  expect(first.stdout).toContain("there is no reference yet");
  expect(first.stdout).toContain(`accept   rehearse accept ${scenario}\n`);
  expect(reportOf(scenario).verdict).toBe("not compared");

  const accepted = await place.rehearse(["accept", scenario]);
  expect(accepted.code, accepted.stderr).toBe(0);
  const written = stamps(path.join(scenario, "references"));
  expect(Object.keys(written)).toContain(path.join("summarise", "warehouse.totals", "rows.ndjson"));

  const second = await place.rehearse(["test", scenario]);
  expect(second.code, second.stdout + second.stderr).toBe(0);
  expect(reportOf(scenario).verdict).toBe("same");

  const again = await place.rehearse(["accept", scenario]);
  expect(again.stdout).toContain("0 written, 2 unchanged");
  expect(stamps(path.join(scenario, "references"))).toEqual(written);
  expect(census(place)).toEqual(nothingLeft);
});

test("npx is offered only where it finds Rehearse: elsewhere it would run a foreign package of that name", async () => {
  await using place = await Workplace.make();
  const scenario = await place.copy(orders);
  expect((await place.rehearse(["test", "."], { cwd: scenario })).stdout).not.toContain("npx");
  await mkdir(path.join(place.root, "node_modules/.bin"), { recursive: true });
  await writeFile(path.join(place.root, "node_modules/.bin/rehearse"), "");
  const { stdout } = await place.rehearse(["check", "."], { cwd: scenario });
  expect(stdout).toContain("accept   npx rehearse accept .\n");
  expect(reportOf(scenario).next.reproduce).toBe("npx rehearse test .");
});

test("what takes long to read is told of while it is read", async () => {
  await using place = await Workplace.make();
  const scenario = path.join(place.root, "slow");
  await mkdir(scenario);
  const file = `name: slow
services: { core: { engine: postgres } }
stages: { look: { run: ["true"], writes: [{ name: slow, in: core, query: slow.sql }] } }
checks: { diff: { slow: {} } }
`;
  await writeFile(path.join(scenario, "rehearse.yml"), file);
  await writeFile(path.join(scenario, "slow.sql"), "SELECT i, pg_sleep(0.06) IS NULL AS slept FROM generate_series(1, 100) AS i");
  const { stdout } = await place.rehearse(["test", scenario]);
  expect(stdout).toMatch(/◌ look +reading slow: \d+ MB/);
  expect(stdout).toMatch(/✓ look +100 → slow/);
});

test("an assertion that fails after what the very first stage left behind is downstream of it", async () => {
  await using place = await Workplace.make();
  const scenario = path.join(place.root, "two");
  await mkdir(scenario);
  const file = `name: two
services: { core: { engine: postgres } }
seeds: [{ into: core, from: seed.sql }]
stages:
  first: { run: ["true"], writes: [core.a] }
  second: { run: ["true"], needs: [first] }
  third: { run: ["true"], needs: [second], reads: [core.a] }
checks:
  diff: { core.a: {} }
  assert:
    - { name: one, after: second, in: core, sql: "select v from a", equals: [[1]] }
    - { name: still one, after: third, in: core, sql: "select v from a", equals: [[1]] }
`;
  await writeFile(path.join(scenario, "rehearse.yml"), file);
  const seed = (value: number): Promise<void> => writeFile(path.join(scenario, "seed.sql"), `create table a as select ${value} as v`);
  await seed(1);
  await place.rehearse(["test", scenario]);
  expect((await place.rehearse(["accept", scenario])).code).toBe(0);
  await seed(2);
  await place.rehearse(["test", scenario]);
  const { divergences, stages } = reportOf(scenario);
  expect(stages.map(({ writes }) => writes)).toEqual([[{ dataset: "core.a", rows: 1, verdict: "different" }], [], []]);
  expect(divergences).toEqual([
    { stage: "first", dataset: "core.a", assertion: null, origin: "own", via: [] },
    { stage: "second", dataset: null, assertion: "one", origin: "downstream", via: ["first/core.a"] },
    { stage: "third", dataset: null, assertion: "still one", origin: "downstream", via: ["first/core.a"] },
  ]);
});

test("a table that a stage moves without declaring it is a difference", async () => {
  await using place = await Workplace.make();
  const scenario = await accepted(place);
  await appendFile(path.join(scenario, "summarise.mjs"), `await query("insert into notes values ('seen')");\n`);
  const { code, stdout } = await place.rehearse(["test", scenario]);
  expect(code).toBe(1);
  expect(stdout).toContain("warehouse.notes");
  const report = reportOf(scenario);
  expect(report.verdict).toBe("different");
  expect(report.checks.find((check) => check.kind === "writes")).toMatchObject({
    name: "warehouse.notes",
    stage: "summarise",
    verdict: "different",
  });
  expect(report.firstDivergence).toMatchObject({ stage: "summarise", dataset: "warehouse.notes" });
});

test("a reference that no stage writes any more is not passed over; accepting removes it", async () => {
  await using place = await Workplace.make();
  const scenario = await accepted(place);
  const file = path.join(scenario, "rehearse.yml");
  await writeFile(
    file,
    (await readFile(file, "utf8")).replace("writes: [warehouse.totals]", "writes: [warehouse.totals, warehouse.notes]"),
  );
  await place.rehearse(["test", scenario]);
  await place.rehearse(["accept", scenario]);
  await writeFile(
    file,
    (await readFile(file, "utf8")).replace("writes: [warehouse.totals, warehouse.notes]", "writes: [warehouse.totals]"),
  );
  const lost = await place.rehearse(["test", scenario]);
  expect(lost.code).toBe(1);
  expect(reportOf(scenario).checks.find((check) => check.name === "warehouse.notes")).toMatchObject({ verdict: "not compared" });
  const removed = await place.rehearse(["accept", scenario]);
  expect(removed.stdout).toContain("summarise/warehouse.notes  removed");
  expect((await place.rehearse(["test", scenario])).code).toBe(0);
});

test("--json prints the report and nothing else, the same as report.json", async () => {
  await using place = await Workplace.make();
  const scenario = await accepted(place);
  const { stdout } = await place.rehearse(["test", scenario, "--json"]);
  expect(reportSchema.parse(JSON.parse(stdout))).toEqual(reportOf(scenario));
});

test.each([
  ["json", "report.json"],
  ["markdown", "report.md"],
  ["junit", "junit.xml"],
  ["html", "report.html"],
])("--format %s prints what %s holds, and the progress on standard error; every file is written", async (format, file) => {
  await using place = await Workplace.make();
  const scenario = await place.copy(orders);
  const { code, stdout, stderr } = await place.rehearse(["test", scenario, "--format", format]);
  expect(code).toBe(1);
  const folder = path.join(scenario, ".rehearse", "report");
  expect(readdirSync(folder).toSorted()).toEqual(["junit.xml", "report.html", "report.json", "report.md"]);
  expect(stdout).toBe(readFileSync(path.join(folder, file), "utf8"));
  expect(stderr).toMatch(/✓ summarise/);
  expect(stderr).toMatch(/✗ check .*not compared/);
});

test("a format that does not exist, or two of them, are refused, and so is a plan for programs", async () => {
  await using place = await Workplace.make();
  const scenario = await place.copy(orders);
  const ended = async (...args: string[]) => place.rehearse(["test", scenario, ...args]);
  const unknown = await ended("--format", "xml");
  expect(unknown.stderr).toContain("terminal, json, markdown, junit, html");
  const both = await ended("--json", "--format", "html");
  expect(both.stderr).toContain("cannot be used with");
  const plan = await ended("--dry-run", "--json");
  expect(JSON.parse(plan.stdout)).toMatchObject({ error: { code: "USAGE", got: "--dry-run with --format json" } });
  const junit = await ended("--dry-run", "--format", "junit");
  expect(junit).toMatchObject({ stdout: "", stderr: expect.stringContaining("there is no plan as junit") });
  expect([unknown, both, plan, junit].map(({ code }) => code)).toEqual([2, 2, 2, 2]);
  expect(readdirSync(scenario)).not.toContain(".rehearse");
});

test("--dry-run prints the plan and starts nothing", async () => {
  await using place = await Workplace.make();
  const scenario = await place.copy(orders);
  const { code, stdout } = await place.rehearse(["test", scenario, "--dry-run"]);
  expect(code).toBe(0);
  expect(stdout.split("\n").map((line) => line.trim())).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^warehouse +ClickHouse$/),
      expect.stringMatching(/^seed +schema\.sql → warehouse$/),
      expect.stringMatching(/^summarise +node summarise\.mjs · reads warehouse\.orders · writes warehouse\.totals$/),
    ]),
  );
  expect(readdirSync(scenario)).not.toContain(".rehearse");
});

test("a password that a stage prints is in no file and no output", async () => {
  await using place = await Workplace.make();
  const scenario = await accepted(place);
  const leak =
    "console.log(process.env.CLICKHOUSE_URL, encodeURIComponent(process.env.CLICKHOUSE_URL));\nconsole.log(new URL(process.env.CLICKHOUSE_URL).password.replace(/^.{6}/, '$&\\x1b[1m'));\nawait import('node:fs').then((fs) => fs.writeFileSync('leaked.txt', process.env.CLICKHOUSE_URL));\nprocess.exit(1);\n";
  await writeFile(path.join(scenario, "summarise.mjs"), leak);
  const { stdout, stderr } = await place.rehearse(["test", scenario]);
  const password = new URL(readFileSync(path.join(scenario, "leaked.txt"), "utf8")).password;
  expect(password.length).toBeGreaterThan(16);
  expect(stdout).toContain("***");
  const state = path.join(scenario, ".rehearse");
  const files = readdirSync(state, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const texts = files.map((entry) => readFileSync(path.join(entry.parentPath, entry.name), "latin1"));
  expect(files.length).toBeGreaterThan(3);
  for (const text of [stdout, stderr, ...texts]) expect(text).not.toContain(password);
});

test("nor is it in the command line of a process that a stage left, nor as an HTTP header carries it, nor cut at the start of what is kept", async () => {
  await using place = await Workplace.make();
  const scenario = await place.copy(orders);
  const leak = `const url = new URL(process.env.CLICKHOUSE_URL);
const { spawn } = await import("node:child_process");
const { writeFileSync } = await import("node:fs");
writeFileSync("leaked.txt", process.env.CLICKHOUSE_URL);
spawn("bash", ["-c", 'exec -a "worker $0" sleep 60', process.env.CLICKHOUSE_URL], { detached: true, stdio: "ignore" }).unref();
process.stdout.write(url.password + "x".repeat(65_536 - 10 - 64) + btoa(url.username + ":" + url.password).padEnd(64));
await import("./clickhouse.mjs").then(({ query }) => query("insert into totals (customer, amount) values ('" + url.password + "', 1)"));
`;
  await writeFile(path.join(scenario, "summarise.mjs"), leak);
  const { stdout, stderr } = await place.rehearse(["test", scenario]);
  const { password, username } = new URL(readFileSync(path.join(scenario, "leaked.txt"), "utf8"));
  expect(stdout).toContain("left a process running");
  const folder = path.join(scenario, ".rehearse");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => /run\.json$|report\./.test(name));
  expect(files).toHaveLength(4);
  for (const text of [stdout, stderr, ...files.map((name) => readFileSync(path.join(folder, name), "utf8"))]) {
    expect(text).not.toContain(password.slice(-10));
    expect(text).not.toContain(Buffer.from(`${username}:${password}`).toString("base64"));
  }
});

test("accept takes the latest run or nothing, touches no folder that is not a reference, and follows no link out", async () => {
  await using place = await Workplace.make();
  const scenario = await accepted(place);
  const foreign = path.join(scenario, "references", "docs", "images", "a.png");
  await mkdir(path.dirname(foreign), { recursive: true });
  await writeFile(foreign, "keep");
  expect((await place.rehearse(["accept", scenario])).stdout).toContain("0 written, 2 unchanged, 0 removed");
  expect(readFileSync(foreign, "utf8")).toBe("keep");

  await rm(path.join(scenario, "references", "summarise"), { recursive: true });
  const outside = path.join(place.root, "outside");
  await mkdir(outside);
  await symlink(outside, path.join(scenario, "references", "summarise"));
  const detour = await place.rehearse(["accept", scenario]);
  expect(detour.code, detour.stdout).toBe(2);
  expect(detour.stderr).toContain("REFERENCE_INVALID");
  expect(readdirSync(outside)).toEqual([]);

  await writeFile(path.join(scenario, "orders.ndjson"), "{");
  expect((await place.rehearse(["test", scenario])).code).toBe(2);
  const late = await place.rehearse(["accept", scenario]);
  expect(late.code).toBe(2);
  expect(late.stderr).toContain("broke off");
});

test("rows keep the line separators of Unicode; what a seed program writes elsewhere is not blamed on a stage", async () => {
  await using place = await Workplace.make();
  const scenario = await place.copy(orders);
  const file = path.join(scenario, "rehearse.yml");
  const program = `{ run: [node, seed.mjs], env: { CLICKHOUSE_URL: "\${services.warehouse.url}" } }`;
  await writeFile(
    file,
    (await readFile(file, "utf8")).replace("orders.ndjson", program).replace("services:", "services:\n  documents: { engine: dynamodb }"),
  );
  const row = JSON.stringify({ id: 1, customer: "a\u2028b", amount: 1 });
  await writeFile(
    path.join(scenario, "seed.mjs"),
    `import { query } from "./clickhouse.mjs";\nawait query("insert into notes values ('a note')");\nconsole.log(${JSON.stringify(row)});\n`,
  );
  const { code, stdout, stderr } = await place.rehearse(["test", scenario, "--json"]);
  expect(code, stderr).toBe(1);
  const { checks } = reportSchema.parse(JSON.parse(stdout));
  expect(checks.map(({ kind, verdict }) => `${kind} ${verdict}`)).toEqual(["diff not compared", "assert same"]);
});

/** The scenario with the references of its own first run. */
async function accepted(place: Workplace): Promise<string> {
  const scenario = await place.copy(orders);
  await place.rehearse(["test", scenario]);
  expect((await place.rehearse(["accept", scenario])).code).toBe(0);
  return scenario;
}

function reportOf(scenario: string): Report {
  return reportSchema.parse(JSON.parse(readFileSync(path.join(scenario, ".rehearse", "report", "report.json"), "utf8")));
}

/** Each file's time of change and content. */
function stamps(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => statSync(path.join(folder, name)).isFile());
  return Object.fromEntries(
    files.map((name) => [name, `${statSync(path.join(folder, name)).mtimeMs} ${readFileSync(path.join(folder, name), "utf8")}`]),
  );
}
