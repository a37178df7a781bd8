import { afterAll, describe, expect, test } from "vitest";
import type { DatasetConfig } from "@rehearse/config";
import { judgeDataset } from "../../src/judge/judge-dataset.ts";
import { besideNoise, noiseNote, noiseOf, type Noise } from "../../src/judge/noise.ts";
import { check, expectedRule, stage, writes } from "./support/facts.ts";
import { openWorkshop, type Table, type Written } from "./support/judge-workshop.ts";

const workshop = await openWorkshop();
afterAll(() => workshop[Symbol.asyncDispose]());

const at = { tables: workshop.tables, today: "2027-01-31" };
const types = { id: "int32", v: "int64", at: "text" } as const;

/** Rows `id v at`. */
function table(...rows: string[]): Table {
  return { types, key: ["id"], rows: rows.map((row) => row.split(" ")) };
}

async function noises(config: DatasetConfig | DatasetConfig[], once: Written, again: Written): Promise<Noise[]> {
  const [references, repeated] = [await workshop.rehearsed(once), await workshop.rehearsed(again)];
  const load = stage("load", { writes: [config].flat() });
  return await noiseOf([stage("idle"), load], { references: references.references, again: repeated.references, ...at });
}

const orders = writes("core.orders");
const place = "load/core.orders";

describe("what differs between two rehearsals of one commit", () => {
  test("are columns, with the rows in which they do", async () => {
    const found = await noises(orders, { [place]: table("1 1 a", "2 2 a", "3 3 a") }, { [place]: table("1 1 b", "2 2 b", "3 4 a") });
    expect(found).toEqual([
      {
        stage: stage("load", { writes: [orders] }),
        config: orders,
        columns: [
          { name: "at", rows: 2 },
          { name: "v", rows: 1 },
        ],
        rows: 0,
      },
    ]);
  });

  test.each([
    [["1 1 a"], ["2 1 a"], 1],
    [["1 1 a"], ["2 1 a", "3 1 a", "4 1 a"], 3],
    [["1 1 a", "2 1 a", "3 1 a"], ["3 1 a"], 2],
  ])("are rows, as many as the side has that has more: %j, then %j", async (once, again, rows) => {
    const found = await noises(orders, { [place]: table(...once) }, { [place]: table(...again) });
    expect(found).toMatchObject([{ columns: [], rows }]);
  });

  test("is nothing where it is the same, ignored, or within a tolerance", async () => {
    const [once, again] = [{ [place]: table("1 1 a") }, { [place]: table("1 2 b") }];
    expect(await noises(orders, once, once)).toEqual([]);
    const columns = { v: { tolerance: { abs: "1" } } };
    expect(await noises(writes("core.orders", { ignore: ["at"], columns }), once, again)).toEqual([]);
    expect(await noises(writes("core.orders", { columns }), once, again)).toMatchObject([{ columns: [{ name: "at", rows: 1 }] }]);
  });

  test("is not excused by what is expected of the change", async () => {
    const found = await noises(
      writes("core.orders", { expected: [expectedRule()] }),
      { [place]: table("1 1 a") },
      { [place]: table("1 1 b") },
    );
    expect(found).toMatchObject([{ columns: [{ name: "at", rows: 1 }] }]);
  });

  test("is looked for in each dataset that both wrote, in the order of the file", async () => {
    const other = "load/core.log";
    const configs = [writes("core.log"), writes("core.gone"), orders];
    const both = { [place]: table("1 1 a"), [other]: table("1 1 a") };
    const found = await noises(
      configs,
      { ...both, "load/core.gone": table("1 1 a") },
      { [place]: table("1 1 b"), [other]: table("1 2 a") },
    );
    expect(found.map(({ config, columns }) => [config.name, columns])).toEqual([
      ["core.log", [{ name: "v", rows: 1 }]],
      ["core.orders", [{ name: "at", rows: 1 }]],
    ]);
    expect(await noises(configs, { [place]: table("1 1 a") }, { [other]: table("1 1 a") })).toEqual([]);
  });

  test("is not known where columns cannot be compared", async () => {
    const opaque: Table = { types: { id: "int32", w: { notComparable: "it is opaque" } }, rows: [["1"]] };
    expect(await noises(orders, { [place]: opaque }, { [place]: opaque })).toEqual([]);
  });
});

const noise = (columns: Noise["columns"], rows = 0, config = orders): Noise => ({ stage: stage("load"), config, columns, rows });

