import { expect, test } from "vitest";
import { seedNotes } from "../../src/judge/seed-notes.ts";
import { runOf, seedFact, stageFact } from "./support/facts.ts";

const run = runOf([seedFact("a", "sha256:1"), seedFact("b", "sha256:2"), stageFact("load"), seedFact("c", "sha256:3")]);

test("each seed that gave other rows than in the other run, or was not in it, has a note, in the order of the run", () => {
  const compared = { steps: [stageFact("load"), seedFact("c", "sha256:4"), seedFact("a", "sha256:1")] };
  expect(seedNotes(run, compared)).toEqual([
    "the seed b did not go in in what this run is compared with",
    "the seed c gave other rows in what this run is compared with",
  ]);
});

test("there is nothing to note where the seeds are the same, or the other run is not known", () => {
  expect(seedNotes(run, { steps: [...run.steps] })).toEqual([]);
  expect(seedNotes(run, null)).toEqual([]);
});
