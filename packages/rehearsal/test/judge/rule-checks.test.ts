import { afterAll, describe, expect, test } from "vitest";
import type { DatasetConfig } from "@rehearse/config";
import type { RuleProblem } from "@rehearse/dataset";
import { ruleChecks, type JudgedDataset } from "../../src/judge/rule-checks.ts";
import { scenario, stage, writes } from "./support/facts.ts";
import { openWorkshop, type Table } from "./support/judge-workshop.ts";

const workshop = await openWorkshop();
afterAll(() => workshop[Symbol.asyncDispose]());

type Side = readonly string[] | { readonly empty: readonly string[]; readonly key: readonly string[] } | null;

interface Left {
  readonly current: Side;
  readonly reference?: Side;
  readonly faults?: readonly RuleProblem[];
  readonly rules?: Partial<DatasetConfig>;
}

async function sideOf(side: Side) {
  if (side === null) return null;
  const names = "empty" in side ? side.empty : side;
  const types: Table["types"] = Object.fromEntries(names.map((name) => [name, "text"] as const));
  return await workshop.dataset("empty" in side ? { types, rows: [], key: side.key } : { types, rows: [names.map(() => "x")] });
}

/** What is said of rules for a table that stages left like this; of all stages that write it, or of the first so many. */
async function said(rules: Partial<DatasetConfig>, left: Readonly<Record<string, Left>>, judged = Object.keys(left).length) {
  const datasets = await Promise.all(
    Object.entries(left).map(async ([name, { current, reference = current, faults = [], rules: own }]): Promise<JudgedDataset> => {
      const sides = { current: await sideOf(current), reference: await sideOf(reference) };
      return { stage: name, config: writes("core.t", { ...rules, ...own }), ...sides, faults };
    }),
  );
  const { file, stages } = scenario(datasets.map(({ stage: name, config }) => stage(name, { writes: [config] })));
  return ruleChecks(datasets.slice(0, judged), { file, stages });
}

const words = (checks: ReturnType<typeof ruleChecks>) => checks.map(({ stage: name, name: rule, reason }) => [name, rule, reason]);
const none = (column: string, why = ": it was dropped, or is misspelt") => `no stage left a column "${column}" in core.t${why}`;

describe("a rule for a column", () => {
  test("that no stage left is a check, at its line, of the last stage", async () => {
    const rules = [
      { path: [], position: { line: 60, column: 3 } },
      { path: ["ignore"], position: { line: 61, column: 5 } },
    ];
    const left = { load: { current: ["id"] }, sum: { current: ["id", "updated_at"] } };
    expect(await said({ ignore: ["update_at", "id"], rules }, left)).toEqual([
      {
        name: "ignore: update_at",
        kind: "rule",
        stage: "sum",
        verdict: "not compared",
        counts: null,
        reason: none("update_at", '; did you mean "updated_at"?'),
        hint: "mend the name, or take it out of checks.diff.core.t.ignore; then rehearse check, which runs nothing again",
        line: 61,
        detail: { kind: "rule", dataset: "core.t" },
      },
    ]);
  });

  test("is one whatever the rule is, and there need be no reference", async () => {
    const left = { load: { current: ["id"], reference: null } };
    expect(words(await said({ key: ["id", "nr"], ignore: ["at"], columns: { sum: {}, id: {} } }, left))).toEqual([
      ["load", "key: nr", none("nr")],
      ["load", "ignore: at", none("at")],
      ["load", "columns.sum", none("sum")],
    ]);
  });

  test("that one stage left, first or last, is without effect on the others", async () => {
    const rules = { key: ["nr"], ignore: ["at"], columns: { sum: {} } };
    const [more, less] = [{ current: ["id", "nr", "at", "sum"] }, { current: ["id"] }];
    expect(await said(rules, { load: less, sum: more })).toEqual([]);
    expect(await said(rules, { load: more, sum: less })).toEqual([]);
  });

  test("that went is said of what is ignored, for else it is a difference already", async () => {
    const left = { load: { current: ["id"], reference: ["id", "nr", "at", "sum"] } };
    const checks = await said({ key: ["nr"], ignore: ["at"], columns: { sum: {} } }, left);
    expect(words(checks)).toEqual([["load", "ignore: at", none("at", ", and the reference has it")]]);
    expect(checks[0]?.hint).toBe("see that it is to go, and take it out of checks.diff.core.t.ignore");
  });

  test.each<[string, Readonly<Record<string, Left>>, number?]>([
    ["was not rehearsed", { load: { current: ["id"] }, sum: { current: ["id"] } }, 1],
    ["left nothing that could be read", { load: { current: ["id"] }, sum: { current: null } }],
    ["left no rows, and tells of its key alone", { load: { current: { empty: ["id"], key: ["id"] } }, sum: { current: ["id"] } }],
  ])("is not judged where a stage %s", async (_, left, judged) => {
    expect(await said({ ignore: ["at"] }, left, judged)).toEqual([]);
  });

  test("that a table lacks is a check also where it has no rows: it has columns", async () => {
    const left = { load: { current: { empty: ["id", "name"], key: ["id"] } }, sum: { current: ["id", "name"] } };
    expect(words(await said({ ignore: ["at"] }, left))).toEqual([["sum", "ignore: at", none("at")]]);
  });

  test("of a key that files have where they are declared is told of there", async () => {
    const [check] = await said({}, { load: { current: ["id"], rules: { key: ["nr"] } } });
    expect(check).toMatchObject({
      name: "key: nr",
      line: 20,
      hint: "mend the name, or take it out of stages.load.writes; then rehearse check, which runs nothing again",
    });
  });
});

describe("a rule that could not be followed", () => {
  const problem = { expected: "", got: "", hint: "Take it away." };
  const unfit: RuleProblem = { ...problem, path: ["columns", "v", "trim"], message: "`trim` is for text", lacks: "type" };
  const stopped: RuleProblem = { ...problem, path: ["columns", "v", "transform"], message: "it stops" };
  const columns = { v: { trim: true } };
  const there = { current: ["id", "v"] };

  test("is said once, of the last stage, where it fits what none left", async () => {
    const left = { load: { ...there, faults: [unfit] }, sum: { ...there, faults: [unfit] }, end: { current: ["id"] } };
    expect(await said({ columns }, left)).toMatchObject([
      {
        stage: "sum",
        name: "columns.v.trim",
        verdict: "not compared",
        reason: "`trim` is for text: compared without it",
        hint: "checks.diff.core.t.columns.v.trim: Take it away.",
      },
    ]);
  });

  test("is without effect where it fits what another left, or may", async () => {
    const faulty = { ...there, faults: [unfit] };
    expect(await said({ columns }, { load: faulty, sum: there })).toEqual([]);
    expect(await said({ columns }, { load: there, sum: faulty })).toEqual([]);
    expect(await said({ columns }, { load: faulty, sum: { ...there, reference: null } })).toEqual([]);
    expect(await said({ columns }, { load: faulty, sum: faulty }, 1)).toEqual([]);
  });

  test("is said wherever it stops at a value", async () => {
    const left = { load: there, sum: { ...there, faults: [stopped] }, end: { ...there, faults: [stopped] } };
    const named = (await said({ columns }, left)).map(({ stage: name, name: rule }) => [name, rule]);
    expect(named).toEqual([
      ["sum", "columns.v.transform"],
      ["end", "columns.v.transform"],
    ]);
  });

  test("is no such check where it expects a difference: those have their own", async () => {
    expect(await said({}, { load: { ...there, faults: [{ ...stopped, path: ["expected", "0", "where"] }] } })).toEqual([]);
  });
});
