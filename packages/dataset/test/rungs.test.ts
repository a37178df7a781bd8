import { readFile, writeFile } from "node:fs/promises";
import fc from "fast-check";
import { expect, test } from "vitest";
import { compareDatasets, compareRelations, type Comparison, type ComparisonRules } from "../src/index.ts";
import { differingRowsByFullJoin } from "../src/compare/differing-rows.ts";
import type { KeyedRows } from "../src/compare/keyed-rows.ts";
import { relationOf } from "../src/compare/relation.ts";
import { differingRowsByHash } from "../src/compare/rungs/differing-rows-by-hash.ts";
import { differingRowsByRange } from "../src/compare/rungs/differing-rows-by-range.ts";
import type { KeptRows } from "../src/tables/keep-rows.ts";
import { literal } from "../src/tables/sql-text.ts";
import { toText } from "../src/types/canonical-text.ts";
import { tablePair } from "./support/arbitrary-tables.ts";
import { bigPair, bigSide, fewRows, planted, size } from "./support/big-tables.ts";
import { columns, openWorkshop } from "./support/table-workshop.ts";

const timeout = 240_000;

test(
  "every rung finds the rows that a full outer join finds, in 100 random pairs of tables with a key",
  async () => {
    await using workshop = await openWorkshop({ threads: 2 });
    let differing = 0;
    await fc.assert(
      fc.asyncProperty(
        tablePair.filter(
          ({ key, reference, current, names }) => key.length > 0 && isKey(names, key, reference) && isKey(names, key, current),
        ),
        async ({ names, types, reference, current, key, ignore }) => {
          const schema = names.map((name, index) => ({ name, type: types[index] ?? "text", source: "any" }));
          const before = relationOf(await workshop.dataset({ columns: schema, rows: reference }));
          const after = relationOf(await workshop.dataset({ columns: schema, rows: current }));
          const compared = names.flatMap((name, index) =>
            ignore.includes(name)
              ? []
              : [{ name, type: types[index] ?? ("text" as const), reference: `c${index}`, current: `c${index}`, tolerance: undefined }],
          );
          const rows: KeyedRows = {
            tables: workshop.tables,
            reference: before,
            current: after,
            columns: compared,
            key: key.flatMap((name) => compared.filter((column) => column.name === name)),
            expected: [],
            examples: 10,
            fewRows: 0,
          };
          const plain = await textOf(rows, await differingRowsByFullJoin(rows));
          expect(await textOf(rows, await differingRowsByHash(rows))).toEqual(plain);
          const at = `v${compared.findIndex(({ name }) => name === key[0])}`;
          const middle = current[Math.floor(current.length / 2)]?.[names.indexOf(key[0] ?? "")];
          const cut =
            middle === undefined
              ? "false"
              : `coalesce(${toText(rows.key[0]?.type ?? "text", at)} < ${literal((middle ?? "").replaceAll("\0", ""))}, false)`;
          const { differing: byRange } = await differingRowsByRange(rows, [cut, `NOT ${cut}`]);
          expect(await textOf(rows, byRange)).toEqual(plain);
          differing += plain.length;
        },
      ),
      { numRuns: 100, seed: 20261121 },
    );
    expect(differing).toBeGreaterThan(100);
  },
  timeout,
);

function isKey(names: readonly string[], key: readonly string[], rows: readonly (readonly (string | null)[])[]): boolean {
  const keys = rows.map((cells) => key.map((name) => cells[names.indexOf(name)] ?? null));
  return keys.every((cells) => !cells.includes(null)) && new Set(keys.map((cells) => JSON.stringify(cells))).size === keys.length;
}

async function textOf({ tables, columns: compared }: KeyedRows, kept: KeptRows): Promise<string[]> {
  await using rows = kept;
  const cells = compared.flatMap(({ type }, index) => [toText(type, `r${index}`), toText(type, `c${index}`)]);
  const found = await tables.query(`SELECT in_reference, in_current, ${cells.join(", ")} FROM ${rows.from}`, "testing");
  return found.map((row) => JSON.stringify(row)).toSorted();
}

