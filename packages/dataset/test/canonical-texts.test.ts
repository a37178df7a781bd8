import { afterAll, beforeAll, expect, test } from "vitest";
import type { CanonicalType } from "../src/index.ts";
import { literal } from "../src/tables/sql-text.ts";
import { fromText, toText } from "../src/types/canonical-text.ts";
import { differs, identityOf, orderOf } from "../src/types/row-order.ts";
import { rowText } from "../src/types/row-text.ts";
import { openWorkshop, type TableWorkshop } from "./support/table-workshop.ts";

let workshop: TableWorkshop;
beforeAll(async () => {
  workshop = await openWorkshop();
});
afterAll(() => workshop[Symbol.asyncDispose]());

/** The text that is written of what is read from another. */
async function again(type: CanonicalType, text: string | null): Promise<string | null> {
  const from = `(SELECT ${text === null ? "NULL::VARCHAR" : literal(text)} AS t)`;
  const rows = await workshop.tables.query(
    `SELECT ${toText(type, "v")} FROM (SELECT ${fromText({ type, text: "t", column: "c" })} AS v FROM ${from})`,
    "testing",
  );
  return rows[0]?.[0] ?? null;
}

const texts: readonly (readonly [type: CanonicalType, ...texts: readonly (string | readonly [string, string])[]])[] = [
  ["boolean", "true", "false"],
  ["int8", "-128", "127", ["-0", "0"], ["007", "7"]],
  ["int128", "0", String(2n ** 127n - 1n), String(-(2n ** 127n)), "-9", `9${"0".repeat(37)}`],
  ["uint128", "0", String(2n ** 128n - 1n)],
  ["uint256", String(2n ** 256n - 1n), "5"],
  ["decimal(5,2)", ["1", "1.00"], "-0.01"],
  ["decimal(40,2)", ["-0.00", "0.00"], "-0.01", "10.00"],
  ["decimal(40,0)", ["-0", "0"], "-10"],
  ["float32", ["0.10000000149", "0.1"], ["1.0", "1"], "-0", "NaN", "-Infinity", "Infinity"],
  ["float64", ["0e5", "0"], ["0.000e-9", "0"], ["-0.0", "-0"], "5e-324"],
  ["bytes", "", ["00aF", "00af"]],
  ["date", "0001-01-01 BC", "9999-12-31", "infinity", "-infinity", "12345-01-01"],
  ["time", ["10:00:00", "10:00:00.000000"], ["10:00:00.5", "10:00:00.500000"], "24:00:00.000000", ["24:00:00", "24:00:00.000000"]],
  ["time_ns", ["10:00:00", "10:00:00.000000000"], ["10:00:00.5", "10:00:00.500000000"], "23:59:59.123456789"],
  [
    "timestamp",
    ["2024-01-01 00:00:00", "2024-01-01 00:00:00.000000"],
    "0001-01-01 00:00:00.000000",
    "0001-12-31 23:59:59.000001 BC",
    "-infinity",
  ],
  [
    "timestamptz",
    ["2024-01-01 00:00:00+00", "2024-01-01 00:00:00.000000+00"],
    "294246-12-31 23:59:59.999999+00",
    "0044-03-15 10:00:00.000000+00 BC",
    "12345-01-01 00:00:00.000000+00",
  ],
  ["timestamp_ns", ["2024-01-01 00:00:00.5", "2024-01-01 00:00:00.500000000"], "1969-12-31 23:59:59.999999999", "infinity"],
  [
    "timestamptz_ns",
    ["2024-01-01 00:00:00+00", "2024-01-01 00:00:00.000000000+00"],
    "1677-09-22 00:12:43.145224193+00",
    "1969-12-31 23:59:59.999999999+00",
    "2262-04-11 23:47:16.854775806+00",
    "-infinity",
  ],
  ["uuid", ["6F9619FF-8B86-D011-B42D-00CF4FC964FF", "6f9619ff-8b86-d011-b42d-00cf4fc964ff"]],
  ["json", ['{"b":1.0, "a":[]}', '{"a":[],"b":1}']],
  ["interval", "1 mon -2 day 3 us", "infinity"],
  ["number", "1.10", "NaN"],
  ["list(int8)", "[]", ['[ "007" , null]', '["7",null]']],
  ["list(list(decimal(5,2)))", ['[["1"],[],null,[null,"2.5"]]', '[["1.00"],[],null,[null,"2.50"]]']],
  ["map(text,int8)", ['[["b","1"],["a",null],["b","0"]]', '[["a",null],["b","0"],["b","1"]]']],
  ["map(int8,list(int8))", ['[["10",["01"]],["9",null]]', '[["10",["1"]],["9",null]]']],
  ['struct("a" int8, "b/~" text)', ['{"b/~":"x","a":"01"}', '{"a":"1","b/~":"x"}'], '{"a":null,"b/~":null}'],
  ['struct("a" struct("a" float32, "b" list(text)))', ['{"a":{"a":"1.0","b":["\\u0041"]}}', '{"a":{"a":"1","b":["A"]}}'], '{"a":null}'],
];

test.each(texts.map(([type, ...all]) => ({ type, all })))(
  "$type is read from its texts, and written as the one of its value",
  async ({ type, all }) => {
    for (const text of all) {
      const [given, kept] = typeof text === "string" ? [text, text] : text;
      expect([given, await again(type, given)]).toEqual([given, kept]);
    }
    expect(await again(type, null)).toBeNull();
  },
);

