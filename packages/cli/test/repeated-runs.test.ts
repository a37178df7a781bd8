import { expect, test } from "vitest";
import { reportSchema } from "@rehearse/rehearsal";
import { census, nothingLeft } from "./census.ts";
import { regressions, scenario } from "./regression.ts";
import { Workplace } from "./workplace.ts";

/** Each regression is compared with a run of the scenario without it; four more are in the tests of both providers, of stages alone and of the README. */
const otherRuns = 20 - regressions.length - 4;

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
