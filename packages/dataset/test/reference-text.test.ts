import fc from "fast-check";
import { expect, test } from "vitest";
import type { CanonicalType, Cell, StoredColumn } from "../src/index.ts";
import { objectSteps, sha256OfName } from "../src/references/object-name.ts";
import { asText, longestText, referenceCells, referenceLine } from "../src/references/reference-text.ts";

const column = (type: CanonicalType, name = "v"): StoredColumn => ({ name, type, source: type });

test.each<[CanonicalType, Cell, string]>([
  ["boolean", "true", "true"],
  ["boolean", "false", "false"],
  ["boolean", null, "null"],
  ["bytes", "00ff", '"AP8="'],
  ["bytes", "", '""'],
  ["int64", "9007199254740991", "9007199254740991"],
  ["int64", "9007199254740992", '"9007199254740992"'],
  ["int64", "-9007199254740991", "-9007199254740991"],
  ["uint256", "7", "7"],
  ["decimal(10,2)", "7.00", '"7.00"'],
  ["number", "7", '"7"'],
  ["float64", "0.1", "0.1"],
  ["float64", "0", "0"],
  ["float32", "-1.5", "-1.5"],
  ["float64", "-0", '"-0"'],
  ["float64", "NaN", '"NaN"'],
  ["float64", "-Infinity", '"-Infinity"'],
  ["text", "7", '"7"'],
  ["text", 'a"\n', String.raw`"a\"\n"`],
  ["json", "[1]", '"[1]"'],
])("a cell of %s that is %j stands in a line as %s, and is read from there again", (type, cell, json) => {
  expect(referenceLine([column(type)], [cell])).toBe(`{"v":${json}}`);
  expect(referenceCells([column(type)], `{"v":${json}}`)).toEqual([cell]);
});

test("a line has its columns in their order, a cell that is missing as NULL", () => {
  const columns = [column("int32", "2"), column("text", 'a"b'), column("boolean", "__proto__"), column("text", "1")];
  const line = referenceLine(columns, ["1", "x", "true"]);
  expect(line).toBe(String.raw`{"2":1,"a\"b":"x","__proto__":true,"1":null}`);
  expect(referenceCells(columns, line)).toEqual(["1", "x", "true", null]);
  expect(referenceCells(columns, String.raw`{ "1": "z", "__proto__": null, "a\"b": "", "2": "9007199254740993" }`)).toEqual([
    "9007199254740993",
    "",
    null,
    "z",
  ]);
  expect([referenceLine([], []), referenceCells([], "{}")]).toEqual(["{}", []]);
});

test.each<[CanonicalType, string, string]>([
  ["int32", "[1]", "a line is not an object"],
  ["int32", "null", "a line is not an object"],
  ["int32", "7", "a line is not an object"],
  ["int32", "{}", "a row has 0 columns, its manifest lists 1"],
  ["int32", '{"v":1,"w":2}', "a row has 2 columns, its manifest lists 1"],
  ["int32", '{"w":1}', 'a row lacks the column "v"'],
  ["boolean", '{"v":"true"}', 'the column "v" is boolean and cannot hold "true"'],
  ["boolean", '{"v":1}', 'the column "v" is boolean and cannot hold 1'],
  ["int32", '{"v":true}', 'the column "v" is int32 and cannot hold true'],
  ["float64", '{"v":false}', 'the column "v" is float64 and cannot hold false'],
  ["text", '{"v":7}', 'the column "v" is text and cannot hold 7'],
  ["number", '{"v":7}', 'the column "v" is number and cannot hold 7'],
  ["bytes", '{"v":7}', 'the column "v" is bytes and cannot hold 7'],
  ["text", '{"v":["a"]}', 'the column "v" is text and cannot hold ["a"]'],
  ["text", '{"v":{}}', 'the column "v" is text and cannot hold {}'],
])("a line of a column of %s that is %s is refused in a sentence", (type, line, message) => {
  expect(() => referenceCells([column(type)], line)).toThrow(message);
});

test("up to 1000 rows and a million bytes are text, and a checkout may add a byte to each line", () => {
  expect({ asText, longestText }).toEqual({ asText: { rows: 1000, bytes: 1_000_000 }, longestText: 1_001_000 });
});

test("bytes lie under their SHA-256, and only what is named so is taken for them", () => {
  const sha256 = fc.stringMatching(/^[0-9a-f]{64}$/);
  fc.assert(
    fc.property(sha256, (it) => {
      const steps = objectSteps(it);
      expect(steps).toEqual(["sha256", it.slice(0, 2), `${it}.parquet`]);
      expect(sha256OfName(steps.join("/"))).toBe(it);
      expect(sha256OfName(["/some/where", ...steps].join("/"))).toBe(it);
      expect(sha256OfName(`/some/where/a${steps.join("/")}`)).toBeNull();
      expect(sha256OfName(`${steps.join("/")}.tmp`)).toBeNull();
    }),
  );
  const name = "ab".padEnd(64, "0");
  expect(sha256OfName(`sha256/ac/${name}.parquet`)).toBeNull();
  expect(sha256OfName(`sha256/ab/${name.slice(1)}.parquet`)).toBeNull();
  expect(sha256OfName(`sha256/ab/${name.toUpperCase()}.parquet`)).toBeNull();
});
