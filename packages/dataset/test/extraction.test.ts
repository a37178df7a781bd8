import type { RehearseError } from "@rehearse/errors";
import { expect, test } from "vitest";
import { materialise, readCells, readDataset, type CanonicalType, type Cell } from "../src/index.ts";
import { columns, openWorkshop } from "./support/table-workshop.ts";

const refused: readonly (readonly [CanonicalType, string])[] = [
  ["boolean", "t"],
  ["int8", "128"],
  ["int64", "9223372036854775808"],
  ["int32", "1.5"],
  ["int32", " 1"],
  ["int32", "1_0"],
  ["int32", ""],
  ["uint16", "-1"],
  ["int256", String(2n ** 255n)],
  ["int256", String(-(2n ** 255n) - 1n)],
  ["uint256", String(2n ** 256n)],
  ["uint256", "-1"],
  ["decimal(10,2)", "1.235"],
  ["decimal(10,2)", "123456789.00"],
  ["decimal(10,2)", "NaN"],
  ["decimal(76,20)", "1.5"],
  ["decimal(40,2)", `1${"0".repeat(38)}.00`],
  ["decimal(40,0)", `1${"0".repeat(40)}`],
  ["decimal(3,5)", "0.12345"],
  ["number", "one"],
  ["float64", "1e400"],
  ["float64", "1e-400"],
  ["float32", "1e39"],
  ["float64", "inf"],
  ["bytes", "0g"],
  ["bytes", "123"],
  ["date", "2024-02-30"],
  ["date", "0000-01-01"],
  ["date", "-0044-01-01"],
  ["date", "2024-01-05 00:00:00"],
  ["time", "10:00:00.1234567"],
  ["time", "24:00:01"],
  ["time", "23:59:60"],
  ["timestamp", "2024-01-01 24:00:00"],
  ["timestamp", "2024-01-01 00:00:00.1234567"],
  ["timestamp", "2024-01-01 00:00:00+02"],
  ["timestamp", "300000-01-01 00:00:00"],
  ["timestamptz", "2024-01-01 00:00:00"],
  ["timestamptz", "2024-01-01 00:00:00+02"],
  ["uuid", "00000000000000000000000000000000"],
];

test.each(refused)("a text that is no %s is refused by column and value, not rounded: %s", async (type, text) => {
  await using workshop = await openWorkshop();
  for (const format of ["csv", "ndjson"] as const) {
    const attempt = workshop.dataset({
      columns: columns({ id: "int32", "the value": type }),
      rows: [
        ["1", null],
        ["2", text],
      ],
      format,
    });
    await expect(attempt).rejects.toMatchObject({
      code: "DATASET_UNREADABLE",
      message: expect.stringContaining(`column "the value" is ${type}, and ${JSON.stringify(text)}`),
    });
  }
});

test.each<[CanonicalType, string, string]>([
  ["decimal(10,2)", "1.1", "1.10"],
  ["time", "10:00:00", "10:00:00.000000"],
  ["timestamp", "2024-01-01 00:00:00.5", "2024-01-01 00:00:00.500000"],
  ["float64", "1.0", "1"],
  ["float64", "100000000000000000000", "1e+20"],
  ["bytes", "00FF", "00ff"],
])("a %s that an engine writes %s is kept as %s", async (type, text, kept) => {
  await using workshop = await openWorkshop();
  const dataset = await workshop.dataset({ columns: columns({ value: type }), rows: [[text]] });
  expect((await readCells({ tables: workshop.tables, dataset, limit: 1 })).rows).toEqual([[kept]]);
});

test("line breaks, quotes, commas, the text \\N and a cell of 9 MB survive a CSV", async () => {
  await using workshop = await openWorkshop();
  const long = `${"x".repeat(9_000_000)}"\r\n,`;
  const rows: Cell[][] = [
    ["\r\n", "\n", "\r"],
    [String.raw`\N`, null, ""],
    ['"', '","', '""\n"1","2","3"\n'],
    [long, "after", null],
    ["\n\n", "\\", "last"],
  ];
  const dataset = await workshop.dataset({ columns: columns({ a: "text", b: "text", c: "text" }), rows });
  expect((await readCells({ tables: workshop.tables, dataset, limit: 10 })).rows).toEqual(rows);
});

test("a cell of 5 MB survives NDJSON", async () => {
  await using workshop = await openWorkshop();
  const long = "x".repeat(5_000_000);
  const text = Buffer.from(`{"a":"first"}\n{"a":"${long}"}\n{"a":null}\n`);
  const dataset = await workshop.materialiseText({ text, format: "ndjson", columns: columns({ a: "text" }), rows: 3, key: [] });
  expect((await readCells({ tables: workshop.tables, dataset, limit: 10 })).rows).toEqual([["first"], [long], [null]]);
});

test("a dataset that was made can be opened at once", async () => {
  await using workshop = await openWorkshop();
  const { directory, manifest } = await workshop.dataset({ columns: columns({ n: "int32" }), rows: [["1"]] });
  expect((await readDataset(directory)).manifest).toEqual(manifest);
});

test("rows keep the order in which they were extracted, and the rest is counted", async () => {
  await using workshop = await openWorkshop();
  const rows = Array.from({ length: 5000 }, (_, index): Cell[] => [String((index * 7919) % 5000)]);
  const dataset = await workshop.dataset({ columns: columns({ n: "int32" }), rows });
  expect(await readCells({ tables: workshop.tables, dataset, limit: 4000 })).toMatchObject({ rows: rows.slice(0, 4000), more: 1000 });
});

