import { expect, test } from "vitest";
import { stageNotes } from "../../src/judge/stage-notes.ts";
import { runOf, seedFact, stageFact } from "./support/facts.ts";

test("what a stage left is told of, of many files the first five", () => {
  const run = runOf([
    seedFact("a"),
    stageFact("load", { strays: ["sleep 60"], unnamed: ["a.csv", "b.csv"] }),
    stageFact("send", { unnamed: ["1", "2", "3", "4", "5", "6", "7"] }),
    stageFact("rest"),
  ]);
  expect(stageNotes(run)).toEqual([
    "load left a process running, which was ended: sleep 60",
    "load left in its output folder what is not compared: a.csv, b.csv; declare it under writes",
    "send left in its output folder what is not compared: 1, 2, 3, 4, 5 and 2 more; declare it under writes",
  ]);
});

test("five files are all told of", () => {
  const [note] = stageNotes(runOf([stageFact("send", { unnamed: ["1", "2", "3", "4", "5"] })]));
  expect(note).toBe("send left in its output folder what is not compared: 1, 2, 3, 4, 5; declare it under writes");
});