const bigCases = [
  { title: "whole numbers in order", key: "i::BIGINT", type: "int64", sorted: true, rung: "key ranges" },
  { title: "whole numbers in no order", key: "i::BIGINT", type: "int64", sorted: false, rung: "row hashes" },
  { title: "text in order", key: "lpad(i::VARCHAR, 7, '0')", type: "text", sorted: true, rung: "key ranges" },
  {
    title: "dates in order, a hundred of each beside a number",
    key: "DATE '2020-01-01' + (i // 100)::INTEGER",
    type: "date",
    sorted: true,
    rung: "key ranges",
  },
  { title: "moments in order", key: "TIMESTAMP '2020-01-01' + to_seconds(i)", type: "timestamp", sorted: true, rung: "key ranges" },
  { title: "decimals in order", key: "(i::DECIMAL(18, 2) / 100)::DECIMAL(18, 2)", type: "decimal(18,2)", sorted: true, rung: "key ranges" },
  {
    title: "text with a NUL in order",
    key: "CASE WHEN i = 0 THEN chr(0) ELSE lpad(i::VARCHAR, 7, '0') END",
    type: "text",
    sorted: true,
    rung: "row hashes",
  },
  { title: "floats in order, which no statistics order", key: "i::DOUBLE", type: "float64", sorted: true, rung: "row hashes" },
] as const;

test.each(bigCases)(
  "keys that are $title are compared by $rung",
  async ({ key, type, sorted, rung }) => {
    await using workshop = await openWorkshop({ threads: 2 });
    const sides = await bigPair(workshop, { key, type, sorted });
    const found = await compareRelations({ tables: workshop.tables, ...sides, rules: { key: ["k", "n"], ignore: [] }, fewRows });
    expect(found.rung.name).toBe(rung);
    // Both ranges have differences.
    expect(found.rung.why).toMatch(rung === "key ranges" ? /; all of them were joined$/ : /hashes of rows/);
    expect({ added: found.added, removed: found.removed, changed: found.changed }).toEqual(planted);
    expect(found.columns.map(({ name, changed }) => ({ name, changed }))).toEqual([
      { name: "v", changed: 1 },
      { name: "t", changed: 1 },
    ]);
    expect(found).toEqual({
      ...(await compareRelations({ tables: workshop.tables, ...sides, rules: { key: ["k", "n"], ignore: [] }, fewRows: size * 2 })),
      rung: found.rung,
    });
  },
  timeout,
);

test.each([true, false])(
  "sides without a difference are known by their digests, sorted or not",
  async (sorted) => {
    await using workshop = await openWorkshop({ threads: 2 });
    const { reference } = await bigPair(workshop, { key: "i::BIGINT", type: "int64", sorted });
    const { reference: current } = await bigPair(workshop, { key: "i::BIGINT", type: "int64", sorted: true });
    const found = await compareRelations({ tables: workshop.tables, reference, current, rules: { key: ["k"], ignore: [] }, fewRows });
    expect(found).toMatchObject({ verdict: "same", added: 0, removed: 0, changed: 0, rung: { name: "digests" } });
  },
  timeout,
);

test.each([
  { title: "smallest", key: "-9223372036854775808::HUGEINT + i", type: "int64" },
  { title: "largest", key: "9223372036854775807::HUGEINT - i", type: "int64" },
  { title: "largest unsigned", key: "18446744073709551615::HUGEINT - i", type: "uint64" },
] as const)(
  "the $title numbers of 64 bits are keys like any other",
  async ({ key, type }) => {
    await using workshop = await openWorkshop({ threads: 2 });
    const sides = await bigPair(workshop, { key, type, sorted: true });
    const found = await compareRelations({ tables: workshop.tables, ...sides, rules: { key: ["k"], ignore: [] }, fewRows });
    expect(found).toMatchObject({ ...planted, keyProblems: [], matching: { by: "key" } });
  },
  timeout,
);

