import { afterAll, beforeAll, expect, test } from "vitest";
import { surveyRows, type SurveyedRows } from "../src/compare/rungs/survey-rows.ts";
import type { Digest } from "../src/rows/manifest.ts";
import { digestValues } from "../src/rows/digest.ts";
import { bigSide } from "./support/big-tables.ts";
import { plainColumns, sideOf, type Rows } from "./support/listed-side.ts";
import { openWorkshop, type TableWorkshop } from "./support/table-workshop.ts";

let workshop: TableWorkshop;
beforeAll(async () => {
  workshop = await openWorkshop();
});
afterAll(() => workshop[Symbol.asyncDispose]());

const types = { id: "int32", v: "text" } as const;
const both = plainColumns(types);
const three: Rows = [
  ["1", "a"],
  ["2", "b"],
  ["3", " c"],
];
const other: Rows = [...three.slice(0, 2), ["3", "d"]];

/** What is seen of two sides, all of whose rows are many unless told. */
async function seen(reference: Rows, current: Rows, more: Partial<SurveyedRows> & { readonly digests?: (Digest | undefined)[] } = {}) {
  const { digests = [], ...rest } = more;
  return await surveyRows({
    tables: workshop.tables,
    reference: { ...sideOf(types, reference), digest: digests[0] },
    current: { ...sideOf(types, current), digest: digests[1] },
    columns: both,
    key: [],
    fewRows: 2,
    ...rest,
  });
}

/** The digest with which rows are stored. */
async function stored(rows: Rows): Promise<Digest> {
  const { from } = sideOf(types, rows);
  const columns = both.map(({ name, type, current: value }) => ({ name, type, value }));
  return await digestValues({ tables: workshop.tables, from, columns, rows: rows.length, doing: "testing" });
}

const nothing = { sameDigest: null, planned: null };
const made = { sameDigest: "made", planned: null };

test("two stored digests that are equal answer, whatever the rows; others do not, nor do two that there are not", async () => {
  const digest = (value: string): Digest => ({ algorithm: "any", rows: 3, value });
  expect(await seen(three, other, { digests: [digest("7"), digest("7")] })).toEqual({ sameDigest: "stored", planned: null });
  expect(await seen(three, other, { digests: [digest("7"), digest("8")] })).toEqual(nothing);
  expect(await seen(three, other)).toEqual(nothing);
  expect(await seen(three, three, { fewRows: 3, digests: [digest("7"), digest("8")] })).toEqual(nothing);
});

test("rows are digested only where either side has more than few, and there is a column", async () => {
  expect(await seen(three, three)).toEqual(made);
  expect(await seen(three, three, { fewRows: 3 })).toEqual(nothing);
  expect(await seen(three, three, { columns: [] })).toEqual(nothing);
  expect(await seen(three, three, { columns: both.slice(0, 1) })).toEqual(made);
});

test("without a stored digest both sides are digested, in any order, where they have as many rows", async () => {
  expect(await seen(three, three.toReversed())).toEqual(made);
  expect(await seen(three, other)).toEqual(nothing);
  expect(await seen(three, [...three, ["4", "d"]])).toEqual(nothing);
});

test("the stored digest of the reference is enough where the current side has it", async () => {
  const digests = [await stored(three)];
  expect(await seen(three, three.toReversed(), { digests })).toEqual({ sameDigest: "half stored", planned: null });
  expect(await seen(three, other, { digests })).toEqual(nothing);
});

test("a stored digest of another algorithm is not compared: both sides are digested", async () => {
  const digests = [{ ...(await stored(three)), algorithm: "of another version" }];
  expect(await seen(three, three, { digests })).toEqual(made);
  expect(await seen(three, other, { digests })).toEqual(nothing);
});

test("a stored digest is not about columns that are left out, read in another way or of another type", async () => {
  const digests = [await stored(three)];
  const [id, v] = both;
  if (id === undefined || v === undefined) throw new Error("a column is missing");
  expect(await seen(three, other, { digests, columns: [id] })).toEqual(made);
  expect(await seen(three, other, { digests, columns: [v] })).toEqual(nothing);
  const trimmed = { ...v, reference: "trim(c1)", current: "trim(c1)" };
  expect(await seen(three, three, { digests, columns: [id, trimmed] })).toEqual(made);
  expect(await seen(three, [...three.slice(0, 2), ["3", "c"]], { digests, columns: [id, trimmed] })).toEqual(made);
  expect(await seen(three, three, { digests, columns: [{ ...id, type: "int64" }, v] })).toEqual(made);
});

test("sides that lie in the order of their key have ranges of it, whether they are the same or not", async () => {
  const side = (changed: string) =>
    bigSide(workshop, {
      key: "i",
      type: "int64",
      sorted: true,
      part: 2048,
      select: `SELECT i, ${changed} AS changed FROM range(6000) AS r(i)`,
    });
  const [one, same, last] = [await side("false"), await side("false"), await side("i = 5999")];
  const [k, n, v, t] = plainColumns({ k: "int64", n: "int32", v: "float64", t: "text" });
  if (k === undefined || n === undefined || v === undefined || t === undefined) throw new Error("a column is missing");
  // The key is not the first of the columns.
  const columns = [n, k, v, t];
  const planned = { ranges: ["v1 < '2048'::BIGINT", "v1 >= '2048'::BIGINT"], column: k };
  const sides = { reference: one, current: same, columns, key: [k] };
  expect(await seen([], [], sides)).toEqual({ sameDigest: "made", planned });
  expect(await seen([], [], { ...sides, current: last })).toEqual({ sameDigest: null, planned });
  expect(await seen([], [], { ...sides, key: [] })).toEqual(made);
  expect(await seen([], [], { ...sides, key: [v] })).toEqual(made);
  expect(await seen([], [], { ...sides, fewRows: 6000 })).toEqual(nothing);
});
