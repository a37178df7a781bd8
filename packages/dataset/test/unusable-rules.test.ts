import { expect, test } from "vitest";
import type { CanonicalType, ColumnRules } from "../src/index.ts";
import { compare } from "./support/compare-sides.ts";
import { columns } from "./support/table-workshop.ts";

const wrongRules: readonly { title: string; column?: CanonicalType; rules: ColumnRules; path: readonly string[]; says: string }[] = [
  { title: "trim of a number", column: "int32", rules: { trim: true }, path: ["columns", "v", "trim"], says: "`trim` is for text" },
  { title: "parts of a text", rules: { json: { ignorePaths: ["/a"] } }, path: ["columns", "v", "json"], says: "`json` is for json" },
  { title: "an unordered text", rules: { unordered: true }, path: ["columns", "v", "unordered"], says: "`unordered` is for a list" },
  {
    title: "steps of a decimal",
    column: "decimal(9,2)",
    rules: { tolerance: { abs: "1", ulp: 1 } },
    path: ["columns", "v", "tolerance", "ulp"],
    says: "`ulp` is for float32 or float64",
  },
  {
    title: "a time between numbers",
    column: "int32",
    rules: { tolerance: { timeUs: 1 } },
    path: ["columns", "v", "tolerance", "time"],
    says: "`time` is for a date",
  },
  ...[
    ["lower(value", "syntax error at end of input (character 12)"],
    ["lower(value))", "(character 14)"],
    [")", "(character 1)"],
    ["nolower(value)", "there is no function nolower"],
    ["id", "only `value` is known to it"],
    ["(select 1)", "a subquery cannot be part of it"],
    ["value), (1", "it is more than one expression"],
    ["value) FROM read_text('/etc/passwd') WHERE (true", "it is more than one expression"],
    ["value; DROP TABLE x", "syntax error"],
    ["max(value)", "the function max cannot be part of it"],
    ["row_number() over ()", "a window function cannot be part of it"],
    ["random()::varchar", "the function random cannot be part of it"],
    ["now()::varchar", "the function now cannot be part of it"],
    ["current_setting('home_directory')", "the function current_setting cannot be part of it"],
    ["getvariable('x')", "the function getvariable cannot be part of it"],
    ["read_text(value)", "the function read_text cannot be part of it"],
    ["current_query()", "the function current_query cannot be part of it"],
    ["get_block_size('x')", "the function get_block_size cannot be part of it"],
    ["nextval('x')", "the function nextval cannot be part of it"],
    ["write_log(value)", "the function write_log cannot be part of it"],
    ["list_transform([value], lambda x: random())[1]::varchar", "the function random cannot be part of it"],
    ["COLUMNS(*)", "a star cannot be part of it"],
    ["$1", "a parameter cannot be part of it"],
    ["#1", "a column by its position cannot be part of it"],
    ["current_user", "only `value` is known to it"],
    ["value + 1", "No function matches"],
    ["string_split(value, ',')", "which is not compared: cast it"],
    ["value\0", "NUL"],
  ].map(([transform = "", says = ""]) => ({
    title: `the transform ${JSON.stringify(transform)}`,
    rules: { transform },
    path: ["columns", "v", "transform"],
    says,
  })),
];

test.each(wrongRules)("is refused with its place: $title", async ({ column = "text", rules, path, says }) => {
  const side = { columns: columns({ id: "int32", v: column }), rows: [["1", null]], key: ["id"] };
  await expect(compare({ reference: side, current: side, rules: { columns: { v: rules } } })).rejects.toMatchObject({
    code: "CONFIG_INVALID",
    message: expect.stringContaining(says),
    problem: { path },
  });
});

test("a rule for a column that neither side has is refused", async () => {
  const table = { columns: columns({ id: "int32", v: "text" }), rows: [["1", "a"]] };
  await expect(compare({ reference: table, current: table, rules: { columns: { V: { trim: true } } } })).rejects.toMatchObject({
    code: "CONFIG_INVALID",
    problem: { path: ["columns", "V"] },
  });
});

test("a tolerance of a column of the key is refused: rows are matched by equal keys", async () => {
  const table = { columns: columns({ id: "int32", v: "text" }), rows: [["1", "a"]] };
  await expect(
    compare({ reference: table, current: table, rules: { key: ["id"], columns: { id: { tolerance: { abs: "1" } } } } }),
  ).rejects.toMatchObject({ code: "CONFIG_INVALID", problem: { path: ["columns", "id", "tolerance"] } });
});

test("a transform that stops at a value is the fault of the rule, and of the one that stops", async () => {
  const table = { columns: columns({ id: "int32", v: "text", w: "text" }), rows: [["1", "a", "7"]], key: ["id"] };
  const rules = { columns: { w: { transform: "value::INT" }, v: { transform: "CASE WHEN value = 'a' THEN value::INT ELSE 1 END" } } };
  const changed = { ...table, rows: [["1", "b", "8"]] };
  await expect(compare({ reference: table, current: changed, rules })).rejects.toMatchObject({
    code: "CONFIG_INVALID",
    message: expect.stringContaining("Could not convert string 'a' to INT32"),
    problem: { path: ["columns", "v", "transform"], expected: expect.stringContaining("`value`, which is text here") },
  });
});

test("a transform that stops at a value does so where both sides are equal too, whatever other rules there are", async () => {
  const table = { columns: columns({ id: "int32", v: "text", w: "text" }), rows: [["1", "a", "7"]], key: ["id"] };
  const rules = { columns: { v: { transform: "value::INT" }, w: { trim: true } } };
  await expect(compare({ reference: table, current: table, rules })).rejects.toMatchObject({
    code: "CONFIG_INVALID",
    problem: { path: ["columns", "v", "transform"] },
  });
});
