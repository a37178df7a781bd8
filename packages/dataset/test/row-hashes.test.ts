import { expect, test } from "vitest";
import type { CanonicalType, Cell, Column } from "../src/index.ts";
import { digestDataset } from "../src/index.ts";
import { digestOfHashes, rowHash } from "../src/rows/row-hash.ts";
import { columns, openWorkshop } from "./support/table-workshop.ts";

test("rows that differ in a value, in its place or in a zero's sign have different hashes, and the same rows one", async () => {
  await using workshop = await openWorkshop();
  const rows: readonly (readonly (readonly [CanonicalType, string])[])[] = [
    [],
    [["text", "'a'"]],
    [["text", "'b'"]],
    [
      ["text", "'a'"],
      ["text", "'b'"],
    ],
    [
      ["text", "'b'"],
      ["text", "'a'"],
    ],
    [
      ["text", "'a'"],
      ["text", "NULL"],
    ],
    [["float64", "0.0::DOUBLE"]],
    [["float64", "-0.0::DOUBLE"]],
    [["float64", "1.0::DOUBLE"]],
    [["float64", "-1.0::DOUBLE"]],
    [["float64", "NULL::DOUBLE"]],
  ];
  const hashes = rows.map((row) => rowHash(row.map(([type, value]) => ({ type, value }))));
  const [found = []] = await workshop.tables.query(`SELECT ${[...hashes, ...hashes].join(", ")}`, "hashing");
  expect(new Set(found).size).toBe(rows.length);
  expect(found.slice(rows.length)).toEqual(found.slice(0, rows.length));
});

test("the digest of hashes is their number, their sum and their xor", async () => {
  await using workshop = await openWorkshop();
  const [found] = await workshop.tables.query(
    `SELECT ${digestOfHashes("hash")} FROM (VALUES (5::UBIGINT), (3), (3), (9)) t(hash)`,
    "digesting",
  );
  expect(found).toEqual(["4", "20", "12"]);
});

const cells = (count: number): Cell[][] =>
  Array.from({ length: count }, (_, id) => [String(id % 900), id % 3 === 0 ? null : `v${id}`, "x"]);

test.each([3, 1001])(
  "the digest of %i rows knows columns by their names, not their places, and those that are ignored not at all",
  async (count) => {
    await using workshop = await openWorkshop();
    const { tables } = workshop;
    const digest = async (names: readonly ("b" | "a" | "c")[], ignore: readonly string[] = []) => {
      const types: Readonly<Record<string, Column["type"]>> = { b: "int32", a: "text", c: "text" };
      const place = { b: 0, a: 1, c: 2 };
      const dataset = await workshop.dataset({
        columns: names.map((name) => ({ name, type: types[name] ?? "text", source: "any" })),
        rows: cells(count).map((row) => names.map((name) => row[place[name]] ?? null)),
      });
      return digestDataset({ tables, dataset, ignore });
    };
    const whole = await digest(["b", "a", "c"]);
    expect(whole.rows).toBe(count);
    expect(await digest(["a", "c", "b"])).toEqual(whole);
    expect(await digest(["c", "b", "a"])).toEqual(whole);
    const without = await digest(["b", "c"]);
    expect(await digest(["b", "a", "c"], ["a"])).toEqual(without);
    expect(await digest(["c", "a", "b"], ["a", "nothing"])).toEqual(without);
    expect(without.value).not.toBe(whole.value);
  },
);

test("rows without columns have a digest of their number, however many they are", async () => {
  await using workshop = await openWorkshop();
  const digests = [];
  for (const rows of [0, 1, 2, 1001, 1002])
    digests.push((await workshop.materialiseText({ text: "\n".repeat(rows), format: "csv", columns: [], rows })).manifest.digest);
  expect(digests.map(({ rows }) => rows)).toEqual([0, 1, 2, 1001, 1002]);
  expect(new Set(digests.map(({ value }) => value)).size).toBe(5);
});

test("the digest of three rows is the same in every version, whatever order their columns have", async () => {
  await using workshop = await openWorkshop();
  const { digest } = (await workshop.dataset({ columns: columns({ b: "int32", a: "text", c: "text" }), rows: cells(3) })).manifest;
  expect(digest).toEqual({
    algorithm: "md5-of-rows-1",
    rows: 3,
    value: "35c122962a9da3178bab3f5adefb31b2e2d6dc27efd5a4c79f74a3022889b128",
  });
});
