import { afterAll, describe, expect, test } from "vitest";
import type { Scenario } from "@rehearse/config";
import { judge } from "../../src/judge/judge.ts";
import type { Report } from "../../src/model/report.ts";
import type { Run, StageFact } from "../../src/model/run.ts";
import { reads, runOf, scenario, seed, seedFact, stage, stageFact, writes } from "./support/facts.ts";
import { openWorkshop, type Table, type Written } from "./support/judge-workshop.ts";

const workshop = await openWorkshop();
afterAll(() => workshop[Symbol.asyncDispose]());

const table = (...values: string[]): Table => ({ types: { v: "text" }, rows: values.map((value) => [value]) });
const next = { reproduce: "again", keep: "again --keep", accept: "accept" };

const load = stage("load", { writes: [writes("core.orders")] });
const sum = stage("sum", { needs: ["load"], reads: [reads("core.orders")], writes: [writes("core.totals")] });
const send = stage("send", { needs: ["sum"] });
const whole = scenario([seed("a"), load, sum, send]);
const seeds = [seedFact("a"), seedFact("b")];
const one = { "load/core.orders": table("1"), "sum/core.totals": table("1") };

interface Given {
  readonly reference?: Written;
  readonly again?: Written;
  readonly now?: Written;
  readonly scenario?: Scenario;
  readonly steps?: (written: readonly StageFact[]) => Run["steps"];
  readonly run?: Partial<Run>;
  readonly compared?: Pick<Run, "steps">;
}

async function judged({
  reference = one,
  again,
  now = one,
  steps = (written) => [...seeds, ...written],
  ...given
}: Given): Promise<Report> {
  const [accepted, current] = [await workshop.rehearsed(reference), await workshop.rehearsed(now)];
  return await judge({
    scenario: given.scenario ?? whole,
    run: runOf(steps(current.stages), given.run),
    openDataset: current.open,
    references: accepted.references,
    again: again === undefined ? null : (await workshop.rehearsed(again)).references,
    compared: given.compared ?? null,
    tables: workshop.tables,
    today: "2027-01-31",
    next,
  });
}

test("a report says what ran, what it was compared with, and what became of each stage", async () => {
  const teardown = { created: 3, removed: 3, left: 0, kept: false, leftovers: [] };
  const report = await judged({ run: { teardown }, steps: (written) => [...seeds, ...written, stageFact("send")] });
  expect(report).toMatchObject({
    version: 1,
    scenario: "shop",
    run: "20270131-120000-abcd",
    startedAt: "2027-01-31T12:00:00.000Z",
    wallMs: 345,
    commit: null,
    against: { kind: "stored" },
    only: null,
    verdict: "same",
    checks: [
      { stage: "load", name: "core.orders", verdict: "same" },
      { stage: "sum", name: "core.totals", verdict: "same" },
    ],
    teardown,
    provider: { name: "embedded", reason: "it is here", engines: [] },
    next,
  });
  expect(report.checks).toHaveLength(2);
  expect(report.stages.map(({ name, verdict }) => [name, verdict])).toEqual([
    ["load", "same"],
    ["sum", "same"],
    ["send", "same"],
  ]);
  expect(report.seeds).toEqual([
    { name: "a", into: "core.orders", rows: 4, digest: "sha256:a" },
    { name: "b", into: "core.orders", rows: 4, digest: "sha256:b" },
  ]);
  expect([report.divergences, report.firstDivergence, report.notes]).toEqual([[], null, []]);
});

test("the first divergence is the first that is a stage's own", async () => {
  const steps = (written: readonly StageFact[]): Run["steps"] =>
    written.map((fact) => ({ ...fact, exitCode: fact.name === "send" ? 1 : 0 }));
  const send = stage("send", { writes: [writes("core.sent")] });
  const now = { "load/core.orders": table("1"), "sum/core.totals": table("2"), "send/core.sent": table("3") };
  const reference = { ...one, "send/core.sent": table("1") };
  const unknown = stage("sum", { reads: [reads("core.other")], writes: [writes("core.totals")] });
  const report = await judged({ reference, now, scenario: scenario([load, unknown, send]) });
  expect(report.verdict).toBe("different");
  expect(report.divergences.map(({ stage: name, origin }) => [name, origin])).toEqual([
    ["sum", "downstream"],
    ["send", "own"],
  ]);
  expect(report.firstDivergence).toEqual({ stage: "send", dataset: "core.sent", assertion: null, origin: "own", via: [] });
  expect((await judged({ reference, now, steps, scenario: scenario([load, send]) })).verdict).toBe("failed");
});

