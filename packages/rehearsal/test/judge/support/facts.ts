import type { AssertionConfig, DatasetConfig, ExpectedConfig, ReadConfig, Scenario, SeedConfig, StageConfig, Step } from "@rehearse/config";
import type { Comparison } from "@rehearse/dataset";
import type { Check } from "../../../src/model/report.ts";
import type { Run, SeedFact, StageFact } from "../../../src/model/run.ts";

/** Whole values of the file, of a run and of a comparison, of which a test names the parts that matter. */

export function writes(name: string, given: Partial<DatasetConfig> = {}): DatasetConfig {
  const [service, table] = partsOf(name);
  const nothing = { key: undefined, ignore: [], columns: {}, samplePercent: undefined, rules: [], expected: [] };
  return { name, service, source: { table }, ...nothing, position: { line: 20, column: 5 }, ...given };
}

export function reads(name: string): ReadConfig {
  const [service, table] = partsOf(name);
  return { name, service, table, ignore: [] };
}

export function stage(name: string, given: Partial<StageConfig> = {}): StageConfig {
  const program = { run: ["node", `${name}.mjs`], env: {} } as const;
  return {
    kind: "stage",
    name,
    needs: [],
    reads: [],
    writes: [],
    timeoutMs: 60_000,
    position: { line: 10, column: 3 },
    ...program,
    ...given,
  };
}

export function seed(name: string): SeedConfig {
  const from = { kind: "rows", file: `/scenario/${name}`, format: "ndjson" } as const;
  return { kind: "seed", name, service: "core", table: "orders", from, after: [], timeoutMs: 60_000, position: { line: 30, column: 3 } };
}

export function scenario(order: readonly Step[], assertions: readonly AssertionConfig[] = []): Scenario {
  return {
    name: "shop",
    file: "/scenario/rehearse.yml",
    directory: "/scenario",
    services: [],
    seeds: order.filter((step) => step.kind === "seed"),
    stages: order.filter((step) => step.kind === "stage"),
    assertions,
    references: undefined,
    order,
  };
}

export function expectedRule(given: Partial<ExpectedConfig> = {}): ExpectedConfig {
  const rule = { columns: undefined, where: undefined, kinds: ["changed"], limit: 3, owner: "ann", reason: "new prices" } as const;
  return { index: 0, ...rule, expires: "2027-01-31", position: { line: 40, column: 5 }, ...given };
}

export function seedFact(name: string, digest = `sha256:${name}`): SeedFact {
  return { kind: "seed", name, into: "core.orders", rows: 4, digest, wallMs: 1 };
}

export function stageFact(name: string, given: Partial<StageFact> = {}): StageFact {
  const ended = { exitCode: 0, signal: null, timedOut: false, output: "" };
  const cost = { wallMs: 12, cpuMs: 7, maxRssBytes: 4096 };
  return { kind: "stage", name, ...cost, ...ended, strays: [], reads: [], writes: [], unread: [], undeclared: [], unnamed: [], ...given };
}

export function runOf(steps: Run["steps"], given: Partial<Run> = {}): Run {
  return {
    version: 1,
    id: "20270131-120000-abcd",
    scenario: "shop",
    environment: "e1",
    startedAt: "2027-01-31T12:00:00.000Z",
    wallMs: 345,
    commit: null,
    provider: { name: "embedded", reason: "it is here", engines: [] },
    against: { kind: "stored" },
    only: null,
    steps,
    assertions: [],
    teardown: null,
    ...given,
  };
}

export function check(given: Pick<Check, "stage" | "name"> & Partial<Check>): Check {
  return { kind: "diff", verdict: "same", counts: null, reason: "", hint: "", line: 20, detail: null, ...given };
}

/** Of two tables of five rows that are the same. */
export function comparison(given: Partial<Comparison> = {}): Comparison {
  return {
    verdict: "same",
    rows: { reference: 5, current: 5 },
    added: 0,
    removed: 0,
    changed: 0,
    columns: [],
    causes: [],
    expected: { matched: [], unexpected: 0 },
    schema: [],
    notCompared: [],
    ignored: [],
    matching: { by: "key", columns: ["id"] },
    keyProblems: [],
    rung: { name: "full outer join", why: "few rows" },
    sampled: null,
    examples: { fields: ["id", "v"], changed: [], added: [], removed: [] },
    ...given,
  };
}

function partsOf(name: string): [service: string, table: string] {
  const at = name.indexOf(".");
  return [name.slice(0, at), name.slice(at + 1)];
}
