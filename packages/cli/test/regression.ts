import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { z } from "zod";
import { reportSchema, type Report } from "@rehearse/rehearsal";
import type { Ended } from "./workplace.ts";

/** The scenario that is rehearsed as it is, and with each of its regressions laid over it. */
export const scenario = path.resolve(import.meta.dirname, "../../../fixtures/segment-membership");

export const regressions = readdirSync(path.join(scenario, "regressions"));

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
  /** By provider where it depends on the server, such as where DynamoDB's cut their pages. */
  removed: z.union([count, z.strictObject({ docker: count, embedded: count })]),
  changed: count,
});

/** What a rehearsal with the regression laid over must find. */
export function expectationOf(name: string): z.infer<typeof expectedSchema> {
  return expectedSchema.parse(JSON.parse(readFileSync(path.join(scenario, "regressions", name, "expected.json"), "utf8")));
}

/** A rehearsal, in `directory`, that has come to its end. */
export interface Rehearsed {
  readonly directory: string;
  readonly ended: Ended;
}

/** Expects that a rehearsal with the regression laid over found what its expectation says, and nothing in the stages before. */
export function expectCaught(name: string, { directory, ended }: Rehearsed): void {
  const { exit, verdict, origin, removed, ...differences } = expectationOf(name);
  expect(ended.code, ended.stdout + ended.stderr).toBe(exit);
  const report = reportOf(directory);
  expect(report.verdict).toBe(verdict);
  expect(report.firstDivergence).toEqual({ dataset: null, assertion: null, ...origin, origin: "own", via: [] });
  const lost =
    typeof removed === "number"
      ? removed
      : z
          .enum(["docker", "embedded"])
          .transform((name) => removed[name])
          .parse(report.provider.name);
  expect(found(report, origin)).toEqual({ ...differences, removed: lost });
  expect(upstream(report, origin.stage).filter((check) => check.verdict !== "same")).toEqual([]);
  expect(report.teardown).toMatchObject({ left: 0 });
}

/** Expects that a rehearsal found nothing. */
export function expectSame({ directory, ended }: Rehearsed): void {
  expect(ended.code, ended.stdout + ended.stderr).toBe(0);
  expect(reportOf(directory).verdict).toBe("same");
}

/** The latest report of a rehearsal in this folder. */
export function reportOf(directory: string): Report {
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
  const names = report.stages.map((it) => it.name);
  const before = new Set(names.slice(0, names.indexOf(stage)));
  return report.checks.filter((check) => before.has(check.stage));
}
