import { afterAll, expect, test } from "vitest";
import type { Check } from "../../src/model/report.ts";
import { judgeStage } from "../../src/judge/judge-stage.ts";
import { weighNoise } from "../../src/judge/weigh-noise.ts";
import { check, runOf, scenario, stage, writes } from "./support/facts.ts";
import { openWorkshop, type Table, type Written } from "./support/judge-workshop.ts";

const workshop = await openWorkshop();
afterAll(() => workshop[Symbol.asyncDispose]());

const [orders, log, totals] = ["load/core.orders", "load/core.log", "sum/core.orders"] as const;
const load = stage("load", { writes: [writes("core.orders"), writes("core.log")] });
const sum = stage("sum", { writes: [writes("core.orders")] });
const stages = [load, sum];

/** One row with a value and a time. */
function row(v: string, at: string): Table {
  return { types: { id: "int32", v: "text", at: "text" }, key: ["id"], rows: [["1", v, at]] };
}

const quiet = { [orders]: row("a", "1"), [log]: row("a", "1"), [totals]: row("a", "1") };
const told = (name: string) =>
  `${name} differs by itself: at in 1 row; the rule for that is checks.diff.core.${name.includes("log") ? "log" : "orders"}: { ignore: [at] }`;

async function weighed(sides: { reference: Written; again: Written | null; now: Written }, more: readonly Check[] = []) {
  const reference = await workshop.rehearsed(sides.reference);
  const again = sides.again === null ? null : (await workshop.rehearsed(sides.again)).references;
  const now = await workshop.rehearsed(sides.now);
  const input = {
    scenario: scenario(stages),
    run: runOf([...now.stages]),
    references: reference.references,
    again,
    compared: null,
    tables: workshop.tables,
    openDataset: now.open,
    today: "2027-01-31",
    next: { reproduce: "", keep: "", accept: "" },
  };
  const checks = [...(await judgeStage(load, input)).checks, ...(await judgeStage(sum, input)).checks, ...more];
  const found = await weighNoise(checks, { ...input, stages });
  return { before: checks, after: found.checks, notes: found.notes, verdicts: found.checks.map(({ verdict }) => verdict) };
}

test("where the references were made once, every check stays, and there is nothing to note", async () => {
  const { before, after, notes } = await weighed({ reference: quiet, again: null, now: { ...quiet, [log]: row("a", "2") } });
  expect(before.map(({ verdict }) => verdict)).toEqual(["same", "different", "same"]);
  expect([after, notes]).toEqual([before, []]);
});

test("a check that differs only in what differs by itself is inconclusive, the others stay in their order", async () => {
  const again = { ...quiet, [orders]: row("a", "2"), [log]: row("a", "2") };
  const now = { [orders]: row("b", "3"), [log]: row("a", "3"), [totals]: row("a", "3") };
  const moved = check({ stage: "load", name: "core.log", kind: "writes", verdict: "different" });
  const { before, after, verdicts, notes } = await weighed({ reference: quiet, again, now }, [moved]);
  expect(before.map(({ verdict }) => verdict)).toEqual(["different", "different", "different", "different"]);
  expect(verdicts).toEqual(["different", "inconclusive", "different", "different"]);
  expect([after[0], after[2], after[3]]).toEqual([before[0], before[2], before[3]]);
  expect(after[1]?.reason).toBe("it differs only in what differs by itself: at in 1 row");
  // What the inconclusive check says itself is not said again.
  expect(notes).toEqual([told("core.orders after load")]);
});

test("what differs by itself is noted where no check says so, by stage and name", async () => {
  const again = { ...quiet, [log]: row("a", "2"), [totals]: row("a", "2") };
  const { verdicts, notes } = await weighed({ reference: quiet, again, now: { ...quiet, [orders]: row("a", "2") } });
  expect(verdicts).toEqual(["different", "same", "same"]);
  expect(notes).toEqual([told("core.log after load"), told("core.orders after sum")]);
});

test("what the run did not write stays not compared", async () => {
  const again = { ...quiet, [log]: row("a", "2") };
  const { before, after, verdicts, notes } = await weighed({ reference: quiet, again, now: { [orders]: row("a", "1") } });
  expect(verdicts).toEqual(["same", "not compared", "not compared"]);
  expect(after).toEqual(before);
  expect(notes).toEqual([told("core.log after load")]);
});
