import { existsSync, readdirSync, readFileSync } from "node:fs";
import { appendFile, mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { census, nothingLeft } from "./census.ts";
import { reportOf } from "./regression.ts";
import { Repository } from "./repository.ts";
import { Workplace } from "./workplace.ts";

const orders = path.join(import.meta.dirname, "scenarios", "orders");
const summary = (amount: string): string =>
  `import { query } from "./clickhouse.mjs";\n\nawait query("insert into totals (customer, amount) select customer, ${amount} from orders group by customer");\n`;

interface Shop {
  readonly place: Workplace;
  readonly repository: Repository;
  /** The scenario's folder. */
  readonly folder: string;
  /** Makes what the stage writes another. */
  amount(sql: string): Promise<void>;
}

/** A repository whose `main` has the scenario. */
async function shop(place: Workplace): Promise<Shop> {
  const root = path.join(place.root, "shop");
  await mkdir(root);
  const folder = await place.copy(orders, path.join("shop", "orders"));
  const repository = await Repository.make(root);
  return { place, repository, folder, amount: (sql) => writeFile(path.join(folder, "summarise.mjs"), summary(sql)) };
}

/** What lies beside the runs and the report when nothing is left of a base. */
function expectNothingLeft({ place, folder }: Shop): void {
  expect(census(place)).toEqual(nothingLeft);
  expect(readdirSync(path.join(folder, ".rehearse", "base"))).toEqual([]);
}

test("against base: what is not committed is compared with where the branch left main, and the repository is as it was", async () => {
  await using place = await Workplace.make();
  const it = await shop(place);
  const base = it.repository.git("rev-parse", "HEAD");
  it.repository.git("checkout", "--quiet", "-b", "change");
  it.repository.commit("a change elsewhere");
  it.repository.git("checkout", "--quiet", "main");
  await it.amount("0");
  it.repository.commit("main moved on");
  it.repository.git("checkout", "--quiet", "change");
  await it.amount("sum(amount) + 1");
  const before = it.repository.state();
  it.repository.git("config", "core.splitIndex", "true");
  for (const hook of ["post-checkout", "post-index-change"]) {
    const file = path.join(it.repository.root, ".git", "hooks", hook);
    await writeFile(file, `#!/bin/sh\ntouch '${it.repository.root}/hooked'\n`, { mode: 0o755 });
  }
  const kept = readdirSync(path.join(it.repository.root, ".git"));

  const { code, stdout, stderr } = await place.rehearse(["test", it.folder, "--against", "base"]);
  expect(code, stderr).toBe(1);
  expect(stdout).toContain(`against  commit ${base.slice(0, 7)} (merge base with main)`);
  const report = reportOf(it.folder);
  expect(report.against).toMatchObject({ kind: "revision", asked: "base", commit: base, failure: null });
  expect(report.checks.find(({ kind }) => kind === "diff")).toMatchObject({
    verdict: "different",
    counts: { added: 0, removed: 0, changed: 2 },
  });
  expect(report.firstDivergence).toMatchObject({ stage: "summarise", dataset: "warehouse.totals", origin: "own" });
  expect(report.next).toMatchObject({ reproduce: expect.stringContaining("--against base"), accept: "" });
  expect(report.teardown).toMatchObject({ left: 0, kept: false });
  expect(existsSync(path.join(it.repository.root, "hooked"))).toBe(false);
  expect(readdirSync(path.join(it.repository.root, ".git"))).toEqual(kept);
  expect(it.repository.state()).toBe(before);
  expectNothingLeft(it);

  const folder = path.join(it.folder, ".rehearse", "report");
  for (const name of readdirSync(folder)) expect(readFileSync(path.join(folder, name), "utf8")).toContain(base.slice(0, 7));
  const told = readFileSync(path.join(folder, "report.json"), "utf8");
  expect((await place.rehearse(["check", it.folder])).code).toBe(1);
  expect(readFileSync(path.join(folder, "report.json"), "utf8")).toBe(told);
});

test("a base is rehearsed on the seeds of the head, with its own code: only the code's difference is found", async () => {
  await using place = await Workplace.make();
  const it = await shop(place);
  await appendFile(path.join(it.folder, "orders.ndjson"), `{"id":4,"customer":"ada","amount":1}\n`);
  const same = await place.rehearse(["test", it.folder, "--against", "base"]);
  expect(same.code, same.stdout + same.stderr).toBe(0);
  expect(reportOf(it.folder)).toMatchObject({ verdict: "same", notes: [] });
  await it.amount("max(amount)");
  await place.rehearse(["test", it.folder, "--against", "base"]);
  expect(reportOf(it.folder).firstDivergence).toMatchObject({ stage: "summarise", origin: "own", via: [] });
  expectNothingLeft(it);
});

test("seeds that give other rows each time are said to", async () => {
  await using place = await Workplace.make();
  const it = await shop(place);
  const file = path.join(it.folder, "rehearse.yml");
  await writeFile(file, (await readFile(file, "utf8")).replace("from: orders.ndjson", "from: { run: [node, seed.mjs] }"));
  await writeFile(path.join(it.folder, "seed.mjs"), `console.log(JSON.stringify({ id: 1, customer: "ada", amount: process.pid }));\n`);
  const { code } = await place.rehearse(["test", it.folder, "--against", "base"]);
  expect(code).toBe(1);
  const { notes, divergences } = reportOf(it.folder);
  expect(notes).toEqual(["the seed node seed.mjs gave other rows in what this run is compared with"]);
  expect(divergences).toMatchObject([{ stage: "summarise", origin: "downstream", via: ["seed/warehouse.orders"] }]);
});

test.each([
  {
    why: "fails in its own stage",
    base: async ({ folder }: Shop) => writeFile(path.join(folder, "summarise.mjs"), `console.log("out of ink");\nprocess.exit(7);\n`),
    reason: /^in commit \w{7}, summarise exited with 7: out of ink$/,
  },
  {
    why: "has a file that cannot be used",
    base: async ({ folder }: Shop) => appendFile(path.join(folder, "rehearse.yml"), "colour: blue\n"),
    reason: /^commit \w{7} has a file that cannot be used: 1 problem in orders\/rehearse\.yml\b[^]*colour/,
  },
  {
    why: "has no stage that a seed of today follows",
    base: async ({ folder }: Shop) => {
      const file = path.join(folder, "rehearse.yml");
      await writeFile(
        file,
        (await readFile(file, "utf8")).replace("summarise:", "summarize:").replace("after: summarise", "after: summarize"),
      );
    },
    head: async ({ folder }: Shop) => {
      const file = path.join(folder, "rehearse.yml");
      await writeFile(file, (await readFile(file, "utf8")).replace("from: orders.ndjson", "from: orders.ndjson, after: summarise"));
    },
    reason:
      /^commit \w{7} cannot be rehearsed on the seeds of today: it has no stage summarise, after which the seed orders\.ndjson goes in$/,
  },
])("a base that $why: its datasets are not compared, for that reason, and the head is judged", async ({ base, head, reason }) => {
  await using place = await Workplace.make();
  const it = await shop(place);
  const good = it.repository.git("rev-parse", "HEAD");
  await base(it);
  it.repository.commit("what is compared with");
  it.repository.git("restore", "--source", good, ".");
  await head?.(it);
  const { code, stdout, stderr } = await place.rehearse(["test", it.folder, "--against", "HEAD"]);
  expect(code, stdout + stderr).toBe(1);
  const { verdict, checks } = reportOf(it.folder);
  expect(verdict).toBe("not compared");
  expect(checks.map((check) => [check.kind, check.verdict])).toEqual([
    ["diff", "not compared"],
    ["assert", "same"],
  ]);
  expect(checks[0]?.reason).toMatch(reason);
  expectNothingLeft(it);
});

test("a base that has no such scenario yet, and a dataset that only one of the two writes", async () => {
  await using place = await Workplace.make();
  const it = await shop(place);
  const other = await place.copy(orders, path.join("shop", "new"));
  await place.rehearse(["test", other, "--against", "base"]);
  expect(reportOf(other)).toMatchObject({
    verdict: "not compared",
    against: { failure: expect.stringMatching(/^commit \w{7} has no new\/rehearse\.yml yet$/) },
  });
  expect(readdirSync(path.join(other, ".rehearse", "base"))).toEqual([]);

  const file = path.join(it.folder, "rehearse.yml");
  await writeFile(
    file,
    (await readFile(file, "utf8")).replace("writes: [warehouse.totals]", "writes: [warehouse.totals, warehouse.notes]"),
  );
  await place.rehearse(["test", it.folder, "--against", "base"]);
  const notes = reportOf(it.folder).checks.find(({ name }) => name === "warehouse.notes");
  expect(notes).toMatchObject({ verdict: "not compared", reason: expect.stringMatching(/^commit \w{7} did not write it$/), hint: "" });
  it.repository.commit("with notes");
  it.repository.git("restore", "--source", "HEAD~1", ".");
  await place.rehearse(["test", it.folder, "--against", "HEAD"]);
  const lost = reportOf(it.folder).checks.find(({ name }) => name === "warehouse.notes");
  expect(lost).toMatchObject({
    verdict: "not compared",
    reason: expect.stringMatching(/^commit \w{7} wrote it, but no stage of the file writes it any more$/),
  });
});

test("noise: what differs by itself is named with its rule, and a dataset that differs only there is inconclusive", async () => {
  await using place = await Workplace.make();
  const it = await shop(place);
  await it.amount("sum(amount) + rand() % 1000000");
  // A column with a rule of its own can be noise too.
  const file = path.join(it.folder, "rehearse.yml");
  const rule = "ignore: [updated_at], columns: { amount: { tolerance: { abs: 0.01 } } } }";
  await writeFile(file, (await readFile(file, "utf8")).replace("ignore: [updated_at] }", rule));
  it.repository.commit("a random amount");
  const { code, stdout } = await place.rehearse(["test", it.folder, "--against", "base", "--noise"]);
  expect(code).toBe(1);
  expect(stdout).toContain("rehearsed twice");
  const { verdict, checks, notes } = reportOf(it.folder);
  expect(verdict).toBe("inconclusive");
  expect(notes.filter((note) => note.includes("differs by itself"))).toEqual([]);
  expect(checks[0]).toMatchObject({
    verdict: "inconclusive",
    reason: "it differs only in what differs by itself: amount in 2 rows",
    hint: "the rule for that is checks.diff.warehouse.totals: { ignore: [updated_at, amount] }",
  });
  const told = readFileSync(path.join(it.folder, ".rehearse", "report", "report.json"), "utf8");
  await place.rehearse(["check", it.folder]);
  expect(readFileSync(path.join(it.folder, ".rehearse", "report", "report.json"), "utf8")).toBe(told);

  // What the change does is no noise: a customer is lost.
  await it.amount("sum(amount) + rand() % 1000000");
  await appendFile(path.join(it.folder, "summarise.mjs"), `await query("delete from totals where customer = 'ada'");\n`);
  await place.rehearse(["test", it.folder, "--against", "base", "--noise"]);
  const changed = reportOf(it.folder);
  expect(changed.checks[0]).toMatchObject({ verdict: "different", counts: { removed: 1, changed: 1 } });
  expect(changed.notes).toEqual([
    "warehouse.totals after summarise differs by itself: amount in 2 rows; the rule for that is checks.diff.warehouse.totals: { ignore: [updated_at, amount] }",
  ]);
  expectNothingLeft(it);
});

test("the base of a pull request is what GitHub says it goes into; a shallow clone, no repository and no such revision are told apart", async () => {
  await using place = await Workplace.make();
  const it = await shop(place);
  const release = it.repository.git("rev-parse", "HEAD");
  it.repository.git("branch", "release");
  await it.amount("0");
  it.repository.commit("only on main");
  await place.rehearse(["test", it.folder, "--against", "base"], { env: { GITHUB_BASE_REF: "release" } });
  expect(reportOf(it.folder)).toMatchObject({ verdict: "different", against: { commit: release, name: "merge base with release" } });

  const clone = path.join(place.root, "clone");
  it.repository.git("clone", "--quiet", "--depth=1", "--branch=main", `file://${it.repository.root}`, clone);
  const shallow = await place.rehearse(["test", path.join(clone, "orders"), "--against", "base"], { env: { GITHUB_BASE_REF: "release" } });
  expect(shallow.code).toBe(2);
  expect(shallow.stderr).toMatch(/REVISION_NOT_FOUND[^]*origin\/release[^]*shallow clone[^]*`fetch-depth: 0`/);

  const unknown = await place.rehearse(["test", it.folder, "--against", "--upload-pack=x"]);
  expect(unknown).toMatchObject({ code: 2, stderr: expect.stringContaining('There is no revision "--upload-pack=x"') });
  const beyond = await place.rehearse(["test", it.folder, "--against", "HEAD~9"]);
  expect(beyond.stderr).toMatch(/There is no revision "HEAD~9"[^]*next +git log --oneline/);
  const elsewhere = await place.rehearse(["test", it.folder, "--against", "feature/x"]);
  expect(elsewhere.stderr).toContain("git fetch origin feature/x, or");
  const nowhere = await place.rehearse(["test", await place.copy(orders), "--against", "base"]);
  expect(nowhere).toMatchObject({ code: 2, stderr: expect.stringMatching(/REVISION_NOT_FOUND[^]*leave out --against/) });
  const twice = await place.rehearse(["test", it.folder, "--noise"]);
  expect(twice).toMatchObject({ code: 2, stderr: expect.stringContaining("only a revision can be rehearsed again") });
});

test("a base runs its own workspace packages, not the head's, and those of others as they are installed", async () => {
  await using place = await Workplace.make();
  const it = await shop(place);
  const [own, others] = [path.join(it.repository.root, "lib"), path.join(it.repository.root, "node_modules", "others")];
  const manifest = JSON.stringify({ name: "@acme/lib", type: "module", exports: "./index.js" });
  await mkdir(own);
  await writeFile(path.join(own, "package.json"), manifest);
  await writeFile(path.join(own, "index.js"), `export { amount } from "others";\n`);
  await mkdir(path.join(it.repository.root, "node_modules", "@acme"), { recursive: true });
  await symlink("../../lib", path.join(it.repository.root, "node_modules", "@acme", "lib"));
  await mkdir(others);
  await writeFile(path.join(others, "package.json"), manifest.replace("@acme/lib", "others"));
  await writeFile(path.join(others, "index.js"), `export const amount = "sum(amount)";\n`);
  const stage = (await readFile(path.join(it.folder, "summarise.mjs"), "utf8"))
    .replace('"insert', "`insert")
    .replace('customer")', "customer`)");
  await writeFile(
    path.join(it.folder, "summarise.mjs"),
    `import { amount } from "@acme/lib";\n${stage.replace("sum(amount)", "${amount}")}`,
  );
  it.repository.commit("with a library");
  await writeFile(path.join(own, "index.js"), `export const amount = "max(amount)";\n`);
  const { code, stdout, stderr } = await place.rehearse(["test", it.folder, "--against", "base"]);
  expect(code, stdout + stderr).toBe(1);
  expect(reportOf(it.folder)).toMatchObject({ verdict: "different", against: { failure: null } });
  expect(existsSync(path.join(own, "package.json"))).toBe(true);
  expectNothingLeft(it);
});

test("--dry-run tells of the base and starts nothing", async () => {
  await using place = await Workplace.make();
  const it = await shop(place);
  const { code, stdout } = await place.rehearse(["test", it.folder, "--against", "base", "--noise", "--dry-run"]);
  expect(code).toBe(0);
  expect(stdout).toContain("rehearsed twice");
  expect(existsSync(path.join(it.folder, ".rehearse"))).toBe(false);
});
