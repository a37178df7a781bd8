import { readdirSync, readFileSync } from "node:fs";
import { appendFile, cp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runSchema } from "@rehearse/rehearsal";
import { reportOf } from "./regression.ts";
import { Workplace, type Ended } from "./workplace.ts";

const large = path.join(import.meta.dirname, "scenarios", "large");
const tables = ["core.orders", "warehouse.visits"];
const orders = path.join("touch", "core.orders");

let made: Workplace;

/** Two tables of 100,000 rows, one with a key and one without, were accepted once; each test has a copy. Their ignored column is another in each run. */
beforeAll(async () => {
  made = await Workplace.make();
  const scenario = await made.copy(large);
  // The cache of references is shared with other tests: these rows are in it only when one of these fetched them.
  const one = crypto.randomUUID();
  await appendFile(path.join(scenario, "orders.sql"), `update orders set customer = hashtext('${one}') where id = 1;\n`);
  await appendFile(
    path.join(scenario, "visits.sql"),
    `alter table visits update page = '${one}' where id = 0 settings mutations_sync = 2;\n`,
  );
  for (const [verb, right] of [["test", 1] as const, ["accept", 0] as const]) {
    const { code, stderr } = await made.rehearse([verb, scenario]);
    if (code !== right) throw new Error(`${verb} ended with ${code}: ${stderr}`);
  }
}, 120_000);

afterAll(() => made[Symbol.asyncDispose]());

async function accepted(place: Workplace) {
  const scenario = path.join(place.root, "large");
  await cp(path.join(made.root, "large"), scenario, { recursive: true });
  const rehearse = (...args: string[]): Promise<Ended> =>
    place.rehearse([...args.slice(0, 1), scenario, ...args.slice(1)], { cwd: place.root });
  return { scenario, rehearse, reference: path.join(scenario, "references", orders) };
}

/** What the checks of the latest report say of the tables. */
function checksOf(scenario: string) {
  return reportOf(scenario).checks.map(({ name, verdict, counts, detail }) => {
    if (detail?.kind !== "diff") throw new Error(`${name} was not compared`);
    return { name, verdict, counts, ...detail };
  });
}

/** The runs on disk, the latest last. */
function runsOf(scenario: string): string[] {
  return readdirSync(path.join(scenario, ".rehearse", "runs")).toSorted();
}

/** By which digest each table of the latest run was vouched for. */
function vouchedIn(scenario: string): (string | undefined)[] {
  const facts = path.join(scenario, ".rehearse", "runs", runsOf(scenario).at(-1) ?? "", "run.json");
  const { steps } = runSchema.parse(JSON.parse(readFileSync(facts, "utf8")));
  return steps.flatMap((step) => (step.kind === "stage" ? step.writes.map(({ vouched }) => vouched) : []));
}

const bothVouched = [expect.stringMatching(/^postgres-chain-1\/\d/), expect.stringMatching(/^clickhouse-cityhash64-1\/\d/)];
const noneVouched = [undefined, undefined];

