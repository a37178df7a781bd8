import { rm } from "node:fs/promises";
import { afterAll, describe, expect, test } from "vitest";
import type { DatasetConfig } from "@rehearse/config";
import { judgeDataset, type DatasetToJudge } from "../../src/judge/judge-dataset.ts";
import { expectedRule, stage, writes } from "./support/facts.ts";
import { openWorkshop, type Table } from "./support/judge-workshop.ts";

const workshop = await openWorkshop();
afterAll(() => workshop[Symbol.asyncDispose]());

const types = { id: "int32", v: "text", at: "date" } as const;
const accepted: Table = {
  types,
  key: ["id"],
  rows: [
    ["1", "a", "2027-01-01"],
    ["2", "b", "2027-01-01"],
    ["3", "c", "2027-01-01"],
  ],
};
/** Row 1 is gone, 2 changed in both columns, 3 in the date; 4 and 5 are new. */
const now: Table = {
  ...accepted,
  rows: [
    ["2", "x", "2027-01-02"],
    ["3", "c", "2027-01-02"],
    ["4", "d", "2027-01-02"],
    ["5", "e", "2027-01-02"],
  ],
};
const [reference, current] = [await workshop.dataset(accepted), await workshop.dataset(now)];

async function judged(given: Partial<DatasetToJudge>, rules: Partial<DatasetConfig> = {}) {
  return (await judgement(given, rules)).check;
}

async function judgement(given: Partial<DatasetToJudge>, rules: Partial<DatasetConfig> = {}) {
  return await judgeDataset({
    tables: workshop.tables,
    stage: stage("load"),
    config: writes("core.orders", rules),
    current,
    reference,
    today: "2027-01-31",
    missing: "load failed",
    unreferenced: { reason: "there is no reference", hint: "rehearse accept" },
    ...given,
  });
}

const base = { name: "core.orders", kind: "diff", stage: "load", line: 20 };

test("a dataset is compared with its reference: the counts of rows, and what differs", async () => {
  const check = await judged({});
  expect(check).toMatchObject({
    ...base,
    verdict: "different",
    counts: { reference: 3, current: 4, added: 2, removed: 1, changed: 2 },
    reason: "",
    hint: "",
    detail: {
      kind: "diff",
      columns: [
        { name: "at", changed: 2 },
        { name: "v", changed: 1 },
      ],
      expected: [],
      unexpected: 5,
      matching: { by: "key", columns: ["id"], reason: null },
      rung: { name: "full outer join" },
      sampled: null,
      examples: {
        fields: ["id", "v", "at"],
        changed: [{ key: ["2"] }, { key: ["3"], cells: [{ column: "at", reference: "2027-01-01", current: "2027-01-02" }] }],
        added: [
          ["4", "d", "2027-01-02"],
          ["5", "e", "2027-01-02"],
        ],
        removed: [["1", "a", "2027-01-01"]],
      },
    },
  });
});

test("a dataset that the stage did not write is not compared, for the stage's reason, whether or not there is a reference", async () => {
  const nothing = { ...base, verdict: "not compared", counts: null, reason: "load failed", hint: "", detail: null };
  expect(await judged({ current: null })).toEqual(nothing);
  expect(await judged({ current: null, reference: null })).toEqual(nothing);
});

test("a dataset without a reference is not compared, and says what to do", async () => {
  expect(await judged({ reference: null })).toEqual({
    ...base,
    verdict: "not compared",
    counts: null,
    reason: "there is no reference",
    hint: "rehearse accept",
    detail: null,
  });
});

describe("the rules of the file are followed:", () => {
  test("what is ignored does not differ", async () => {
    const check = await judged({}, { ignore: ["at"] });
    expect(check).toMatchObject({ counts: { changed: 1 }, detail: { ignored: ["at"], columns: [{ name: "v" }] } });
  });

  test("the key is the one of the file", async () => {
    expect(await judged({}, { key: ["id", "at"] })).toMatchObject({
      counts: { added: 4, removed: 3, changed: 0 },
      detail: { matching: { by: "key", columns: ["id", "at"] } },
    });
  });

  test("columns are compared by their rules, which are told", async () => {
    const columns = { at: { tolerance: { timeUs: 86_400_000_000 } } };
    expect(await judged({}, { columns })).toMatchObject({
      counts: { changed: 1 },
      detail: {
        rules: [{ column: "at", rule: "tolerance time 1d" }],
        columns: [{ name: "v" }, { name: "at", changed: 0, toTolerance: 2 }],
      },
    });
  });

  test("a sample is one", async () => {
    expect(await judged({}, { samplePercent: 100 })).toMatchObject({ detail: { sampled: { percent: 100, rows: 4 } } });
  });

  test("what is expected on this day is", async () => {
    const rule = { kinds: ["added", "removed", "changed"], limit: 5, expires: "2027-01-31" } as const;
    const detail = { unexpected: 0, expected: [{ reason: "new prices", matched: 5, fault: "" }] };
    expect(await judged({}, { expected: [expectedRule(rule)] })).toMatchObject({ verdict: "expected", detail });
    expect(await judged({ today: "2027-02-01" }, { expected: [expectedRule(rule)] })).toMatchObject({
      verdict: "different",
      detail: { unexpected: 5, expected: [{ matched: 5, fault: "it expired on 2027-01-31, and matches 5 rows" }] },
    });
  });
});

