import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { acceptReference, digestDataset, type Column, type EngineDigest, type Manifest } from "../src/index.ts";
import { parseManifest } from "../src/rows/manifest-text.ts";
import { digestColumns } from "../src/rows/digest-columns.ts";
import { columns, openWorkshop, type TableWorkshop } from "./support/table-workshop.ts";

const table: Column[] = [
  { name: "id", source: "bigint", type: "int64" },
  { name: "plan", source: "text", type: "text" },
  { name: "share", source: "double", type: "float64" },
];

/** The manifest of a reference of 150,000 rows, some of them other than usual. */
async function accepted(
  workshop: TableWorkshop,
  { where = "true", plan = "'plan ' || id % 7" }: { where?: string; plan?: string },
): Promise<Manifest> {
  const { tables } = workshop;
  const file = workshop.path("rows.csv");
  const select = `SELECT id::VARCHAR, ${plan}, (id / 8)::VARCHAR FROM range(150000) t(id) WHERE ${where} ORDER BY hash(id)`;
  const rows = await tables.writeFile({
    select,
    file,
    form: "FORMAT csv, HEADER false, FORCE_QUOTE *, NULLSTR '\\N'",
    doing: "making rows",
  });
  const dataset = await workshop.materialiseText({ text: await readFile(file), format: "csv", columns: table, rows, key: ["id"] });
  const directory = workshop.path("reference");
  await acceptReference({ tables, dataset, directory, ignore: [] });
  return parseManifest(await readFile(join(directory, "manifest.json"), "utf8"));
}

type Digests = readonly { readonly value: string }[];

/** How many of one list are not in the other. */
const notIn = (some: Digests, others: Digests): number => some.filter(({ value }) => !others.some((it) => it.value === value)).length;

test("the manifest of a large reference shows in which column and in which ranges of the key it changed", async () => {
  await using workshop = await openWorkshop();
  const before = await accepted(workshop, {});
  const ranges = before.rangeDigests?.values ?? [];
  expect(ranges.length).toBeGreaterThan(16);
  expect(ranges.reduce((sum, { rows }) => sum + rows, 0)).toBe(150_000);
  const starts = ranges.slice(1).map(({ from }) => Number(from?.[0]));
  expect(starts).toEqual(starts.toSorted((a, b) => a - b));
  expect(ranges.slice(0, -1).map(({ rows }) => rows)).toEqual(starts.map((start, index) => start - (starts[index - 1] ?? 0)));

  // They are kept in version control: the same rows must not come to others.
  expect(ranges[0]).toEqual({ from: null, rows: 626, value: "137b384b7e4fe2baa77-1e5cfa959aa9d47d" });
  expect(before.columnDigests?.values[1]).toEqual({ column: "plan", value: "184aae764e563e20467aa-be3051e71cd0cc4" });

  const cell = await accepted(workshop, { plan: "CASE WHEN id = 77777 THEN 'other' ELSE 'plan ' || id % 7 END" });
  expect(notIn(cell.rangeDigests?.values ?? [], ranges)).toBe(1);
  expect(cell.columnDigests?.values.filter((it, index) => it.value !== before.columnDigests?.values[index]?.value)).toMatchObject([
    { column: "plan" },
  ]);

  const row = await accepted(workshop, { where: "id <> 77777" });
  expect(notIn(row.rangeDigests?.values ?? [], ranges)).toBe(1);
  expect(row.rangeDigests?.values.map(({ from }) => from)).toEqual(ranges.map(({ from }) => from));
});

test("the digest of a column counts what is there twice in its sum, and out of its xor", async () => {
  await using workshop = await openWorkshop();
  const digestOf = async (values: readonly string[]): Promise<readonly string[]> => {
    const { parquet } = await workshop.dataset({ columns: columns({ v: "text" }), rows: values.map((value) => [value]) });
    const digest = await digestColumns({ tables: workshop.tables, parquet, columns: [{ name: "v", type: "text", source: "text" }] });
    return digest.values[0]?.value.split("-") ?? [];
  };
  const [sum, xor] = await digestOf(["a"]);
  expect(xor).toBe(sum);
  const twice = await digestOf(["a", "a", "b", "b"]);
  expect(twice).toEqual([expect.stringMatching(/^[1-9a-f]/), "0"]);
  expect(await digestOf(["a", "b"])).not.toEqual(twice);
});

