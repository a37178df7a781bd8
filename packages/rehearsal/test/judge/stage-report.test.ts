import { expect, test } from "vitest";
import type { ReadFacts } from "../../src/judge/read-verdicts.ts";
import { stageReport } from "../../src/judge/stage-report.ts";
import { check, reads, runOf, scenario, stage, stageFact, writes } from "./support/facts.ts";

const load = stage("load", { writes: [writes("core.orders")] });
const sum = stage("sum", { needs: ["load"], reads: [reads("core.orders")], writes: [writes("stock.totals"), writes("stock.log")] });
const facts: ReadFacts = { scenario: scenario([load, sum]), run: runOf([]), checks: [], acceptedReads: new Map() };

const written = (dataset: string, rows: number) => ({ dataset, rows, digest: "x", directory: dataset });

test("a stage that ran is shown with what it cost, what it read and what it wrote", () => {
  const ran = stageFact("sum", {
    wallMs: 21,
    cpuMs: 13,
    maxRssBytes: 8192,
    reads: [{ dataset: "core.orders", rows: 6, digest: "a:1" }],
    writes: [written("stock.totals", 2), written("stock.log", 3)],
  });
  const checks = [
    check({ stage: "load", name: "stock.totals", verdict: "failed" }),
    check({ stage: "sum", name: "stock.totals", kind: "expect", verdict: "different" }),
    check({ stage: "sum", name: "stock.totals", verdict: "expected" }),
    check({ stage: "sum", name: "stock.log", verdict: "same" }),
  ];
  const acceptedReads = new Map([["sum", { "core.orders": "a:1" }]]);
  expect(stageReport(sum, { ...facts, run: runOf([stageFact("load"), ran]), checks, acceptedReads })).toEqual({
    name: "sum",
    verdict: "different",
    wallMs: 21,
    cpuMs: 13,
    maxRssBytes: 8192,
    exitCode: 0,
    needs: ["load"],
    reads: [{ dataset: "core.orders", rows: 6, verdict: "same" }],
    writes: [
      { dataset: "stock.totals", rows: 2, verdict: "expected" },
      { dataset: "stock.log", rows: 3, verdict: "same" },
    ],
  });
});

test("a stage that did not run is not compared, whatever its checks say, and nothing is known of it", () => {
  const checks = [check({ stage: "sum", name: "stock.log", verdict: "same" })];
  expect(stageReport(sum, { ...facts, checks })).toEqual({
    name: "sum",
    verdict: "not compared",
    wallMs: null,
    cpuMs: null,
    maxRssBytes: null,
    exitCode: null,
    needs: ["load"],
    reads: [{ dataset: "core.orders", rows: null, verdict: "not compared" }],
    writes: [
      { dataset: "stock.totals", rows: null, verdict: "not compared" },
      { dataset: "stock.log", rows: null, verdict: "same" },
    ],
  });
});

test("a stage that ran and of which nothing is checked is the same", () => {
  const idle = stage("idle");
  const checks = [check({ stage: "load", name: "core.orders", verdict: "different" })];
  expect(stageReport(idle, { ...facts, run: runOf([stageFact("idle", { exitCode: 2 })]), checks })).toMatchObject({
    verdict: "same",
    exitCode: 2,
    reads: [],
    writes: [],
  });
});

test("one check of a stage is its verdict", () => {
  const checks = [check({ stage: "load", name: "core.orders", verdict: "inconclusive" })];
  const run = runOf([stageFact("load", { cpuMs: null, maxRssBytes: null })]);
  expect(stageReport(load, { ...facts, run, checks })).toMatchObject({
    verdict: "inconclusive",
    cpuMs: null,
    maxRssBytes: null,
    writes: [{ dataset: "core.orders", rows: null, verdict: "inconclusive" }],
  });
});
