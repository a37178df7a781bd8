import { expect, test } from "vitest";
import type { Tables } from "../src/index.ts";
import { digestColumns } from "../src/rows/digest-columns.ts";
import { digestRanges } from "../src/rows/digest-ranges.ts";
import { storedColumns } from "../src/types/canonical-type.ts";
import { columns, openWorkshop, type TableWorkshop } from "./support/table-workshop.ts";

const table = storedColumns(columns({ id: "int64", plan: "text" }));

/** A file of so many rows, sorted by id, the first of which has this id. */
async function sorted(workshop: TableWorkshop, { rows, first = 0 }: { readonly rows: number; readonly first?: number }): Promise<string> {
  const file = workshop.path("sorted.parquet");
  const select = `SELECT id + ${first} AS id, CASE WHEN id % 5 > 0 THEN 'plan ' || id % 7 END AS plan FROM range(${rows}) t(id)`;
  await workshop.tables.writeParquet({ select, file, doing: "making rows", dictionaries: true });
  return file;
}

/** The digest of the rows from one id to another. */
async function plainDigest(tables: Tables, file: string, [from, to]: readonly [number, number]) {
  const hash = "hash(id, plan)";
  const [[rows, sum, xor] = []] = await tables.query(
    `SELECT count(*), sum(${hash}), bit_xor(${hash}) FROM read_parquet('${file}') WHERE id >= ${from} AND id < ${to}`,
    "digesting the plain way",
  );
  return { rows: Number(rows), value: `${BigInt(sum ?? 0).toString(16)}-${BigInt(xor ?? 0).toString(16)}` };
}

test("a range goes from the key that begins it to the one before the next, and its digest is that of just its rows", async () => {
  await using workshop = await openWorkshop();
  const { tables } = workshop;
  const parquet = await sorted(workshop, { rows: 100_000 });
  const found = await digestRanges({ tables, parquet, columns: table, key: ["id"], rows: 100_000 });
  expect(found?.algorithm).toMatch(/^duckdb-hash-1\/v\d/);
  const ranges = found?.values ?? [];
  expect(ranges[0]?.from).toBeNull();
  const starts = [0, ...ranges.slice(1).map(({ from }) => Number(from?.[0])), 100_000];
  // References in version control have them: they must not move.
  expect(starts.slice(0, 6)).toEqual([0, 172, 626, 4467, 9343, 10_355]);
  expect(starts.length).toBe(42);
  for (const [index, { rows, value }] of ranges.entries())
    expect({ rows, value }).toEqual(await plainDigest(tables, parquet, [starts[index] ?? 0, starts[index + 1] ?? 0]));

  // Where the first row is one that begins a range, there is none before it.
  const first = starts[3] ?? 0;
  const later = await sorted(workshop, { rows: 100_000, first });
  const moved = await digestRanges({ tables, parquet: later, columns: table, key: ["id"], rows: 100_000 });
  expect(moved?.values.slice(0, 3).map(({ from }) => from?.[0] ?? null)).toEqual([null, String(starts[4]), String(starts[5])]);
});

test("there are about 32 ranges, or up to twice as many, with more only where the rows are twice as many", async () => {
  await using workshop = await openWorkshop();
  const parquet = await sorted(workshop, { rows: 131_072 });
  const count = async (rows: number) =>
    (await digestRanges({ tables: workshop.tables, parquet, columns: table, key: ["id"], rows }))?.values.length;
  expect([await count(131_071), await count(131_072), await count(262_143)]).toEqual([61, 23, 23]);
});

test("few rows, rows without a key, and rows with a column of DuckDB's own name for their numbers have no ranges", async () => {
  await using workshop = await openWorkshop();
  const { tables } = workshop;
  const parquet = await sorted(workshop, { rows: 3 });
  const ranges = (of: { readonly rows?: number; readonly key?: readonly string[]; readonly columns?: typeof table }) =>
    digestRanges({ tables, parquet, columns: table, key: ["id"], rows: 100_000, ...of });
  expect(await ranges({})).toEqual({
    algorithm: expect.stringMatching(/^duckdb-hash-1\/v\d/),
    values: [{ from: null, ...(await plainDigest(tables, parquet, [0, 3])) }],
  });
  expect(await ranges({ rows: 99_999 })).toBeUndefined();
  expect(await ranges({ key: [] })).toBeUndefined();
  expect(await ranges({ columns: storedColumns(columns({ id: "int64", File_Row_Number: "text" })) })).toBeUndefined();
});

test("a range of a key of several columns begins with all their cells, in the key's order, as canonical texts", async () => {
  await using workshop = await openWorkshop();
  const { tables } = workshop;
  const parquet = workshop.path("sorted.parquet");
  const select = "SELECT '\\x00\\xFF'::BLOB AS raw, id, CASE WHEN id >= 50000 THEN id / 4 END AS share FROM range(100000) t(id)";
  await tables.writeParquet({ select, file: parquet, doing: "making rows", dictionaries: false });
  const three = storedColumns(columns({ raw: "bytes", id: "int64", share: "float64" }));
  const found = await digestRanges({ tables, parquet, columns: three, key: ["share", "id", "raw"], rows: 100_000 });
  const starts = (found?.values ?? []).slice(1).map(({ from }) => from ?? []);
  expect(starts.length).toBeGreaterThan(20);
  for (const [share, id, raw] of starts) {
    expect(raw).toBe("00ff");
    expect(share).toBe(Number(id) < 50_000 ? null : String(Number(id) / 4));
  }
});

test("each column has a digest of its own, which depends on its values only: NULL, -0 and duplicates among them", async () => {
  await using workshop = await openWorkshop();
  const { tables } = workshop;
  const parquet = workshop.path("some.parquet");
  const digest = async (select: string, types: Parameters<typeof columns>[0]) => {
    await tables.writeParquet({ select, file: parquet, doing: "making rows", dictionaries: false });
    return digestColumns({ tables, parquet, columns: storedColumns(columns(types)) });
  };
  const types = { id: "int64", plan: "text", share: "float64" } as const;
  const found = await digest("FROM (VALUES (1::BIGINT, 'a', 0.0::DOUBLE), (2, 'a', '-0'), (3, NULL, NULL)) t(id, plan, share)", types);
  expect(found.algorithm).toMatch(/^duckdb-hash-1\/v\d/);
  expect(found.values).toEqual([
    { column: "id", value: "ceed0c08641cb9e8-2d392b279c5b3444" },
    { column: "plan", value: "21c01714969468347-bf58476d1ce4e5b9" },
    { column: "share", value: "13e38445879d6c6d5-bdc7239779d506d5" },
  ]);
  expect((await digest("SELECT 1::BIGINT AS id, 'a' AS plan, 0.0::DOUBLE AS share WHERE false", types)).values).toEqual(
    ["id", "plan", "share"].map((column) => ({ column, value: "0-0" })),
  );
});
