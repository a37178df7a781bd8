import { copyFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { openSides } from "../src/index.ts";
import { int64, int96, physical, writePlainParquet, type PlainNode } from "./support/plain-parquet.ts";
import { sideCells } from "./support/side-cells.ts";
import { openWorkshop } from "./support/table-workshop.ts";
import { bool, int, struct } from "./support/thrift-compact.ts";

const folder = path.join(import.meta.dirname, "parquet-files");
const epoch = 2_440_588n;
const day = 86_400_000_000_000n;
/** An instant of so many nanoseconds since 1970. */
const at = (nanoseconds: bigint): Buffer => {
  const rest = ((nanoseconds % day) + day) % day;
  return int96((nanoseconds - rest) / day + epoch, rest);
};
const column96 = (...rows: readonly Buffer[]): PlainNode => ({ name: "v", physical: physical.int96, rows });
const nano = struct([3, struct()]);

async function read(...columns: readonly PlainNode[]) {
  await using workshop = await openWorkshop();
  const file = workshop.path("plain.parquet");
  await writePlainParquet(file, columns);
  return await sideCells(workshop, file);
}

test("INT96 is read from all of its bytes", async () => {
  expect(await read(column96(int96(0x04_03_02_01n, 0x08_07_06_05_04_03_05_20n), at(-62_135_596_800n * 10n ** 9n), at(1000n)))).toEqual({
    columns: { v: "timestamp" },
    rows: [["179583-10-03 21:08:15.752308"], ["0001-01-01 00:00:00.000000"], ["1970-01-01 00:00:00.000001"]],
  });
});

test("INT96 of nanoseconds is compared as far as nanoseconds reach", async () => {
  const most = 2n ** 63n - 2n;
  expect(await read(column96(at(most), at(-9_223_286_400n * 10n ** 9n), at(1n), at(0n)))).toEqual({
    columns: { v: "timestamp_ns" },
    rows: [
      ["2262-04-11 23:47:16.854775806"],
      ["1677-09-22 00:00:00.000000000"],
      ["1970-01-01 00:00:00.000000001"],
      ["1970-01-01 00:00:00.000000000"],
    ],
  });
  for (const beyond of [most + 1n, -most - 1n, 10n ** 20n + 1n])
    for (const rows of [
      [at(beyond), at(0n)],
      [at(1n), at(beyond)],
    ])
      expect(await read(column96(...rows))).toEqual({
        columns: { v: { notComparable: "its INT96 hold nanoseconds beyond the years 1677 to 2262" } },
        rows: [],
      });
});

test("a column of INT96 that is not compared keeps its place and its source among others", async () => {
  await using workshop = await openWorkshop();
  const file = workshop.path("plain.parquet");
  const a: PlainNode = { name: "a", physical: physical.int64, rows: [int64(5n)] };
  const c: PlainNode = {
    name: "c",
    physical: physical.int64,
    fields: [[10, struct([7, struct([1, bool(false)], [2, nano])])]],
    rows: [int64(1n)],
  };
  await writePlainParquet(file, [a, column96(at(2n ** 63n)), c]);
  const { reference } = await openSides({ tables: workshop.tables, reference: file, current: file, types: {} });
  expect(reference.columns).toEqual([
    { name: "a", source: "int64", type: "int64" },
    { name: "v", source: "TIMESTAMP", type: { notComparable: "its INT96 hold nanoseconds beyond the years 1677 to 2262" } },
    { name: "c", source: "time_ns", type: "time_ns" },
  ]);
  expect((await sideCells(workshop, file)).rows).toEqual([["5", "00:00:00.000000001"]]);
});

test("times in nanoseconds are read to the last one", async () => {
  const second = 10n ** 9n;
  const times = [0n, second - 1n, second, 60n * second, 3600n * second, 23n * 3600n * second, day - second, day - 1n, 45_296_000_000_789n];
  const v: PlainNode = {
    name: "v",
    physical: physical.int64,
    fields: [[10, struct([7, struct([1, bool(true)], [2, nano])])]],
    rows: times.map(int64),
  };
  expect(await read(v)).toEqual({
    columns: { v: "time_ns" },
    rows: [
      "00:00:00.000000000",
      "00:00:00.999999999",
      "00:00:01.000000000",
      "00:01:00.000000000",
      "01:00:00.000000000",
      "23:00:00.000000000",
      "23:59:59.000000000",
      "23:59:59.999999999",
      "12:34:56.000000789",
    ].map((text) => [text]),
  });
});

test.each([
  [38, 2, 16, "99999999999999999.99"],
  [39, 0, 17, "9999999999999999999"],
  [39, 39, 17, "0.000000000000000000009999999999999999999"],
  [50, 3, 21, "9999999999999999.999"],
])("a decimal of %i digits, %i of them behind the point, is exact", async (precision, scale, length, text) => {
  const bytes = (value: bigint): Buffer =>
    Buffer.from(
      BigInt.asUintN(length * 8, value)
        .toString(16)
        .padStart(length * 2, "0"),
      "hex",
    );
  const rows = [10n ** 19n - 1n, -1n, 0n].map(bytes);
  const v: PlainNode = {
    name: "v",
    physical: physical.fixed,
    length,
    fields: [
      [6, int(5)],
      [7, int(scale)],
      [8, int(precision)],
    ],
    rows,
  };
  const zeros = (digit: string): string => (scale === 0 ? digit : `0.${digit.padStart(scale, "0")}`);
  expect(await read(v)).toEqual({ columns: { v: `decimal(${precision},${scale})` }, rows: [[text], [`-${zeros("1")}`], [zeros("0")]] });
});

const leaf = (name: string): PlainNode => ({ name, physical: physical.int64, rows: [int64(1n)] });
const twins = { notComparable: "two of its fields have names that differ by case only" };

test.each<[title: string, children: readonly PlainNode[], type: unknown]>([
  ["one field", [leaf("a")], 'struct("a" int64)'],
  [
    "fields of one name at different places",
    [leaf("a"), { name: "b", children: [leaf("a"), leaf("b")] }],
    'struct("a" int64, "b" struct("a" int64, "b" int64))',
  ],
  ["twins at its end", [leaf("a"), leaf("b"), leaf("c"), leaf("C")], twins],
  ["twins around a group", [leaf("a"), { name: "b", children: [leaf("x"), leaf("y")] }, leaf("A")], twins],
  ["twins of which one is a group", [{ name: "É", children: [leaf("x")] }, leaf("é")], twins],
  [
    "twins within a group behind others",
    [leaf("a"), { name: "b", children: [leaf("c"), { name: "d", children: [leaf("e"), leaf("E")] }] }],
    twins,
  ],
])("a group with %s is compared only where all names differ by more than case", async (_title, children, type) => {
  expect((await read({ name: "v", children }, leaf("V"))).columns).toEqual({ v: type, V: "int64" });
});

describe.each([
  { unit: "microseconds", ofUnit: [[2, struct()]], perDay: day / 1000n, midnight: "24:00:00.000000" },
  { unit: "nanoseconds", ofUnit: [[3, struct()]], perDay: day, midnight: "24:00:00.000000000" },
] as const)("times in $unit", ({ unit, ofUnit, perDay, midnight }) => {
  const column = (rows: readonly bigint[]): PlainNode => ({
    name: "v",
    physical: physical.int64,
    fields: [[10, struct([7, struct([1, bool(false)], [2, struct(...ofUnit)])])]],
    rows: rows.map(int64),
  });

  test("end with the day", async () => {
    const [first] = (await read(column([0n]))).rows.flat();
    expect((await read(column([perDay, 0n]))).rows).toEqual([[midnight], [first]]);
  });

  test.each([-1n, perDay + 1n, 100n * perDay, 2n ** 61n, 2n ** 63n - 1n, -(2n ** 63n)])(
    "are refused where no day has them: %d",
    async (time) => {
      await expect(read(column([0n, time]))).rejects.toMatchObject({
        code: "DATASET_UNREADABLE",
        message: expect.stringContaining(`column "v" is a time, and ${time} ${unit} after midnight are none of a day`),
      });
    },
  );
});

test("files of one type that are read in two ways are not one table", async () => {
  await using workshop = await openWorkshop();
  for (const name of ["timestamp-micros", "int96-micros"])
    await copyFile(path.join(folder, `${name}.parquet`), path.join(workshop.directory, `${name}.parquet`));
  await expect(sideCells(workshop, workshop.directory)).rejects.toMatchObject({
    code: "DATASET_UNREADABLE",
    message: expect.stringContaining("timestamp-micros.parquet has other columns than"),
    expected: '"v" timestamp, read from its bytes',
    got: '"v" timestamp',
  });
});

test("intervals are their months, days and microseconds, by themselves and within a list", async () => {
  await using workshop = await openWorkshop();
  const { tables } = workshop;
  const file = workshop.path("intervals.parquet");
  const values = ["1 year 2 months 3 days 4 hours 5 minutes 6.789 seconds", "0 seconds", "11 months 40 days 30 hours"];
  const select = `SELECT v, [v, NULL] AS l FROM (SELECT unnest([${values.map((value) => `INTERVAL '${value}'`).join(", ")}]) AS v)`;
  await tables.writeFile({ select, file, form: "FORMAT parquet", doing: "testing" });
  const texts = ["14 mon 3 day 14706789000 us", "0 mon 0 day 0 us", "11 mon 40 day 108000000000 us"];
  expect(await sideCells(workshop, file)).toEqual({
    columns: { v: "interval", l: "list(interval)" },
    rows: texts.map((text) => [text, `["${text}",null]`]),
  });
});
