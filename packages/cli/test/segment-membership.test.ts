import { readdirSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { reportSchema, type Report } from "@rehearse/rehearsal";
import { layOver } from "../../../scripts/lay-over.ts";
import { census, nothingLeft } from "./census.ts";
import { Workplace } from "./workplace.ts";

const scenario = path.resolve(import.meta.dirname, "../../../fixtures/segment-membership");
const regressions = readdirSync(path.join(scenario, "regressions"));
/** Each regression shows the scenario to be the same once when it is taken off; the rest of twenty runs are done by themselves. */
const otherRuns = 20 - regressions.length;

const count = z.int().nonnegative();
const expectedSchema = z.strictObject({
  exit: z.literal(1),
  verdict: z.enum(["different", "failed"]),
  origin: z.union([
    z.strictObject({ stage: z.string(), dataset: z.string() }),
    z.strictObject({ stage: z.string(), assertion: z.string() }),
  ]),
  columns: z.record(z.string(), count),
  added: count,
  removed: count,
  changed: count,
});

describe.each(regressions)("regression %s", (name) => {
  test(
    "is caught as its expectation says, and is all that differs: without its files the scenario is the same",
    { timeout: 180_000 },
    async () => {
      const expected = expectedSchema.parse(JSON.parse(readFileSync(path.join(scenario, "regressions", name, "expected.json"), "utf8")));
      await using place = await Workplace.make();
      await using laid = await layOver(scenario, { name, copy: `test-${name}` });

      const ended = await place.rehearse(["test", laid.directory]);
      const report = reportOf(laid.directory);
      expect(ended.code, ended.stdout + ended.stderr).toBe(expected.exit);
      expect(report.verdict).toBe(expected.verdict);
      expect(report.firstDivergence).toEqual({ dataset: null, assertion: null, ...expected.origin, origin: "own", via: [] });
      expect(found(report, expected.origin)).toEqual({
        columns: expected.columns,
        added: expected.added,
        removed: expected.removed,
        changed: expected.changed,
      });
      expect(upstream(report, expected.origin.stage).filter((check) => check.verdict !== "same")).toEqual([]);

      await laid.takeOff();
      const without = await place.rehearse(["test", laid.directory]);
      expect(without.code, without.stdout + without.stderr).toBe(0);
      expect(reportOf(laid.directory).verdict).toBe("same");
      expect(census(place)).toEqual(nothingLeft);
      await rm(path.join(laid.directory, ".rehearse"), { recursive: true });
    },
  );
});

test(`the unchanged scenario is the same ${otherRuns} times out of ${otherRuns}`, { timeout: 900_000 }, async () => {
  await using place = await Workplace.make();
  for (let run = 1; run <= otherRuns; run += 1) {
    const { code, stdout, stderr } = await place.rehearse(["test", scenario, "--json"]);
    expect(code, `run ${run}: ${stderr}`).toBe(0);
    const { verdict, checks } = reportSchema.parse(JSON.parse(stdout));
    expect(verdict).toBe("same");
    expect(checks.length).toBeGreaterThan(10);
  }
  expect(census(place)).toEqual(nothingLeft);
});

function reportOf(directory: string): Report {
  return reportSchema.parse(JSON.parse(readFileSync(path.join(directory, ".rehearse", "report", "report.json"), "utf8")));
}

/** What the report counts where the regression starts; an assertion or a failed stage counts no rows. */
function found(report: Report, origin: { readonly stage: string; readonly dataset?: string }) {
  const check = report.checks.find((it) => it.kind === "diff" && it.stage === origin.stage && it.name === origin.dataset);
  const { added = 0, removed = 0, changed = 0 } = check?.counts ?? {};
  const columns = check?.detail?.kind === "diff" ? check.detail.columns : [];
  return { columns: Object.fromEntries(columns.map((column) => [column.name, column.changed])), added, removed, changed };
}

/** The checks of every stage that ran before the one where the regression starts. */
function upstream(report: Report, stage: string): Report["checks"] {
  const before = new Set(
    report.stages
      .slice(
        0,
        report.stages.findIndex((it) => it.name === stage),
      )
      .map((it) => it.name),
  );
  return report.checks.filter((check) => before.has(check.stage));
}