test.each([{ key: ["k"] }, { key: [] }])(
  "a side that is read and has the digest of the stored reference is the same, with the key $key",
  async ({ key }) => {
    await using workshop = await openWorkshop({ threads: 2 });
    const rows = Array.from({ length: 2000 }, (_, index) => [String(index), index % 7 === 0 ? null : `x${index}`, String(-index)]);
    const reference = await workshop.dataset({ columns: columns({ k: "int32", t: "text", n: "int64" }), rows });
    const against = async (other: (string | null)[][], rules: Partial<ComparisonRules> = {}) => {
      const current = relationOf(await workshop.dataset({ columns: columns({ k: "int32", t: "text", n: "int64" }), rows: other }));
      const stored = { ...relationOf(reference), digest: reference.manifest.digest };
      return compareRelations({ tables: workshop.tables, reference: stored, current, rules: { key, ignore: [], ...rules }, fewRows });
    };
    const same = { verdict: "same", rung: { name: "digests", why: expect.stringContaining("the reference was stored with") } };
    expect(await against(rows.toReversed())).toMatchObject(same);
    // The stored digest is not of values that a rule changes before they are compared.
    const blanks = rows.map(([k = null, t = null, n = null]) => [k, t === null ? null : `${t} `, n]);
    expect(await against(blanks, { columns: { t: { trim: true } } })).toMatchObject({
      verdict: "same",
      rung: { name: "digests", why: expect.not.stringContaining("stored") },
    });
    const swapped = rows.map((row, index) => (index < 2 ? [row[0] ?? null, row[1] ?? null, String(index - 1)] : row));
    expect(await against(swapped)).toMatchObject({ verdict: "different" });
    expect(await against([...rows.slice(1), rows[1] ?? []])).toMatchObject({ verdict: "different" });
  },
  timeout,
);

test(
  "after a range without a difference the next one is only digested",
  async () => {
    await using workshop = await openWorkshop({ threads: 2 });
    const side = { key: "i::BIGINT", type: "int64", sorted: true } as const;
    const select = (changed: string): string => `SELECT i, ${changed} AS changed FROM range(${size}) AS r(i)`;
    const reference = await bigSide(workshop, { ...side, select: select("false") });
    const current = await bigSide(workshop, { ...side, select: select("i = 29999") });
    const [key = never(), ...others] = reference.columns.map(({ name, type }, index) => ({
      name,
      type: typeof type === "string" ? type : never(),
      reference: `c${index}`,
      current: `c${index}`,
      tolerance: undefined,
    }));
    const rows: KeyedRows = {
      tables: workshop.tables,
      reference,
      current,
      columns: [key, ...others],
      key: [key],
      expected: [],
      examples: 10,
      fewRows,
    };
    const { differing, equal } = await differingRowsByRange(rows, ["v0 < 10000", "v0 >= 10000 AND v0 < 20000", "v0 >= 20000"]);
    expect(equal).toBe(1);
    expect(await textOf(rows, differing)).toHaveLength(1);
  },
  timeout,
);

function never(): never {
  throw new Error("a column is missing");
}