const refused: readonly (readonly [type: CanonicalType, ...texts: readonly string[]])[] = [
  ["int128", String(2n ** 127n), String(-(2n ** 127n) - 1n), `1${"0".repeat(39)}`, `-1${"0".repeat(39)}`],
  ["uint128", String(2n ** 128n), "-1"],
  ["uint256", String(2n ** 256n), `1${"0".repeat(78)}`],
  ["int256", String(2n ** 255n), String(-(2n ** 255n) - 1n)],
  ["float32", "1e39", "-1e39", "1e-60", "-0.1e-60"],
  ["float64", "1e400", "-1e400", "1e-400", "0.001e-400"],
  ["date", "0000-01-01", "0000-01-01 BC", "2023-02-29"],
  ["timestamp", "0000-01-01 00:00:00"],
  ["timestamp_ns", "2300-01-01 00:00:00"],
  ["timestamptz_ns", "1600-01-01 00:00:00+00"],
  ["json", "{", "01"],
  ["list(int8)", "", "7", "{}", "null", "[1]", '["128"]', '[["1"]]', "[true]"],
  ["list(list(text))", '["a"]', "[{}]", "[[1]]"],
  ["map(text,int8)", "{}", '[["a"]]', '[["a","1","2"]]', '["a"]', '[["a",1]]', '[["a","x"]]', "[[]]"],
  [
    'struct("a" int8, "b" text)',
    "[]",
    '{"a":"1"}',
    '{"a":"1","c":"x"}',
    '{"a":"1","b":"x","c":"y"}',
    '{"a":1,"b":"x"}',
    "{}",
    '{"a":"1","A":"x"}',
  ],
];

test.each(refused.map(([type, ...all]) => ({ type, all })))("a text that is no $type is refused by its column", async ({ type, all }) => {
  for (const text of all)
    await expect(again(type, text), text).rejects.toMatchObject({ message: expect.stringContaining('column "c" is ') });
});

test("of a refused text no more than 200 letters are shown", async () => {
  await expect(again("int128", `1${"2".repeat(300)}`)).rejects.toMatchObject({
    message: expect.stringContaining(`and "1${"2".repeat(199)}" is no such value`),
  });
});

const ordered: readonly (readonly [type: CanonicalType, ...inOrder: readonly string[]])[] = [
  ["int32", "-2", "-1", "0", "9", "10"],
  ["int256", "-10", "-9", "0", "9", "10", "9007199254740992", "9007199254740993"],
  ["decimal(40,2)", "-10.00", "-9.00", "9.00", "10.00", "11.00"],
  ["number", "-1e3", "9", "10", "1e3", "1e4"],
  ["float64", "-Infinity", "-1", "-0", "0", "9", "10", "Infinity", "NaN"],
  ["text", "10", "9", "a", "é"],
  [
    "interval",
    "-1 mon 0 day 0 us",
    "0 mon -3 day 0 us",
    "0 mon 9 day 10 us",
    "0 mon 10 day 9 us",
    "9 mon 0 day -10 us",
    "9 mon 0 day -9 us",
    "9 mon 0 day 9 us",
    "9 mon 0 day 10 us",
    "10 mon 0 day 0 us",
  ],
];

test.each(ordered.map(([type, ...inOrder]) => ({ type, inOrder })))(
  "values of $type are sorted as people expect",
  async ({ type, inOrder }) => {
    const values = inOrder.toReversed().map((text) => `(${fromText({ type, text: literal(text), column: "c" })})`);
    const sorted = await workshop.tables.query(
      `SELECT ${toText(type, "v")} FROM (SELECT unnest([${values.join(", ")}]) AS v) ORDER BY ${orderOf(type, "v").join(", ")}`,
      "testing",
    );
    expect(sorted.map(([text]) => text)).toEqual(inOrder);
  },
);

test("floats differ by the sign of zero, NaN and NULL from themselves by nothing", async () => {
  const values = ["NULL::DOUBLE", "0::DOUBLE", "'-0'::DOUBLE", "'NaN'::DOUBLE", "1::DOUBLE", "(-1)::DOUBLE"];
  const pairs = values.flatMap((a) =>
    values.map((b) => `${differs("float64", [a, b])}, ${identityOf("float64", a)} IS DISTINCT FROM ${identityOf("float64", b)}`),
  );
  const [found = []] = await workshop.tables.query(`SELECT ${pairs.join(", ")}`, "testing");
  expect(found).toEqual(values.flatMap((a) => values.flatMap((b) => [String(a !== b), String(a !== b)])));
  const [integers = []] = await workshop.tables.query(
    `SELECT ${differs("int8", ["1", "NULL"])}, ${differs("int8", ["NULL", "NULL"])}, ${differs("int8", ["1", "1"])}`,
    "testing",
  );
  expect(integers).toEqual(["true", "false", "false"]);
});

test("the text of a row has a mark for NULL and the length of every other cell in bytes", async () => {
  const text = rowText(["'é'", "NULL", "''", "'-'"]);
  expect(await workshop.tables.query(`SELECT ${text}, ${rowText([])}`, "testing")).toEqual([["2:é-0:1:-", ""]]);
});
