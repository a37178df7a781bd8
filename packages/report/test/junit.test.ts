import { describe, expect, it } from "vitest";
import { renderJunit } from "@rehearse/report";
import { readJunit } from "./junit-document.ts";
import { caseNames, sampleReport as sample } from "./sample-reports.ts";

/** A sample at a real time: a run's is never anything else. */
function sampleReport(name: string): ReturnType<typeof sample> {
  return { ...sample(name), startedAt: "2026-11-16T09:30:00.120Z" };
}

describe("a report as JUnit results", () => {
  it.each(caseNames)("is taken by the common schema: %s", (name) => {
    const report = sampleReport(name);
    const suites = readJunit(renderJunit(report));
    expect(suites.map(({ attributes }) => attributes["id"])).toEqual(suites.map((_, index) => String(index)));
    for (const { attributes, tests, failures, skipped } of suites) {
      expect(attributes).toMatchObject({ tests: String(tests.length), failures: String(failures.length), skipped: String(skipped.length) });
    }
  });

  it.each([
    [/ hostname="[^"]*"/, ""],
    [/time="/, 'time="-'],
    [/<\/testsuites>/, ""],
    [/name="refresh"/, 'name="\u0000"'],
  ])("would be refused if it were not right: %s", (right, wrong) => {
    const junit = renderJunit(sampleReport("different"));
    expect(junit).toMatch(right);
    expect(() => readJunit(junit.replace(right, wrong))).toThrow(/./);
  });

  it.each(caseNames)("fails where the check makes the rehearsal exit with 1, and nowhere else: %s", (name) => {
    const report = sampleReport(name);
    const loud = report.checks.filter(({ verdict }) => verdict !== "same" && verdict !== "expected");
    const suites = readJunit(renderJunit(report));
    expect(suites.flatMap(({ failures }) => failures.map(({ type }) => type)).toSorted()).toEqual(
      loud.map(({ verdict }) => verdict).toSorted(),
    );
    expect(suites.flatMap(({ tests }) => tests).length - suites.flatMap(({ skipped }) => skipped).length).toBe(report.checks.length);
  });

  it("has a suite for each stage, with its time and the evidence of each failure", () => {
    const suites = readJunit(renderJunit(sampleReport("different")));
    expect(suites.map(({ attributes }) => [attributes["name"], attributes["package"], attributes["time"]])).toEqual([
      ["migrate", "segment-membership", "0.412"],
      ["backfill", "segment-membership", "1.904"],
      ["refresh", "segment-membership", "0.613"],
      ["backfill-again", "segment-membership", "1.204"],
      ["refresh-again", "segment-membership", "0.598"],
    ]);
    expect(suites[0]?.attributes["timestamp"]).toBe("2026-11-16T09:30:00");
    const [failure] = suites[2]?.failures ?? [];
    expect(failure).toMatchObject({
      test: "core.segment_membership_count",
      type: "different",
      message: "different: count 3",
    });
    expect(failure?.text).toContain("segment_id  environment_id");
    expect(failure?.text).toContain("1,204 → 2,408");
  });

  it("skips the columns that could not be compared, with the reason", () => {
    const skipped = readJunit(renderJunit(sampleReport("different"))).flatMap((suite) => suite.skipped);
    expect(skipped).toEqual([expect.stringMatching(/^not compared: .*AggregateFunction/)]);
  });

  it("holds what a failed stage wrote", () => {
    const [failed] = readJunit(renderJunit(sampleReport("failed-stage"))).filter(({ output }) => output !== "");
    expect(failed?.failures[0]).toMatchObject({ type: "failed", message: "failed: exited with 1" });
    expect(failed?.output.split("\n").length).toBeGreaterThan(3);
  });

  it("is not green when nothing was checked", () => {
    const [, suite] = readJunit(
      renderJunit({ ...sampleReport("same"), verdict: "not compared", checks: [], stages: sampleReport("same").stages.slice(0, 1) }),
    );
    expect(suite?.failures).toEqual([{ test: "something is checked", type: "not compared", message: "Nothing was checked.", text: "" }]);
  });

  it("names the stage of a check even when no stage of the file has that name any more", () => {
    const report = sampleReport("not-compared");
    const suites = readJunit(renderJunit({ ...report, stages: [] }));
    expect(suites.map(({ attributes }) => attributes["name"])).toEqual([...new Set(report.checks.map(({ stage }) => stage))]);
  });
});