const brokenFiles = [
  { title: "a field too few", format: "csv", rows: 2, text: '"1","a"\n"2"\n' },
  { title: "a field too many", format: "csv", rows: 2, text: '"1","a"\n"2","b","c"\n' },
  { title: "a quote that never closes", format: "csv", rows: 2, text: '"1","a"\n"2","b' },
  { title: "bytes that are no UTF-8", format: "csv", rows: 1, text: Buffer.from('"1","\xFF"\n', "latin1") },
  { title: "a number where text was agreed", format: "ndjson", rows: 1, text: '{"id":1,"v":"a"}\n' },
  { title: "a missing attribute", format: "ndjson", rows: 1, text: '{"id":"1"}\n' },
  { title: "an attribute too many", format: "ndjson", rows: 1, text: '{"id":"1","v":"a","w":"b"}\n' },
  { title: "a line cut short", format: "ndjson", rows: 2, text: '{"id":"1","v":"a"}\n{"id":"2","v"' },
  { title: "no Parquet in it", format: "parquet", rows: 0, text: "PAR1" },
] as const;

test.each(brokenFiles)("a file with $title is refused ($format)", async ({ format, rows, text }) => {
  await using workshop = await openWorkshop();
  const attempt = workshop.materialiseText({ format, rows, text, columns: columns({ id: "int32", v: "text" }) });
  await expect(attempt).rejects.toMatchObject({ code: "DATASET_UNREADABLE" });
});

test("fewer rows than the engine said it wrote are refused", async () => {
  await using workshop = await openWorkshop();
  const attempt = workshop.materialiseText({ format: "csv", text: '"1"\n"2"\n', columns: columns({ id: "int32" }), rows: 3 });
  await expect(attempt).rejects.toMatchObject({
    code: "DATASET_UNREADABLE",
    expected: "3 rows, as the engine said",
    got: "2 read, 2 after writing them",
  });
});

test("columns that cannot be compared are listed, not stored, and their table still has its rows", async () => {
  await using workshop = await openWorkshop();
  const point = { notComparable: "points have no canonical form" };
  const some = await workshop.dataset({ columns: columns({ where: point, id: "int32" }), rows: [["1"], ["2"]] });
  expect(some.manifest.columns.map(({ name }) => name)).toEqual(["where", "id"]);
  expect((await readCells({ tables: workshop.tables, dataset: some, limit: 5 })).rows).toEqual([["1"], ["2"]]);
  const none = await workshop.materialiseText({ format: "csv", text: "\n\n\n", columns: columns({ where: point }), rows: 3 });
  expect(none.manifest.rows).toBe(3);
});

const widenings: readonly (readonly [sql: string, type: CanonicalType, text: string | null])[] = [
  ["1::TINYINT", "int32", "1"],
  ["200::UTINYINT", "int16", "200"],
  ["200::UTINYINT", "int8", null],
  ["1::BIGINT", "int32", null],
  ["1::UBIGINT", "int64", null],
  ["1.5::DECIMAL(4,1)", "decimal(10,2)", "1.50"],
  ["1.55::DECIMAL(4,2)", "decimal(10,1)", null],
  ["1.5::DECIMAL(10,1)", "decimal(10,2)", null],
  ["0.5::FLOAT", "float64", "0.5"],
  ["0.5::DOUBLE", "float32", null],
  ["1::BIGINT", "float64", null],
  ["TIMESTAMPTZ '2024-01-01 00:00:00.123+00'", "timestamptz", "2024-01-01 00:00:00.123000+00"],
  ["TIMESTAMPTZ '2024-01-01 00:00:00+00'", "timestamp", null],
  ["TIMESTAMP_MS '2024-01-01 00:00:00.123'", "timestamp", "2024-01-01 00:00:00.123000"],
  ["TIMESTAMP_NS '2024-01-01 00:00:00.123456789'", "timestamp", null],
  ["DATE '2024-01-01'", "timestamp", null],
  ["DATE '2024-01-01'", "date", "2024-01-01"],
  ["'\\xC3\\xA9'::BLOB", "text", null],
  ["'12345678901234567890123.5'", "number", "12345678901234567890123.5"],
  ["'6F9619FF-8B86-D011-B42D-00CF4FC964FF'", "uuid", "6f9619ff-8b86-d011-b42d-00cf4fc964ff"],
  ["[1, 2]", "json", null],
  ["-0.0::DOUBLE", "float64", "-0"],
];

test.each(widenings)("Parquet's %s as %s gives %s", async (sql, type, text) => {
  await using workshop = await openWorkshop();
  const { tables } = workshop;
  const file = workshop.path("engine.parquet");
  await tables.writeParquet({
    select: `SELECT [{'deep': 1, 'wide': 2}] AS nested, ${sql} AS "V", 'x' AS v`,
    file,
    doing: "writing",
    dictionaries: false,
  });
  const attempt = materialise({
    tables,
    directory: workshop.path("dataset"),
    extraction: { format: "parquet", file, columns: columns({ V: type }), key: [] },
  });
  const read = await attempt.then(
    async (dataset) => (await readCells({ tables, dataset, limit: 1 })).rows[0]?.[0],
    (error: RehearseError) => `${error.code}: ${error.message}`,
  );
  expect(read).toBe(text ?? `DATASET_UNREADABLE: column "V" of ${file} cannot be read as ${type} without loss`);
});