describe("a difference is inconclusive", () => {
  const accepted = table("1 1 a", "2 2 a", "3 3 a");

  async function beside(known: Noise, now: Table, reference = accepted) {
    const sides = { ...at, reference: await workshop.dataset(reference), current: await workshop.dataset(now) };
    const unreferenced = { reason: "", hint: "" };
    const { check: before } = await judgeDataset({ ...sides, stage: known.stage, config: known.config, missing: "", unreferenced });
    const after = await besideNoise(before, { noise: known, ...sides });
    return { before, after };
  }

  test("where it is only in columns that differ by themselves", async () => {
    const { before, after } = await beside(noise([{ name: "at", rows: 2 }]), table("1 1 b", "2 2 b", "3 3 b"));
    expect(before).toMatchObject({ verdict: "different", counts: { changed: 3 } });
    expect(after).toEqual({
      ...before,
      verdict: "inconclusive",
      reason: "it differs only in what differs by itself: at in 2 rows",
      hint: "the rule for that is checks.diff.core.orders: { ignore: [at] }",
    });
  });

  test("not where another column differs as well", async () => {
    const { before, after } = await beside(noise([{ name: "at", rows: 2 }]), table("1 1 b", "2 2 b", "3 4 b"));
    expect(after).toBe(before);
  });

  test("whatever rules the columns have: those of others hold, and what is ignored is still", async () => {
    const columns = { v: { tolerance: { abs: "1" } }, at: { trim: true } };
    const known = noise([{ name: "at", rows: 2 }], 0, writes("core.orders", { columns }));
    expect((await beside(known, table("1 2 b", "2 2 a", "3 3 a"))).after).toMatchObject({ verdict: "inconclusive" });
    expect((await beside(known, table("1 3 b", "2 2 a", "3 3 a"))).after).toMatchObject({ verdict: "different" });
    const ignoring = noise([{ name: "at", rows: 2 }], 0, writes("core.orders", { ignore: ["v"] }));
    expect((await beside(ignoring, table("1 9 b", "2 2 a", "3 3 a"))).after).toMatchObject({
      verdict: "inconclusive",
      hint: "the rule for that is checks.diff.core.orders: { ignore: [v, at] }",
    });
  });

  test.each([
    ["as many rows are new", 1, ["1 1 a", "2 2 a", "3 3 a", "4 4 a"], "inconclusive"],
    ["as many rows are gone", 1, ["1 1 a", "2 2 a"], "inconclusive"],
    ["fewer rows came and went", 3, ["2 2 a", "3 3 a", "4 4 a", "5 5 a"], "inconclusive"],
    ["more rows are new", 1, ["1 1 a", "2 2 a", "3 3 a", "4 4 a", "5 5 a"], "different"],
    ["more rows are gone", 1, ["1 1 a"], "different"],
    ["a row changed", 1, ["1 1 a", "2 2 a", "3 4 a"], "different"],
    ["a row changed and another is new", 2, ["1 1 a", "2 2 a", "3 4 a", "4 4 a"], "different"],
  ])("where no more rows come and go than by themselves: %s", async (_, rows, now, verdict) => {
    const { before, after } = await beside(noise([], rows), table(...now));
    expect(before.verdict).toBe("different");
    expect(after.verdict).toBe(verdict);
  });

  test("where columns and rows differ that do so by themselves", async () => {
    const { after } = await beside(noise([{ name: "at", rows: 1 }], 2), table("1 1 b", "2 2 a", "3 3 a", "4 4 a"));
    expect(after).toMatchObject({
      verdict: "inconclusive",
      reason: "it differs only in what differs by itself: at in 1 row, 2 rows come and go",
      hint: "the rule for that is checks.diff.core.orders: { ignore: [at] }",
    });
  });

  test("not where a column came, whatever rows come and go", async () => {
    const grown: Table = { types: { ...types, n: "text" }, key: ["id"], rows: accepted.rows.map((row) => [...row, "n"]) };
    const { before, after } = await beside(noise([], 3), grown);
    expect(before).toMatchObject({ verdict: "different", counts: { added: 0, removed: 0, changed: 0 } });
    expect(after).toBe(before);
  });

  test("not where the key no longer tells rows apart", async () => {
    const { before, after } = await beside(noise([], 3), table("1 1 a", "2 2 a", "3 3 a", "3 4 a"));
    expect(before).toMatchObject({ counts: { added: 1, removed: 0, changed: 0 } });
    expect(after).toBe(before);
  });

  test("not where nothing is left to compare", async () => {
    const one: Table = { types: { v: "text" }, rows: [["a"]] };
    const other: Table = { ...one, rows: [["b"]] };
    const { before, after } = await beside(noise([{ name: "v", rows: 1 }]), other, one);
    expect(before.verdict).toBe("different");
    expect(after).toBe(before);
  });

  test("only where it is one", async () => {
    const sides = { ...at, reference: await workshop.dataset(accepted), current: await workshop.dataset(accepted) };
    for (const verdict of ["same", "expected", "not compared", "failed"] as const) {
      const before = check({ stage: "load", name: "core.orders", verdict });
      expect(await besideNoise(before, { noise: noise([]), ...sides })).toBe(before);
    }
  });
});

test.each<[Noise, string]>([
  [
    noise([{ name: "at", rows: 1 }]),
    "core.orders after load differs by itself: at in 1 row; the rule for that is checks.diff.core.orders: { ignore: [at] }",
  ],
  [
    noise(
      [
        { name: "at", rows: 2 },
        { name: "v", rows: 3 },
      ],
      1,
      writes("core.orders", { ignore: ["note"] }),
    ),
    "core.orders after load differs by itself: at in 2 rows, v in 3 rows, 1 row comes and goes; the rule for that is checks.diff.core.orders: { ignore: [note, at, v] }",
  ],
  [
    noise([], 2),
    "core.orders after load differs by itself: 2 rows come and go; give checks.diff.core.orders a key that is the same in every run, or let the stage write the same rows",
  ],
])("what differs by itself is told with the rule for it, %#", (known, note) => {
  expect(noiseNote(known)).toBe(note);
});
