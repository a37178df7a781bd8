import { expect, test } from "vitest";
import { divergencesOf } from "../../src/judge/divergences.ts";
import type { ReadFacts } from "../../src/judge/read-verdicts.ts";
import type { Check } from "../../src/model/report.ts";
import { check, reads, runOf, scenario, stage, seed, stageFact, writes } from "./support/facts.ts";

const load = stage("load", { writes: [writes("core.orders"), writes("core.log")] });
const sum = stage("sum", { reads: [reads("core.orders")], writes: [writes("stock.totals")] });
const send = stage("send", { reads: [reads("core.orders"), reads("stock.totals")], writes: [writes("core.log"), writes("core.sent")] });

function divergences(checks: readonly Check[], given: Partial<ReadFacts> = {}) {
  return divergencesOf({ scenario: scenario([seed("a"), load, sum, send]), run: runOf([]), checks, acceptedReads: new Map(), ...given });
}

type Detail<Kind extends string> = Extract<NonNullable<Check["detail"]>, { kind: Kind }>;

const detail: Detail<"assert"> = {
  kind: "assert",
  claim: "rows",
  service: "core",
  sql: "select 1",
  expected: [],
  got: [],
  more: 0,
  attempts: 1,
};

test("only what differs or failed departs from the reference, and a rule at fault is no data", () => {
  const verdicts = ["same", "expected", "not compared", "inconclusive", "failed", "different"] as const;
  const checks = verdicts.map((verdict) => check({ stage: "load", name: verdict, verdict }));
  expect(divergences(checks).map(({ dataset }) => dataset)).toEqual(["failed", "different"]);
  expect(divergences(verdicts.map((verdict) => check({ stage: "load", name: "rule", kind: "expect", verdict })))).toEqual([]);
});

test("a divergence names the dataset or the assertion that departs, and a failed stage how it should have ended", () => {
  const checks = (["stage", "diff", "writes", "assert"] as const).map((kind) =>
    check({ stage: "load", name: `a ${kind}`, kind, verdict: "failed" }),
  );
  const own = { stage: "load", origin: "own", via: [] };
  expect(divergences(checks)).toEqual([
    { ...own, dataset: null, assertion: "exits with 0" },
    { ...own, dataset: "a diff", assertion: null },
    { ...own, dataset: "a writes", assertion: null },
    { ...own, dataset: null, assertion: "a assert" },
  ]);
});

test("what a stage wrote from tables that differed is downstream of them, and names each once with its writer", () => {
  const checks = [
    check({ stage: "load", name: "core.orders", verdict: "different" }),
    check({ stage: "sum", name: "stock.totals", verdict: "different" }),
    check({ stage: "send", name: "core.sent", verdict: "different" }),
  ];
  expect(divergences(checks)).toEqual([
    { stage: "load", dataset: "core.orders", assertion: null, origin: "own", via: [] },
    { stage: "sum", dataset: "stock.totals", assertion: null, origin: "downstream", via: ["load/core.orders"] },
    { stage: "send", dataset: "core.sent", assertion: null, origin: "downstream", via: ["load/core.orders", "sum/stock.totals"] },
  ]);
});

test("only what differed is named, of all that was read", () => {
  const checks = [
    check({ stage: "load", name: "core.orders", verdict: "same" }),
    check({ stage: "sum", name: "stock.totals", verdict: "expected" }),
    check({ stage: "send", name: "core.sent", verdict: "different" }),
  ];
  expect(divergences(checks)).toMatchObject([{ stage: "send", origin: "downstream", via: ["sum/stock.totals"] }]);
});

test("what a stage wrote is its own where all it read is known to be the same, and of unknown origin where that is not known", () => {
  const wrote = check({ stage: "sum", name: "stock.totals", verdict: "different" });
  const same = check({ stage: "load", name: "core.orders", verdict: "same" });
  expect(divergences([same, wrote])).toMatchObject([{ origin: "own", via: [] }]);
  expect(divergences([wrote])).toMatchObject([{ origin: "downstream", via: [] }]);
  const both = check({ stage: "send", name: "core.sent", verdict: "different" });
  expect(divergences([same, both])).toMatchObject([{ origin: "downstream", via: [] }]);
});

test("a stage that declares no reads is its own start only where nothing that it needs, however far before it, departs", () => {
  const [first, second, third, aside] = [
    stage("first", { writes: [writes("core.a")] }),
    stage("second", { needs: ["first"], writes: [writes("core.b")] }),
    stage("third", { needs: ["second"], writes: [writes("core.c")] }),
    stage("aside", { writes: [writes("core.d")] }),
  ];
  const order = { scenario: scenario([first, second, third, aside]) };
  const differing = (stageName: string, name: string) => check({ stage: stageName, name, verdict: "different" });
  const [a, c, d] = [differing("first", "core.a"), differing("third", "core.c"), differing("aside", "core.d")];
  expect(divergences([a, c, d], order)).toMatchObject([
    { stage: "first", origin: "own", via: [] },
    { stage: "third", origin: "downstream", via: [] },
    { stage: "aside", origin: "own", via: [] },
  ]);
  expect(divergences([{ ...a, verdict: "expected" }, c], order)).toMatchObject([{ stage: "third", origin: "downstream", via: [] }]);
  expect(divergences([{ ...a, kind: "assert" }, c], order).at(-1)).toMatchObject({ stage: "third", origin: "own" });
  expect(divergences([{ ...a, verdict: "same" }, c], order)).toMatchObject([{ stage: "third", origin: "own", via: [] }]);
});

