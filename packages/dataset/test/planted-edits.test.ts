import { expect, test } from "vitest";
import { compareDatasets, type CanonicalType, type Cell } from "../src/index.ts";
import { columns, openWorkshop } from "./support/table-workshop.ts";

/** One cell of one row, before and after, as close together as values of a type can be. */
const edits: readonly { title: string; type: CanonicalType; from: Cell; to: Cell; delta: string | null }[] = [
  { title: "the string '1' and the number 1 in JSON", type: "json", from: '{"a":"1"}', to: '{"a":1}', delta: null },
  { title: "NULL and the empty text", type: "text", from: null, to: "", delta: null },
  { title: "2^53 and 2^53 + 1", type: "int64", from: "9007199254740992", to: "9007199254740993", delta: "1" },
  {
    title: "the last microsecond",
    type: "timestamptz",
    from: "2024-01-05 10:00:00.000000+00",
    to: "2024-01-05 10:00:00.000001+00",
    delta: null,
  },
  { title: "0 and -0", type: "float64", from: "0", to: "-0", delta: "0" },
  { title: "1.1 and 1.10 in an exact number", type: "number", from: "1.1", to: "1.10", delta: "0.00" },
  { title: "a trailing space", type: "text", from: "plan", to: "plan ", delta: null },
  { title: "the two unicode normal forms of é", type: "text", from: "é", to: "e\u0301", delta: null },
  { title: "NaN and NULL", type: "float64", from: "NaN", to: null, delta: null },
  {
    title: "one unit in the last place of a double",
    type: "float64",
    from: "0.3",
    to: "0.30000000000000004",
    delta: "0.00000000000000004",
  },
  { title: "infinity and the largest double", type: "float64", from: "Infinity", to: "1.7976931348623157e+308", delta: null },
  { title: "2^64 - 1 and 2^64 - 2", type: "uint64", from: "18446744073709551615", to: "18446744073709551614", delta: "-1" },
  {
    title: "the last digit of a wide decimal",
    type: "decimal(38,10)",
    from: "9999999999999999999999999999.9999999999",
    to: "9999999999999999999999999999.9999999998",
    delta: "-0.0000000001",
  },
  { title: "what stands behind a NUL", type: "text", from: "a\0b", to: "a\0c", delta: null },
  { title: "bytes that are no UTF-8", type: "bytes", from: "ff00", to: "ff01", delta: null },
  { title: "NULL and the text NULL", type: "text", from: null, to: "NULL", delta: null },
  { title: "a byte order mark", type: "text", from: "a", to: "\uFEFFa", delta: null },
  { title: "44 BC and 44 AD", type: "date", from: "0044-03-15 BC", to: "0044-03-15", delta: null },
];

test.each(edits)("one cell among 300 rows is found in its column: $title", async ({ type, from, to, delta }) => {
  await using workshop = await openWorkshop();
  const table = (edited: Cell) => ({
    columns: columns({ id: "int32", other: "text", value: type }),
    rows: Array.from({ length: 300 }, (_, id): Cell[] => [String(id), "same", id === 170 ? edited : from]),
    key: ["id"],
  });
  const [reference, current] = [await workshop.dataset(table(from)), await workshop.dataset(table(to))];
  const found = await compareDatasets({ tables: workshop.tables, reference, current, rules: { ignore: [] } });
  expect(found).toMatchObject({ verdict: "different", added: 0, removed: 0, changed: 1, columns: [{ name: "value", changed: 1 }] });
  expect(found.examples.changed).toEqual([{ key: ["170"], cells: [{ column: "value", reference: from, current: to, delta }] }]);
  const withoutKey = await compareDatasets({ tables: workshop.tables, reference, current, rules: { ignore: ["id"] } });
  expect(withoutKey).toMatchObject({ matching: { by: "multiset" }, added: 1, removed: 1 });
  expect(withoutKey.examples).toMatchObject({ added: [["same", to]], removed: [["same", from]] });
});
