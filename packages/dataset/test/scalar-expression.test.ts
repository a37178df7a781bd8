import { afterAll, beforeAll, expect, test } from "vitest";
import { parseExpression } from "../src/compare/scalar-expression.ts";
import { openWorkshop, type TableWorkshop } from "./support/table-workshop.ts";

let workshop: TableWorkshop;
beforeAll(async () => {
  workshop = await openWorkshop();
});
afterAll(() => workshop[Symbol.asyncDispose]());

test.each<[string, readonly (readonly string[])[]]>([
  ["1", []],
  ["a", [["a"]]],
  ["a + b * a", [["a"], ["b"], ["a"]]],
  ["reference.a > a", [["reference", "a"], ["a"]]],
  ["x.y.z", [["x", "y", "z"]]],
  ["CASE WHEN a BETWEEN b AND 3 THEN lower(c)::INT ELSE -d END", [["a"], ["b"], ["c"], ["d"]]],
  ["a COLLATE NOCASE = b IS NULL", [["a"], ["b"]]],
  ["a IN (b, 2) OR NOT c", [["a"], ["b"], ["c"]]],
  ["list_transform(a, lambda x: x + b)", [["a"], ["b"]]],
  ["list_transform(a, lambda x: list_transform(x, lambda y: x + y + z))", [["a"], ["z"]]],
  ["list_transform(a, lambda x: x + 1) + x", [["a"], ["x"]]],
  ["list_reduce(a, lambda x, y: x + y)", [["a"]]],
  ["a -> '$.b'", [["a"]]],
  ["reference.a -> '$.b'", [["reference", "a"]]],
  ["a -- with a comment", [["a"]]],
])("%s names the columns %j", async (sql, columns) => {
  const parsed = await parseExpression(workshop.tables, sql);
  if ("fault" in parsed) throw new Error(parsed.fault);
  const text = (names: readonly string[]): string => names.join(".");
  expect(parsed.columns.map(text).toSorted()).toEqual(columns.map(text).toSorted());
});

test.each([
  ["a\0", "it holds a NUL character"],
  ["a), (b", "it is more than one expression"],
  ["a) FROM t WHERE (b", "it is more than one expression"],
  ["a) FROM t --", "syntax error"],
  ["a) WHERE (b", "it is more than one expression"],
  ["a); SELECT (b", "it is more than one expression"],
  ["true) LIMIT (1", "it is more than one expression"],
  ["true) GROUP BY (1", "it is more than one expression"],
  ["true) ORDER BY (1", "it is more than one expression"],
  ["true) HAVING (true", "it is more than one expression"],
  ["true) QUALIFY (true", "it is more than one expression"],
  ["true) USING SAMPLE (1", "it is more than one expression"],
  ["true) UNION SELECT (true", "it is more than one expression"],
  ["a -> (select 1)", "a subquery cannot be part of it"],
  ["list_transform((select [1]), lambda x: x)", "a subquery cannot be part of it"],
  ["list_transform(a, lambda x: (select x))", "a subquery cannot be part of it"],
  ["CASE WHEN a THEN 1 ELSE $1 END", "a parameter cannot be part of it"],
  ["[1, #2]", "a column by its position cannot be part of it"],
  ["sum(a) OVER ()", "a window function cannot be part of it"],
  ["LOWER(a) = RANDOM()", "the function random cannot be part of it: it does not work out one value from values alone, always the same"],
  ["Now()", "the function now cannot be part of it"],
  ["nosuch(a)", "there is no function nosuch"],
])("%j is no such expression", async (sql, fault) => {
  expect(await parseExpression(workshop.tables, sql)).toEqual({ fault: expect.stringContaining(fault) });
});

test.each([
  ["lower(", 7],
  ["a b", 3],
  ["'é' || '€' b c", 12],
  ["'😀' b c", 5],
  ["lower('é'", 10],
  [")", 1],
  ["", 1],
])("a text that is no SQL is refused with the character, not the byte: %j", async (sql, character) => {
  const parsed = await parseExpression(workshop.tables, sql);
  expect("fault" in parsed ? /\(character (\d+)\)$/.exec(parsed.fault)?.[1] : parsed).toBe(String(character));
});

test.each([
  "list_sort(a)",
  "array_length(a)",
  "split_part(a, ',', 1)",
  "nullif(a, b)",
  "json(a)",
  "fdiv(a, b)",
  "date_add(a, INTERVAL 1 DAY)",
  "abs(a)",
  "upper(a)",
])("a function of values alone may be part of it: %s", async (sql) => {
  expect(await parseExpression(workshop.tables, sql)).toMatchObject({ columns: expect.arrayContaining([["a"]]) });
});

test.each([
  "current_setting('x')",
  "getvariable('x')",
  "in_search_path('a', 'b')",
  "max(a)",
  "unnest(a)",
  "current_query()",
  "current_database()",
])("a function of rows, of the session or of the server may not: %s", async (sql) => {
  expect(await parseExpression(workshop.tables, sql)).toEqual({ fault: expect.stringContaining("cannot be part of it") });
});