test("up to 1000 rows have a digest that is the same in every version, more are digested by what this version does quickly", async () => {
  await using workshop = await openWorkshop();
  const digestOf = async (rows: number) => {
    const cells = Array.from({ length: rows }, (_, id) => [String(id), id % 2 === 0 ? null : `v${id}`]);
    return (await workshop.dataset({ columns: columns({ id: "int32", v: "text" }), rows: cells })).manifest.digest;
  };
  expect(await digestOf(1000)).toEqual({
    algorithm: "md5-of-rows-1",
    rows: 1000,
    value: "49ebbab4d64fd78ad3a62e78aaaf4a2da8705dd98c203ff5f6cc0a3f5d209983",
  });
  expect((await digestOf(1001)).algorithm).toMatch(/^duckdb-hash-1\//);
});

test("a reference keeps the engine's digest of just its columns and rows, and a newer one of the same rows changes nothing else", async () => {
  await using workshop = await openWorkshop();
  const { tables } = workshop;
  const rows = [["1", "a"]];
  const made = await workshop.dataset({ columns: columns({ id: "int32", seen: "text" }), rows, key: ["id"] });
  const digest = (algorithm: string, ...ignore: string[]): EngineDigest => ({ ignore, algorithm, rows: 1, value: "ab" });
  const directory = workshop.path("reference");
  const accept = async (engineDigest: EngineDigest | undefined, ignore = ["seen"]) => {
    const dataset = { ...made, manifest: { ...made.manifest, engineDigest } };
    const done = await acceptReference({ tables, dataset, directory, ignore });
    return { done, manifest: parseManifest(await readFile(join(directory, "manifest.json"), "utf8")) };
  };
  const plain = await accept(undefined);
  expect(plain.manifest.engineDigest).toBeUndefined();
  const first = await accept(digest("engine/1", "seen"));
  expect(first).toEqual({ done: "written", manifest: { ...plain.manifest, engineDigest: digest("engine/1", "seen") } });
  expect((await accept(digest("engine/1", "seen"))).done).toBe("unchanged");
  expect(await accept(undefined)).toEqual({ ...first, done: "unchanged" });
  expect(await accept(digest("engine/2"))).toEqual({ ...first, done: "unchanged" });
  expect((await accept(digest("engine/2", "seen"))).manifest).toEqual({ ...plain.manifest, engineDigest: digest("engine/2", "seen") });
  expect((await accept(digest("engine/2", "seen"), [])).manifest.engineDigest).toBeUndefined();
  // In whatever order, and however often, the rules name what they ignore.
  expect((await accept(digest("engine/2", "id", "seen"), ["seen", "id", "seen"])).manifest.engineDigest).toEqual(
    digest("engine/2", "id", "seen"),
  );
});

test.each([
  [3, 1001],
  [1000, 1001],
  [1001, 3],
  [1001, 1000],
])("the digest of %i rows is the same where there were said to be %i", async (count, said) => {
  await using workshop = await openWorkshop();
  const rows = Array.from({ length: count }, (_, id) => [String(id)]);
  const dataset = await workshop.dataset({ columns: columns({ id: "int64" }), rows });
  const { digest } = dataset.manifest;
  expect(digest).toMatchObject({ rows: count, algorithm: expect.stringMatching(count > 1000 ? /^duckdb-hash-1\/v/ : /^md5-of-rows-1$/) });
  const liar = { ...dataset, manifest: { ...dataset.manifest, rows: said } };
  expect(await digestDataset({ tables: workshop.tables, dataset: liar, ignore: [] })).toEqual(digest);
});