test("a large table that has its reference's digest is not read: it is the same, and the run can be exported, checked and accepted", async () => {
  await using place = await Workplace.make();
  const { scenario, rehearse, reference } = await accepted(place);
  expect(vouchedIn(scenario)).toEqual(noneVouched);
  const again = await rehearse("test", "--explain");
  expect(again.code, again.stdout + again.stderr).toBe(0);
  expect(vouchedIn(scenario)).toEqual(bothVouched);
  expect(again.stdout + again.stderr).toContain("100,000 → core.orders, digest unchanged");
  expect(again.stdout).toMatch(/core\.orders after touch was compared by the engine's digest: .*postgres-chain-1.* not read/s);
  const same = { verdict: "same", counts: { reference: 100_000, current: 100_000, added: 0, removed: 0, changed: 0 } };
  expect(checksOf(scenario)).toMatchObject(tables.map((name) => ({ name, ...same, rung: { name: "the engine's digest" } })));
  expect(reportOf(scenario).stages.at(-1)?.reads).toMatchObject(tables.map((dataset) => ({ dataset, rows: 100_000, verdict: "same" })));

  const told = readFileSync(path.join(scenario, ".rehearse", "report", "report.json"), "utf8");
  expect((await rehearse("check")).code).toBe(0);
  expect(readFileSync(path.join(scenario, ".rehearse", "report", "report.json"), "utf8")).toBe(told);
  const file = path.join(place.root, "orders.csv");
  expect((await place.rehearse(["export", "touch/core.orders", scenario, "-o", file])).stdout).toContain("100,000 rows");
  expect((await readFile(file, "utf8")).split("\n").slice(0, 3)).toEqual([
    `"id","customer","amount"`,
    expect.any(String),
    `"2","2","0.50"`,
  ]);

  const manifest = await readFile(path.join(reference, "manifest.json"), "utf8");
  expect((await rehearse("accept")).stdout).toContain("0 written");
  expect(await readFile(path.join(reference, "manifest.json"), "utf8")).toBe(manifest);
});

const changes = {
  "one changed cell": {
    orders: "update orders set amount = amount + 0.01 where id = 77777;",
    visits: "alter table visits update page = 'another' where id = 77777 settings mutations_sync = 2;",
  },
  "two rows that swapped a value": {
    orders: "update orders set customer = case id when 20 then 21 else 20 end where id in (20, 21);",
    visits: "alter table visits update page = if(id = 1, 'page 2', 'page 1') where id in (1, 2) settings mutations_sync = 2;",
  },
  "one more row": {
    orders: "insert into orders (id, customer, amount) values (100001, 1, 1);",
    visits: "insert into visits (id, page) values (0, 'page 0');",
  },
  "another type": {
    orders: "alter table orders alter customer type bigint;",
    visits: "alter table visits modify column page LowCardinality(String);",
  },
  "another key": {
    orders: "alter table orders drop constraint orders_pkey, add primary key (customer, id);",
    visits:
      "create table keyed as visits engine = ReplacingMergeTree order by id; insert into keyed select * from visits; rename table visits to unkeyed, keyed to visits; drop table unkeyed;",
  },
};

describe.each(Object.entries(changes))("%s", (_, change) => {
  test("is read, and never the same", async () => {
    await using place = await Workplace.make();
    const { scenario, rehearse } = await accepted(place);
    await appendFile(path.join(scenario, "orders.sql"), change.orders);
    await appendFile(path.join(scenario, "visits.sql"), change.visits);
    const ended = await rehearse("test");
    expect(ended.code, ended.stderr).toBe(1);
    expect(checksOf(scenario).map(({ name, verdict }) => [name, verdict])).toEqual(tables.map((name) => [name, "different"]));
    expect(vouchedIn(scenario)).toEqual(noneVouched);
    // What was read now is vouched for when it has been accepted.
    expect((await rehearse("accept")).stdout).toMatch(/[23] written/);
    expect((await rehearse("test")).code).toBe(0);
    expect(vouchedIn(scenario)).toEqual(bothVouched);
  });
});

test("a column that was ignored when its table was not read is not the same when it is ignored no more, and is not accepted", async () => {
  await using place = await Workplace.make();
  const { scenario, rehearse } = await accepted(place);
  expect((await rehearse("test")).code).toBe(0);
  const file = path.join(scenario, "rehearse.yml");
  await writeFile(file, (await readFile(file, "utf8")).replace("core.orders: { ignore: [seen] }", "core.orders: { key: [id] }"));
  const [read = "", vouched = ""] = runsOf(scenario);

  expect((await rehearse("check")).code).toBe(1);
  expect(checksOf(scenario)[0]).toMatchObject({ verdict: "different", schema: [{ change: "added", column: "seen" }] });
  for (const sides of [
    ["--run", vouched, "--against", read],
    ["--run", read, "--against", vouched],
  ]) {
    expect((await rehearse("check", ...sides)).code).toBe(1);
    const unread = [{ column: "seen", reason: expect.stringContaining("not read") }];
    expect(checksOf(scenario)[0]).toMatchObject({ verdict: "not compared", schema: [], notCompared: unread });
  }
  const refused = await rehearse("accept");
  expect(refused.code).toBe(2);
  expect(refused.stderr).toMatch(/RUN_NOT_FOUND[^]*seen of core\.orders/);

  expect((await rehearse("test")).code).toBe(1);
  expect(vouchedIn(scenario)).toEqual([undefined, bothVouched[1]]);
});

test("only accepted references vouch: a run compared with another run is read", async () => {
  await using place = await Workplace.make();
  const { scenario, rehearse } = await accepted(place);
  const [first = ""] = runsOf(scenario);
  const beside = await rehearse("test", "--against", first);
  expect(beside.code, beside.stdout + beside.stderr).toBe(0);
  expect(vouchedIn(scenario)).toEqual(noneVouched);
});

test("a reference that is damaged vouches for nothing: the table is read, the damage told, and accepting mends it", async () => {
  await using place = await Workplace.make();
  const { scenario, rehearse, reference } = await accepted(place);
  await truncate(path.join(reference, "rows.parquet"), 1000);
  const damaged = await rehearse("test");
  expect(damaged.code).toBe(2);
  expect(damaged.stderr).toContain("REFERENCE_INVALID");
  expect(vouchedIn(scenario)).toEqual([undefined, bothVouched[1]]);
  expect((await rehearse("accept")).stdout).toContain("1 written");
  expect((await rehearse("test")).code).toBe(0);
  expect(vouchedIn(scenario)).toEqual(bothVouched);
});

test("rows that lie in a store vouch as well, as long as they can be had", async () => {
  await using place = await Workplace.make();
  const { scenario, rehearse } = await accepted(place);
  await appendFile(path.join(scenario, "rehearse.yml"), "references: { store: ../store, inline: 1kB }\n");
  await rm(path.join(scenario, "references"), { recursive: true });
  expect((await rehearse("accept")).code).toBe(0);
  expect((await rehearse("test")).code).toBe(0);
  expect(vouchedIn(scenario)).toEqual(bothVouched);

  const listed: { path: string }[] = JSON.parse((await place.rehearse(["reference", "list", scenario, "--json"])).stdout);
  for (const fetched of listed) await rm(fetched.path);
  await rm(path.join(place.root, "store"), { recursive: true });
  const lost = await rehearse("test");
  expect(lost.code).toBe(2);
  expect(lost.stderr).toContain("REFERENCE_MISSING");
  expect(vouchedIn(scenario)).toEqual(noneVouched);
});
