import { afterAll, beforeAll, expect, test } from "vitest";
import { nanosecondsOf } from "../src/compare/nanoseconds.ts";
import type { CanonicalType } from "../src/index.ts";
import { storageType } from "../src/types/storage-type.ts";
import { openWorkshop, type TableWorkshop } from "./support/table-workshop.ts";

let workshop: TableWorkshop;
beforeAll(async () => {
  workshop = await openWorkshop();
});
afterAll(() => workshop[Symbol.asyncDispose]());

test.each<[CanonicalType, string, string | null]>([
  ["date", "1970-01-01", "0"],
  ["date", "1970-01-04", "259200000000000"],
  ["date", "1969-12-31", "-86400000000000"],
  ["date", "infinity", null],
  ["date", "-infinity", null],
  ["time", "00:00:00", "0"],
  ["time", "23:45:12.345678", "85512345678000"],
  ["time_ns", "00:00:00.000000000", "0"],
  ["time_ns", "23:45:12.345678901", "85512345678901"],
  ["time_ns", "10:20:30.000000007", "37230000000007"],
  ["timestamp", "1970-01-01 00:00:00.000001", "1000"],
  ["timestamp", "2024-02-29 12:34:56.789012", "1709210096789012000"],
  ["timestamp", "9999-12-31 23:59:59.999999", "253402300799999999000"],
  ["timestamp", "infinity", null],
  ["timestamp_ns", "1970-01-01 00:00:00.000000001", "1"],
  ["timestamp_ns", "2024-02-29 12:34:56.789012345", "1709210096789012345"],
  ["timestamp_ns", "infinity", null],
  ["timestamp_ns", "-infinity", null],
  ["timestamptz", "2024-02-29 12:34:56.789012+00", "1709210096789012000"],
  ["timestamptz", "-infinity", null],
  ["timestamptz_ns", "2024-02-29 12:34:56.789012345", "1709210096789012345"],
])("a %s of %s is %s nanoseconds", async (type, text, nanoseconds) => {
  const value = `'${text}'::${storageType(type)}`;
  expect(await workshop.tables.query(`SELECT ${nanosecondsOf(type, value)}`, "testing")).toEqual([[nanoseconds]]);
  expect(await workshop.tables.query(`SELECT ${nanosecondsOf(type, `NULL::${storageType(type)}`)}`, "testing")).toEqual([[null]]);
});