describe("what cannot be compared", () => {
  const opaque: Table = { types: { id: "int32", w: { notComparable: "it is opaque" } }, rows: [["1"]] };

  test("is named with what to do, where nothing else differs", async () => {
    const side = await workshop.dataset(opaque);
    expect(await judged({ current: side, reference: side })).toMatchObject({
      verdict: "not compared",
      reason: expect.stringContaining("it is opaque"),
      hint: "name the column in checks.diff.core.orders.ignore",
    });
  });

  test("has no hint where another column differs", async () => {
    const sides = { reference: await workshop.dataset(opaque), current: await workshop.dataset({ ...opaque, rows: [["2"]] }) };
    expect(await judged(sides)).toMatchObject({ verdict: "different", reason: "", hint: "" });
  });

  test("has no column to name where all are ignored", async () => {
    const side = await workshop.dataset({ ...now, rows: now.rows.slice(1) });
    expect(await judged({ current: side }, { ignore: ["id", "v", "at"] })).toMatchObject({
      verdict: "not compared",
      reason: "every column is ignored",
      hint: "",
    });
  });
});

describe("a table that was not read, for its engine's digest is its reference's,", () => {
  const vouched = "md5";

  test("says so in place of what the reference is to itself", async () => {
    expect((await judged({ current: reference })).detail).toMatchObject({ rung: { name: "digests" } });
    expect(await judged({ current: reference, vouched })).toMatchObject({
      verdict: "same",
      detail: {
        rung: {
          name: "the engine's digest",
          why: "the table has the one with which its reference was accepted (md5), so it was not read",
        },
      },
    });
  });

  test("and whose rows had to be compared all the same, says how they were", async () => {
    expect((await judged({ vouched })).detail).toMatchObject({ rung: { name: "full outer join" } });
  });
});

describe("a rule that cannot be followed is told of, and the rows are compared without it:", () => {
  const when = { kinds: ["added", "removed", "changed"], limit: 5 } as const;

  test("for a column that neither side has", async () => {
    const columns = { v: { trim: true }, amuont: { trim: true } };
    const { check, faults } = await judgement({}, { ignore: ["colour", "at"], columns, key: ["ix"] });
    expect(check).toMatchObject({
      verdict: "different",
      counts: { added: 2, removed: 1, changed: 1 },
      detail: { ignored: ["at"], rules: [{ column: "v", rule: "trim" }], matching: { by: "key", columns: ["id"] } },
    });
    expect(faults.map(({ path, got, lacks }) => [path, got, lacks])).toEqual([
      [["key"], "ix", "column"],
      [["ignore"], "colour", "column"],
      [["columns", "amuont"], "amuont", "column"],
    ]);
  });

  test("for a column of another type, or a value that it stops at", async () => {
    const columns = { v: { transform: "value::INTEGER" }, at: { tolerance: { abs: "1" } } };
    const { check, faults } = await judgement({}, { columns });
    expect(check).toMatchObject({ verdict: "different", counts: { changed: 2 }, detail: { rules: [] } });
    expect(faults.map(({ path, lacks }) => [path, lacks])).toEqual([
      [["columns", "at", "tolerance", "abs"], "type"],
      [["columns", "v", "transform"], undefined],
    ]);
  });

  test("a condition of an expected difference, beside which others hold", async () => {
    const of = (sql: string) => expectedRule({ ...when, where: { sql, position: { line: 41, column: 7 } } });
    const { check, faults } = await judgement({}, { expected: [of("amuont > 1"), of("v::INTEGER > 1"), of("id > 0")] });
    expect(check).toMatchObject({
      verdict: "expected",
      detail: {
        unexpected: 0,
        expected: [
          { matched: 0, fault: expect.stringContaining("it names amuont") },
          { matched: 0, fault: expect.stringContaining("Could not convert") },
          { matched: 5, fault: "" },
        ],
      },
    });
    expect(faults.map(({ path }) => path)).toEqual([
      ["expected", "0", "where"],
      ["expected", "1", "where"],
    ]);
  });
});

test("rows that are gone are no fault of the file", async () => {
  const gone = await workshop.dataset(now);
  await rm(gone.parquet);
  await expect(judged({ current: gone })).rejects.toMatchObject({ name: "RehearseError", code: "DATASET_UNREADABLE" });
});
