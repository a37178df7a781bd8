import { expect, test } from "vitest";
import { factOf, failed } from "../../src/judge/stage-facts.ts";
import { seedFact, stageFact } from "./support/facts.ts";

test("a stage ended well where it exited with 0 in its time", () => {
  const ended = [{}, { exitCode: 1 }, { exitCode: -1 }, { exitCode: null, signal: "SIGKILL" }, { timedOut: true }];
  expect(ended.map((given) => failed(stageFact("load", given)))).toEqual([false, true, true, true, true]);
});

test("the fact of a stage is found by its name, and no seed of that name passes for it", () => {
  const [load, sum] = [stageFact("load"), stageFact("sum")];
  const run = { steps: [seedFact("sum"), load, sum] };
  expect([factOf(run, "load"), factOf(run, "sum"), factOf(run, "send")]).toEqual([load, sum, undefined]);
});
