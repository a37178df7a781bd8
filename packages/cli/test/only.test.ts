import { rm } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import type { Report } from "@rehearse/rehearsal";
import { layOver } from "../../../scripts/lay-over.ts";
import { census, nothingLeft } from "./census.ts";
import { expectationOf, regressions, reportOf, scenario } from "./regression.ts";
import { Workplace } from "./workplace.ts";

const orders = path.join(import.meta.dirname, "scenarios", "orders");
const counted = (checks: Report["checks"]) => checks.map(({ name, kind, verdict, counts }) => ({ name, kind, verdict, counts }));

test("each stage alone comes to what the run of the whole scenario says of it", { timeout: 900_000 }, async () => {
  await using place = await Workplace.make();
  await using laid = await layOver(scenario, { name: null, copy: "test-only" });
  const { directory } = laid;
  expect((await place.rehearse(["test", directory])).code).toBe(0);
  const whole = reportOf(directory);
  expect(whole.stages).toHaveLength(8);
  for (const { name, verdict } of whole.stages) {
    const { code, stdout, stderr } = await place.rehearse(["test", directory, "--only", name]);
    expect(code, `${name}: ${stdout}${stderr}`).toBe(0);
    const alone = reportOf(directory);
    expect(alone.verdict, name).toBe(verdict);
    expect(counted(alone.checks), name).toEqual(counted(whole.checks.filter(({ stage }) => stage === name)));
    expect(alone.stages.map((stage) => [stage.name, stage.reads.every((read) => read.verdict === "same")])).toEqual([[name, true]]);
    expect(stdout).toContain(`only     ${name} alone`);
  }
  expect(census(place)).toEqual(nothingLeft);
  await rm(path.join(directory, ".rehearse"), { recursive: true });
});

/** One regression for each stage where some start, and for each verdict there. */
const starting = [
  ...new Map(regressions.map((name) => [`${expectationOf(name).origin.stage} ${expectationOf(name).verdict}`, name])).values(),
];

describe.each(starting)("regression %s", (name) => {
  test("is seen by the stage where it starts alone as in the whole run", { timeout: 180_000 }, async () => {
    await using place = await Workplace.make();
    await using laid = await layOver(scenario, { name, copy: `test-only-${name}` });
    const { directory } = laid;
    const { origin } = expectationOf(name);
    const { code, stdout, stderr } = await place.rehearse(["test", directory, "--only", origin.stage]);
    expect(code, stdout + stderr).toBe(1);
    const report = reportOf(directory);
    expect(["different", "failed"]).toContain(report.verdict);
    expect(report.firstDivergence).toEqual({ dataset: null, assertion: null, ...origin, origin: "own", via: [] });
    expect(census(place)).toEqual(nothingLeft);
    await rm(path.join(directory, ".rehearse"), { recursive: true });
  });
});

test("a stage that is not there, or whose predecessors have no reference, is refused with what there is to do; the plan says what is loaded", async () => {
  await using place = await Workplace.make();
  const unknown = await place.rehearse(["test", await place.copy(orders), "--only", "summarize"]);
  expect(unknown).toMatchObject({ code: 2, stderr: expect.stringMatching(/USAGE[^]*summarize[^]*one of summarise/) });
  const copy = await place.copy(scenario);
  const plan = await place.rehearse(["test", copy, "--only", "refresh-again", "--dry-run"]);
  expect(plan.stdout.split("\n").map((line) => line.trim().split(/ {2,}/))).toEqual(
    expect.arrayContaining([
      ["load", "core.segment_membership_count as refresh had left it"],
      ["load", "warehouse.IDENTITIES as backfill-again had left it"],
    ]),
  );
  expect(plan.stdout).not.toContain("oracle");
  await rm(path.join(copy, "references"), { recursive: true });
  await using laid = await layOver(scenario, { name: null, copy: "test-only-bare" });
  await rm(path.join(laid.directory, "references", "backfill"), { recursive: true });
  const bare = await place.rehearse(["test", laid.directory, "--only", "refresh"]);
  expect(bare).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/REFERENCE_MISSING[^]*warehouse\.IDENTITIES after backfill[^]*rehearse accept/),
  });
  expect(census(place)).toEqual(nothingLeft);
});
