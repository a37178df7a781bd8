import { expect, test } from "vitest";
import { readNotes } from "../../src/judge/read-notes.ts";
import { check, reads, runOf, scenario, seed, stage, stageFact, writes } from "./support/facts.ts";

const load = stage("load", { reads: [reads("core.orders")], writes: [writes("core.sums")] });
const send = stage("send", { reads: [reads("core.orders"), reads("core.sums")] });
const order = scenario([seed("a"), load, send]);
const read = (dataset: string, digest: string) => ({ dataset, rows: 1, digest });
const ran = (name: string, ...digests: readonly (readonly [dataset: string, digest: string])[]) =>
  stageFact(name, { reads: digests.map(([dataset, digest]) => read(dataset, digest)) });

function notes(
  steps: Parameters<typeof runOf>[0],
  accepted: Readonly<Record<string, Readonly<Record<string, string>>>>,
  seedsTold = false,
): string[] {
  const acceptedReads = new Map(Object.entries(accepted));
  const checks = [check({ stage: "load", name: "core.sums" })];
  return readNotes([load, send], { scenario: order, run: runOf(steps), checks, acceptedReads }, { seedsTold });
}

test("what the seeds left is told of once, with all that read it, where it is not what the references were made from", () => {
  const steps = [ran("load", ["core.orders", "a:2"]), ran("send", ["core.orders", "a:2"], ["core.sums", "a:4"])];
  const accepted = { load: { "core.orders": "a:1" }, send: { "core.orders": "a:1", "core.sums": "a:3" } };
  expect(notes(steps, accepted)).toEqual([
    expect.stringMatching(/^core\.orders, as the seeds left it for load, send, is not .*checks\.diff\.core\.orders\.ignore$/),
  ]);
  expect(notes(steps, accepted, true)).toEqual([]);
});

test("nothing is said where it is what it was, or where that is not known", () => {
  const steps = [ran("load", ["core.orders", "a:1"]), ran("send", ["core.orders", "b:1"], ["core.sums", "a:3"])];
  expect(notes(steps, { load: { "core.orders": "a:1" }, send: { "core.orders": "a:1" } })).toEqual([]);
});

test("a table that was not there is told of, with the nearest that the file speaks of, whether or not it was there before", () => {
  const missing = stage("late", { reads: [reads("core.order"), reads("core.elsewhere")] });
  const told = (accepted: string) =>
    readNotes(
      [missing],
      {
        scenario: scenario([seed("a"), load, missing]),
        run: runOf([ran("late", ["core.order", "absent"], ["core.elsewhere", "absent"])]),
        checks: [],
        acceptedReads: new Map([["late", { "core.order": accepted, "core.elsewhere": accepted }]]),
      },
      { seedsTold: true },
    );
  expect(told("absent")).toEqual([
    "late reads core.order, but there was no such table when it began; did you mean core.orders?",
    "late reads core.elsewhere, but there was no such table when it began",
  ]);
  expect(told("a:1").slice(0, 1)).toEqual(told("absent").slice(0, 1));
});
