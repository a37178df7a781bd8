import { expect, test } from "vitest";
import type { Cell } from "../src/index.ts";
import { compare, type Side } from "./support/compare-sides.ts";
import { columns } from "./support/table-workshop.ts";

const many = 2000;

function table(cellOf: (id: number) => Cell, rows = many): Side {
  return {
    columns: columns({ id: "int64", v: "text" }),
    rows: Array.from({ length: rows }, (_, id) => [String(id), cellOf(id)]),
    key: ["id"],
  };
}

const sample = { percent: 12.5 };

test("a sample is about as large as asked, the same in every run, and of the same rows on both sides", async () => {
  const sides = { reference: table((id) => `a${id}`), current: table((id) => `b${id}`), rules: { sample } };
  const found = await compare(sides);
  expect(found.sampled?.percent).toBe(12.5);
  expect(found.sampled?.rows).toBeGreaterThan(150);
  expect(found.sampled?.rows).toBeLessThan(350);
  expect(found).toMatchObject({
    verdict: "different",
    added: 0,
    removed: 0,
    changed: found.sampled?.rows,
    rows: { reference: many, current: many },
  });
  expect(await compare({ ...sides, reference: { ...sides.reference, rows: sides.reference.rows.toReversed() } })).toEqual(found);
});

test("equal rows are the same, and it is said that they are a sample", async () => {
  const same = table((id) => `a${id}`);
  expect(await compare({ reference: same, current: same, rules: { sample } })).toMatchObject({
    verdict: "same",
    sampled: { percent: 12.5 },
  });
  expect(await compare({ reference: same, current: same })).toMatchObject({ verdict: "same", sampled: null });
});

test("without a key the same rows are chosen by all their values", async () => {
  const [reference, current] = [table((id) => `a${id}`), table((id) => (id < 1000 ? `a${id}` : `b${id}`))];
  const found = await compare({ reference: { ...reference, key: [] }, current: { ...current, key: [] }, rules: { sample } });
  expect(found.sampled?.rows).toBeGreaterThan(150);
  expect(found.added).toBeGreaterThan(50);
  expect(found.added).toBeLessThan(found.sampled?.rows ?? 0);
  expect(found.removed).toBeGreaterThan(50);
});

test("another number of rows is a difference even where no row of the sample tells", async () => {
  const reference = table((id) => `a${id}`);
  const more = (id: number): Side => ({ ...reference, rows: [...reference.rows, [String(id), "x"]] });
  const found = await Promise.all([0, 1, 2, 3].map((id) => compare({ reference, current: more(many + id), rules: { sample } })));
  // Most rows are in no sample of this size.
  expect(found.map(({ verdict }) => verdict)).toEqual(["different", "different", "different", "different"]);
  expect(found.filter(({ added }) => added === 0).length).toBeGreaterThan(0);
});

test("a sample without a row says nothing of rows that are there", async () => {
  const few = { percent: 0.0001 };
  // The hash of 0 is 0, which is in every sample.
  const without0 = (side: Side): Side => ({ ...side, rows: side.rows.slice(1) });
  const [reference, current] = [without0(table((id) => `a${id}`, 4)), without0(table((id) => `b${id}`, 4))] as const;
  expect(await compare({ reference, current, rules: { sample: few } })).toMatchObject({ verdict: "not compared", sampled: { rows: 0 } });
  const none = table(() => null, 0);
  expect(await compare({ reference: none, current: none, rules: { sample: few } })).toMatchObject({ verdict: "same" });
});

test("a sample whose only row went is expected where a rule says so: there was a row to look at", async () => {
  const reference = table((id) => `a${id}`, 4);
  const current = { ...reference, rows: reference.rows.slice(1) };
  const expected = [{ kinds: ["removed"], limit: 1, expired: false }] as const;
  const found = await compare({ reference, current, rules: { sample: { percent: 0.0001 }, expected } });
  expect(found).toMatchObject({ verdict: "expected", removed: 1, sampled: { rows: 0 } });
});
