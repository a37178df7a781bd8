import { appendFile, readFile, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { reportOf } from "./regression.ts";
import { Workplace } from "./workplace.ts";

const prices = path.join(import.meta.dirname, "scenarios", "prices");
const modules = path.resolve(import.meta.dirname, "../../../node_modules");

const rule = (more: string): string =>
  `    - { dataset: core.prices, owner: "@ana", reason: price list, limit: 50, expires: 9999-12-31, ${more} }\n`;

test("a change that the file expects is no failure, and one that it does not is", async () => {
  await using place = await Workplace.make();
  const scenario = await place.copy(prices);
  await symlink(modules, path.join(scenario, "node_modules"));
  expect((await place.rehearse(["test", scenario])).code).toBe(1);
  expect((await place.rehearse(["accept", scenario])).code).toBe(0);
  const [file, program] = [path.join(scenario, "rehearse.yml"), path.join(scenario, "fill.mjs")];
  await writeFile(program, (await readFile(program, "utf8")).replace("factor = 1", "factor = 1.1"));
  const without = await readFile(file, "utf8");
  expect((await place.rehearse(["test", scenario])).code).toBe(1);
  expect(reportOf(scenario).verdict).toBe("different");

  await appendFile(file, `checks:\n  expect:\n${rule("columns: [amount], where: \"region = 'EU' and amount = reference.amount * 1.1\"")}`);
  const expected = await place.rehearse(["test", scenario]);
  expect(expected.code, expected.stdout + expected.stderr).toBe(0);
  expect(expected.stdout).toContain("expected: price list");
  const { verdict, checks } = reportOf(scenario);
  expect(verdict).toBe("expected");
  expect(checks).toMatchObject([
    { kind: "diff", verdict: "expected", counts: { changed: 50 }, detail: { unexpected: 0, expected: [{ matched: 50, fault: "" }] } },
  ]);

  // The rest is the same run under other rules.
  const judgedAs = async (rules: string) => {
    await writeFile(file, `${without}checks:\n  expect:\n${rules}`);
    const ended = await place.rehearse(["check", scenario]);
    if (ended.code !== 1) throw new Error(ended.stdout + ended.stderr);
    return reportOf(scenario).checks.map(({ kind, name, verdict, reason, line }) => [kind, name, verdict, reason, line]);
  };
  const different = ["diff", "core.prices", "different", "", 8];
  expect(await judgedAs(rule("where: \"region = 'EU' and id < 100\""))).toEqual([different]);
  expect(await judgedAs(rule("columns: [tax]"))).toEqual([different, ["expect", "price list", "different", "it matches no row", 13]]);
  expect(await judgedAs(rule("kinds: [changed]").replace("limit: 50", "limit: 49"))).toEqual([
    different,
    ["expect", "price list", "different", "it matches 50 rows, and its limit is 49", 13],
  ]);
  expect(await judgedAs(rule("kinds: [changed]").replace("9999-12-31", "2020-01-31"))).toEqual([
    different,
    ["expect", "price list", "different", "it expired on 2020-01-31, and matches 50 rows", 13],
  ]);
  const two = rule("where: \"region = 'EU'\"") + rule("where: id > 1").replace("price list", "stale");
  expect(await judgedAs(two.replace("id > 1", "id > 100"))).toEqual([
    ["diff", "core.prices", "expected", "", 8],
    ["expect", "stale", "different", "it matches no row", 14],
  ]);

  await writeFile(file, `${without}checks:\n  expect:\n${rule("where: amuont > 1")}`);
  const wrong = await place.rehearse(["check", scenario]);
  expect(wrong.code).toBe(1);
  const unread = expect.stringContaining("it names amuont, which is no column that is compared");
  expect(reportOf(scenario).checks).toMatchObject([
    { kind: "diff", verdict: "different", counts: { changed: 50 } },
    {
      kind: "expect",
      name: "price list",
      verdict: "different",
      line: 13,
      reason: unread,
      hint: "mend it, or take it out of checks.expect",
    },
  ]);

  const soon = new Date(Date.now() + 9 * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
  await writeFile(file, `${without}checks:\n  expect:\n${rule("columns: [amount]").replace("9999-12-31", soon)}`);
  const expiring = await place.rehearse(["check", scenario]);
  expect(reportOf(scenario).notes).toEqual([
    expect.stringMatching(`the expected difference "price list" of core.prices expires in [89] days, after ${soon}: ask @ana`),
  ]);
  expect(expiring.stdout).toContain("expires in");

  // What the rule expects to differ becomes the reference.
  const accepted = await place.rehearse(["accept", scenario]);
  expect(accepted.stdout).toMatch(/^ {2}run {7}\d{8}T\d{6}-[a-z0-9]{8} of \d{4}-\d\d-\d\d \d\d:\d\d UTC, last judged expected\n/);
  expect(accepted.stdout).toContain(
    'the rule "price list" (prices/rehearse.yml:13) of checks.expect matches nothing from now on: take it out\n',
  );
  const again = await place.rehearse(["accept", scenario]);
  expect(again.stdout).not.toContain("checks.expect");
});
