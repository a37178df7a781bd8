import { afterAll, expect, test } from "vitest";
import type { StageConfig } from "@rehearse/config";
import type { JudgeInput } from "../../src/judge/judge-input.ts";
import { judgeStage } from "../../src/judge/judge-stage.ts";
import type { Run, StageFact } from "../../src/model/run.ts";
import { http, httpFact } from "./support/assertions.ts";
import { askedOf } from "../../src/judge/assertions/decide.ts";
import { expectedRule, runOf, scenario, seedFact, stage, stageFact, writes } from "./support/facts.ts";
import { openWorkshop, type Table, type Written } from "./support/judge-workshop.ts";

const workshop = await openWorkshop();
afterAll(() => workshop[Symbol.asyncDispose]());

const table = (...values: string[]): Table => ({ types: { v: "text" }, rows: values.map((value) => [value]) });

interface Given {
  readonly reference?: Written;
  readonly now?: Written;
  /** What the facts of the stages say beside what they wrote. */
  readonly steps?: (written: readonly StageFact[]) => Run["steps"];
  readonly run?: Partial<Run>;
  readonly assertions?: JudgeInput["scenario"]["assertions"];
}

async function judged(config: StageConfig, { reference = {}, now = {}, steps = (written) => [...written], run, assertions }: Given) {
  const [accepted, current] = [await workshop.rehearsed(reference), await workshop.rehearsed(now)];
  const input: JudgeInput = {
    scenario: scenario([stage("load"), config], assertions),
    run: runOf(steps(current.stages), run),
    openDataset: current.open,
    references: accepted.references,
    again: null,
    compared: null,
    tables: workshop.tables,
    today: "2027-01-31",
    next: { reproduce: "", keep: "", accept: "" },
  };
  return (await judgeStage(config, input)).checks;
}

const sum = stage("sum", { writes: [writes("core.a"), writes("core.b"), writes("core.c")] });
const unread = [{ dataset: "core.b", missing: true, reason: "42P01" }];
const undeclared = [
  { dataset: "core.x", rowsBefore: 1, rowsAfter: 2 },
  { dataset: "core.y", rowsBefore: 0, rowsAfter: 5 },
];

test("each declared dataset has its check, in the order of the file, then each table that moved undeclared", async () => {
  const checks = await judged(sum, {
    reference: { "sum/core.c": table("1"), "sum/core.a": table("2"), "load/core.b": table("3") },
    now: { "sum/core.a": table("2"), "sum/core.c": table("3"), "load/core.b": table("1") },
    steps: (written) => [seedFact("sum"), ...written.map((fact) => (fact.name === "sum" ? { ...fact, unread, undeclared } : fact))],
  });
  expect(checks.map(({ kind, name, verdict, counts, reason }) => ({ kind, name, verdict, counts, reason }))).toEqual([
    { kind: "diff", name: "core.a", verdict: "same", counts: { reference: 1, current: 1, added: 0, removed: 0, changed: 0 }, reason: "" },
    { kind: "diff", name: "core.b", verdict: "different", counts: null, reason: "sum ended well, but there is no such table" },
    {
      kind: "diff",
      name: "core.c",
      verdict: "different",
      counts: { reference: 1, current: 1, added: 1, removed: 1, changed: 0 },
      reason: "",
    },
    { kind: "writes", name: "core.x", verdict: "different", counts: null, reason: "sum wrote it without declaring it" },
    { kind: "writes", name: "core.y", verdict: "different", counts: null, reason: "sum wrote it without declaring it" },
  ]);
});

test("what has no reference, and what was not written, is not compared", async () => {
  const config = stage("sum", { writes: [writes("core.a"), writes("core.b")] });
  const checks = await judged(config, { reference: { "sum/core.b": table("1") }, now: { "sum/core.a": table("1") } });
  expect(checks).toMatchObject([
    { name: "core.a", verdict: "not compared", reason: "the other run did not write it", counts: null },
    { name: "core.b", verdict: "not compared", reason: "the stage did not run", counts: null },
  ]);
});

test.each<[string, Run["steps"], string]>([
  ["because nobody came so far", [], "the stage did not run"],
  ["because nobody came so far, though others ended well", [stageFact("load"), seedFact("a")], "the stage did not run"],
  ["because an earlier one failed", [stageFact("load", { exitCode: 1 })], "load failed before it"],
  ["because it failed itself", [stageFact("load"), stageFact("sum", { timedOut: true })], "sum failed"],
])("where a stage did not end well, nothing of it is compared: %s", async (_, steps, reason) => {
  const config = stage("sum", { writes: [writes("core.a")] });
  const assertions = [http({ after: "sum" })];
  const checks = await judged(config, { reference: { "sum/core.a": table("1") }, steps: () => steps, assertions });
  expect(checks.filter(({ kind }) => kind !== "stage")).toMatchObject([
    { kind: "diff", name: "core.a", verdict: "not compared", reason },
    { kind: "assert", name: "claim", verdict: "not compared", reason },
  ]);
  expect(checks.filter(({ kind }) => kind === "stage")).toMatchObject(
    reason === "sum failed" ? [{ name: "sum", verdict: "failed", reason: "it ran longer than 60 s and was ended" }] : [],
  );
});

test("a rule of expected differences that is at fault follows its dataset", async () => {
  const expected = [expectedRule({ reason: "first" }), expectedRule({ reason: "second", position: { line: 44, column: 5 } })];
  const config = stage("sum", { writes: [writes("core.a", { expected }), writes("core.b")] });
  const same = { "sum/core.a": table("1"), "sum/core.b": table("1") };
  const checks = await judged(config, { reference: same, now: same });
  expect(checks.map(({ kind, name, verdict, line }) => [kind, name, verdict, line])).toEqual([
    ["diff", "core.a", "same", 20],
    ["expect", "first", "different", 40],
    ["expect", "second", "different", 44],
    ["diff", "core.b", "same", 20],
  ]);
});

test("what was asked after the stage is judged by the answer of its name", async () => {
  const asked = [http({ name: "up", after: "sum" }), http({ name: "other" }), http({ name: "down", after: "sum", status: 404 })];
  const facts = asked.map((assertion, index) => httpFact({ name: assertion.name, asked: askedOf(assertion), status: 200 + index }));
  const checks = await judged(stage("sum"), { now: {}, steps: () => [stageFact("sum")], assertions: asked, run: { assertions: facts } });
  expect(checks.map(({ name, verdict, reason }) => [name, verdict, reason])).toEqual([
    ["up", "same", ""],
    ["down", "failed", "expected status 404, got 202"],
  ]);
});

test("a stored reference may stand for a table that was not read, another run's never", async () => {
  const config = stage("sum", { writes: [writes("core.a")] });
  const same = { "sum/core.a": table("1") };
  const steps = (written: readonly StageFact[]) =>
    written.map((fact) => ({ ...fact, writes: fact.writes.map((write) => ({ ...write, vouched: "md5" })) }));
  const rung = async (against: Run["against"]) =>
    (await judged(config, { reference: same, now: same, steps, run: { against } })).map(({ detail }) => detail);
  expect(await rung({ kind: "stored" })).toMatchObject([{ rung: { name: "the engine's digest" } }]);
  expect(await rung({ kind: "run", run: "r1" })).toMatchObject([{ rung: { name: "digests" } }]);
});