describe("a reference that no stage writes any more", () => {
  const reference = { ...one, "load/core.old": table("1"), "sum/core.orders": table("1"), "gone/core.orders": table("1") };

  test("is not compared, which is a check", async () => {
    const report = await judged({ reference });
    const lost = { kind: "diff", verdict: "not compared", counts: null, hint: "", line: 1, detail: null };
    const reason = "the other run wrote it, but no stage of the file writes it any more";
    expect(report.checks.slice(2)).toEqual([
      { ...lost, name: "core.old", stage: "load", reason },
      { ...lost, name: "core.orders", stage: "sum", reason },
      { ...lost, name: "core.orders", stage: "gone", reason },
    ]);
    expect(report.verdict).toBe("not compared");
  });

  test("is left alone where one stage ran", async () => {
    const report = await judged({ reference, run: { only: { stage: "load", ran: [], loaded: [] } } });
    expect(report.checks.map(({ stage: name, verdict }) => [name, verdict])).toEqual([["load", "same"]]);
  });
});

describe("of a run of one stage", () => {
  const only = (name: string) => ({ only: { stage: name, ran: ["a"], loaded: [] } });

  test("that one is judged, and any before it that failed", async () => {
    const names = async (steps: Run["steps"]) =>
      (await judged({ now: {}, steps: () => steps, run: only("sum") })).stages.map(({ name }) => name);
    expect(await names([stageFact("load"), stageFact("sum")])).toEqual(["sum"]);
    expect(await names([stageFact("load", { exitCode: 1 })])).toEqual(["load", "sum"]);
    expect(await names([])).toEqual(["sum"]);
  });

  test("the verdict is that of its checks", async () => {
    const now = { "load/core.orders": table("9"), "sum/core.totals": table("2") };
    expect((await judged({ now, run: only("sum") })).verdict).toBe("different");
    expect((await judged({ run: only("sum") })).verdict).toBe("same");
  });

  test("that has no checks, it is the same where it ended well", async () => {
    expect((await judged({ steps: () => [stageFact("send")], run: only("send") })).verdict).toBe("same");
    expect((await judged({ steps: () => [], run: only("send") })).verdict).toBe("not compared");
  });

  test("before which another failed, it has failed", async () => {
    const failing = scenario([send, stage("last")]);
    const report = await judged({ scenario: failing, steps: () => [stageFact("send", { exitCode: 1 })], run: only("last") });
    expect(report).toMatchObject({ verdict: "failed", checks: [{ stage: "send", kind: "stage" }] });
  });
});

test("a run of the whole without any check has compared nothing", async () => {
  const report = await judged({ reference: {}, now: {}, scenario: scenario([send]), steps: () => [stageFact("send")] });
  expect([report.checks, report.verdict]).toEqual([[], "not compared"]);
  expect(report.stages).toMatchObject([{ name: "send", verdict: "same" }]);
});

test("the notes are those of the commit compared with, of the seeds, of what differs by itself, and of what was left running", async () => {
  const revision = { asked: "base", name: "main", commit: "abc1234", failure: null, noise: true, notes: ["it has no lock file"] };
  const report = await judged({
    again: { ...one, "sum/core.totals": table("1", "2") },
    compared: { steps: [seedFact("a", "sha256:other"), seedFact("b")] },
    run: { against: { kind: "revision", ...revision } },
    steps: (written) => [...seeds, ...written.map((fact) => ({ ...fact, strays: fact.name === "sum" ? ["sleep 9", "tail -f"] : [] }))],
  });
  expect(report.notes).toEqual([
    "it has no lock file",
    "the seed a gave other rows in what this run is compared with",
    expect.stringMatching(/^core\.totals after sum differs by itself: 1 row comes and goes; /),
    "sum left a process running, which was ended: sleep 9",
    "sum left a process running, which was ended: tail -f",
  ]);
});