test("a seed that changed is what lies upstream", () => {
  const ran = stageFact("sum", { reads: [{ dataset: "core.orders", rows: 1, digest: "a:1" }] });
  const given = {
    scenario: scenario([sum]),
    run: runOf([ran]),
    acceptedReads: new Map([["sum", { "core.orders": "a:2" }]]),
  };
  expect(divergences([check({ stage: "sum", name: "stock.totals", verdict: "different" })], given)).toMatchObject([
    { origin: "downstream", via: ["seed/core.orders"] },
  ]);
});

test("a stage that is no longer in the file read nothing", () => {
  expect(divergences([check({ stage: "gone", name: "core.old", verdict: "different" })])).toEqual([
    { stage: "gone", dataset: "core.old", assertion: null, origin: "own", via: [] },
  ]);
});

const differs = [
  check({ stage: "load", name: "core.orders", verdict: "different" }),
  check({ stage: "load", name: "core.log", verdict: "different" }),
  check({ stage: "sum", name: "stock.totals", verdict: "different" }),
];
const asks = (after: string, asked: Check["detail"]) =>
  check({ stage: after, name: "claim", kind: "assert", verdict: "failed", detail: asked });
const lastOf = (checks: readonly Check[], given: Partial<ReadFacts> = {}) => divergences(checks, given).at(-1);

test("an assertion is downstream of all that differs in the service that it asks, as earlier stages left it", () => {
  const after = stage("after");
  const order = scenario([load, sum, after, send]);
  const claim = { stage: "after", dataset: null, assertion: "claim", origin: "downstream" };
  expect(lastOf([...differs, asks("after", detail)], { scenario: order })).toEqual({
    ...claim,
    via: ["load/core.orders", "load/core.log"],
  });
  expect(lastOf([...differs, asks("after", { ...detail, service: "stock" })], { scenario: order })).toEqual({
    ...claim,
    via: ["sum/stock.totals"],
  });
  expect(lastOf([...differs, asks("after", { ...detail, service: "mail" })], { scenario: order })).toMatchObject({
    origin: "own",
    via: [],
  });
});

test("an assertion about orphans asks the services of both columns", () => {
  const orphans: Detail<"orphans"> = { kind: "orphans", child: "core.orders.id", parent: "stock.totals.id", examples: [], attempts: 1 };
  const order = scenario([load, sum, stage("after")]);
  expect(lastOf([...differs, asks("after", orphans)], { scenario: order })).toMatchObject({
    origin: "downstream",
    via: ["load/core.orders", "load/core.log", "sum/stock.totals"],
  });
});

test("an assertion that asks no service has no tables to blame", () => {
  const files: Detail<"files"> = { kind: "files", glob: "*", files: [], more: 0 };
  const order = scenario([load, sum, stage("after")]);
  for (const asked of [files, null]) expect(lastOf([...differs, asks("after", asked)], { scenario: order })).toMatchObject({ via: [] });
});

test("what a stage wrote anew is its own, whoever wrote it before", () => {
  const wrote = check({ stage: "send", name: "core.log", verdict: "different" });
  const unread = stage("send", { writes: send.writes });
  const found = lastOf([...differs, wrote, asks("send", detail)], { scenario: scenario([load, sum, unread]) });
  expect(found).toMatchObject({ stage: "send", origin: "downstream", via: ["load/core.orders"] });
});

test("an assertion after a stage is not blamed on what that stage or a later one wrote", () => {
  const first = stage("first", { writes: [writes("core.a")] });
  const next = stage("next", { writes: [writes("core.b")] });
  const checks = [
    check({ stage: "first", name: "core.a", verdict: "different" }),
    check({ stage: "next", name: "core.b", verdict: "different" }),
    asks("first", detail),
  ];
  expect(lastOf(checks, { scenario: scenario([seed("s"), first, next]) })).toEqual({
    stage: "first",
    dataset: null,
    assertion: "claim",
    origin: "own",
    via: [],
  });
});

test("a table counts as its last writer before left it", () => {
  const fix = stage("fix", { writes: [writes("core.orders")] });
  const order = scenario([load, fix, stage("after")]);
  const same = check({ stage: "fix", name: "core.orders", verdict: "same" });
  expect(lastOf([...differs, same, asks("after", detail)], { scenario: order })).toMatchObject({ via: ["load/core.log"] });
  const changed = { ...same, verdict: "different" } as const;
  expect(lastOf([...differs, changed, asks("after", detail)], { scenario: order })).toMatchObject({
    via: ["fix/core.orders", "load/core.log"],
  });
});