test.each([
  { title: "twice", edit: "CASE WHEN i = 20000 THEN 7 ELSE i END", problem: { side: "current", problem: "duplicate", rows: 2 } },
  { title: "not at all", edit: "CASE WHEN i = 20000 THEN NULL ELSE i END", problem: { side: "current", problem: "null", rows: 1 } },
])(
  "a key that a row of many has $title is found",
  async ({ edit, problem }) => {
    await using workshop = await openWorkshop({ threads: 2 });
    const { reference } = await bigPair(workshop, { key: "i::BIGINT", type: "int64", sorted: true });
    const current = await bigSide(workshop, {
      key: `(${edit})::BIGINT`,
      type: "int64",
      sorted: true,
      select: `SELECT *, false AS changed FROM range(${size}) AS r(i)`,
    });
    const found = await compareRelations({ tables: workshop.tables, reference, current, rules: { key: ["k"], ignore: [] }, fewRows });
    expect(found.keyProblems).toEqual([problem]);
    expect(found.matching.by).toBe("multiset");
    expect([found.added, found.removed]).toEqual([1, 1]);
  },
  timeout,
);

test(
  "a file that is wrong about its parts is not divided by what it says",
  async () => {
    await using workshop = await openWorkshop({ threads: 2 });
    const { reference, current } = await bigPair(workshop, { key: "i::BIGINT", type: "int64", sorted: true, part: 8_192 });
    // The largest key of its first part, in the tail of the file, becomes a smaller one.
    const [[largest] = []] = await workshop.tables.query(
      `SELECT stats_max_value FROM parquet_metadata(${literal(reference.title)}) WHERE column_id = 0 AND row_group_id = 0`,
      "testing",
    );
    const bytes = await readFile(reference.title);
    const [told, lie] = [Buffer.alloc(8), Buffer.alloc(8)];
    told.writeBigInt64LE(BigInt(largest ?? 0));
    lie.writeBigInt64LE(5_000n);
    const tail = bytes.length - 8 - bytes.readUInt32LE(bytes.length - 8);
    for (let at = bytes.indexOf(told, tail); at !== -1; at = bytes.indexOf(told, at + 1)) lie.copy(bytes, at);
    await writeFile(reference.title, bytes);
    const found = await compareRelations({ tables: workshop.tables, reference, current, rules: { key: ["k"], ignore: [] }, fewRows });
    expect(found).toMatchObject({ ...planted, rung: { name: "row hashes" } });
  },
  timeout,
);

test("two datasets that were stored with one digest are not read again, unless a file is not the one that was digested", async () => {
  await using workshop = await openWorkshop({ threads: 2 });
  const table = {
    columns: columns({ id: "int32", v: "float64" }),
    rows: [
      ["1", "-0"],
      ["2", "NaN"],
    ],
    key: ["id"],
  };
  const [reference, current, other] = [
    await workshop.dataset(table),
    await workshop.dataset(table),
    await workshop.dataset({
      ...table,
      rows: [
        ["1", "0"],
        ["2", "NaN"],
      ],
    }),
  ];
  const compare = (now: typeof current): Promise<Comparison> =>
    compareDatasets({ tables: workshop.tables, reference, current: now, rules: { ignore: [] } });
  expect(await compare(current)).toMatchObject({
    verdict: "same",
    rung: { name: "digests", why: "both sides were stored with one digest" },
  });
  expect(await compare(other)).toMatchObject({ verdict: "different", changed: 1 });
  await expect(compare({ ...current, parquet: other.parquet })).rejects.toMatchObject({ code: "DATASET_UNREADABLE" });
});

test("two datasets without a key that were stored with one digest are not read again; one more row that comes twice is seen", async () => {
  await using workshop = await openWorkshop({ threads: 2 });
  const table = (...values: string[]) => workshop.dataset({ columns: columns({ v: "text" }), rows: values.map((value) => [value]) });
  const [reference, current, other] = [await table("a", "a", "b"), await table("b", "a", "a"), await table("a", "b", "b")];
  const compare = (now: typeof current): Promise<Comparison> =>
    compareDatasets({ tables: workshop.tables, reference, current: now, rules: { ignore: [] } });
  expect(await compare(current)).toMatchObject({ verdict: "same", rung: { name: "digests" }, examples: { added: [], removed: [] } });
  expect(await compare(other)).toMatchObject({ verdict: "different", added: 1, removed: 1, rung: { name: "multiset" } });
});
