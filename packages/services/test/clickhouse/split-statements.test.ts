import { expect, test } from "vitest";
import { splitStatements } from "../../src/clickhouse/split-statements.ts";

function texts(script: string): string[] {
  const statements = splitStatements(script);
  if ("unclosed" in statements) throw new Error(`unclosed ${statements.unclosed}`);
  return statements.map(({ text }) => text);
}

test.each([
  ["two statements", "SELECT 1; SELECT 2", ["SELECT 1", "SELECT 2"]],
  ["an ending semicolon and space", "SELECT 1 ;\n \n", ["SELECT 1"]],
  ["nothing", " ;;\n-- only a comment;\n/* ; */ ;", []],
  ["a string", "SELECT 'a;b'; SELECT 2", ["SELECT 'a;b'", "SELECT 2"]],
  ["a doubled quote", "SELECT 'a'';b'; SELECT 2", ["SELECT 'a'';b'", "SELECT 2"]],
  ["an escaped quote", String.raw`SELECT 'a\';b'; SELECT 2`, [String.raw`SELECT 'a\';b'`, "SELECT 2"]],
  ["an escaped backslash before the closing quote", String.raw`SELECT 'a\\'; SELECT 2`, [String.raw`SELECT 'a\\'`, "SELECT 2"]],
  ["names in backticks", "SELECT 1 AS `a;\\`;``b`; SELECT 2", ["SELECT 1 AS `a;\\`;``b`", "SELECT 2"]],
  ["names in double quotes", 'SELECT 1 AS "it\'s;"; SELECT 2', ['SELECT 1 AS "it\'s;"', "SELECT 2"]],
  ["curly quotes", "SELECT ‘a;b’ AS “c;d”; SELECT 2", ["SELECT ‘a;b’ AS “c;d”", "SELECT 2"]],
  ["a line comment", "SELECT 1 -- it's; one\n; SELECT 2", ["SELECT 1 -- it's; one", "SELECT 2"]],
  [
    "other line comments",
    "SELECT 1 // it's;\n; SELECT 2 # it's;\n; SELECT 3 #! it's;\n",
    ["SELECT 1 // it's;", "SELECT 2 # it's;", "SELECT 3 #! it's;"],
  ],
  ["nested block comments", "SELECT /* ; /* ' */ ; */ 1; SELECT 2", ["SELECT /* ; /* ' */ ; */ 1", "SELECT 2"]],
  ["comment marks in a string", "SELECT '/*', '--'; SELECT 2", ["SELECT '/*', '--'", "SELECT 2"]],
  ["a dollar quote", "SELECT $$a;'b$$; SELECT 2", ["SELECT $$a;'b$$", "SELECT 2"]],
  ["a dollar quote with a tag", "SELECT $tag$a;$$;$other$;'$tag$; SELECT 2", ["SELECT $tag$a;$$;$other$;'$tag$", "SELECT 2"]],
  ["dollars in a word", "SELECT 1 AS a$b$; SELECT 2 AS c$b$", ["SELECT 1 AS a$b$", "SELECT 2 AS c$b$"]],
  ["a comment before a statement", "-- first\nSELECT 1; /* second */ SELECT 2", ["SELECT 1", "SELECT 2"]],
  [
    "JSON rows",
    `INSERT INTO t FORMAT JSONEachRow {"a": "it's;"}; SELECT 2`,
    [`INSERT INTO t FORMAT JSONEachRow {"a": "it's;"}`, "SELECT 2"],
  ],
])("splits %s", (_, script, expected) => {
  expect(texts(script)).toEqual(expected);
});

test("says on which line each statement begins", () => {
  expect(splitStatements("-- c\nSELECT 1;\n\n/* a\nb */ SELECT '\n';SELECT 3\n;\r\nSELECT\n4")).toMatchObject([
    { line: 2 },
    { line: 5 },
    { line: 6, text: "SELECT 3" },
    { line: 8, text: "SELECT\n4" },
  ]);
});

test.each([
  ["string", "SELECT 1;\nSELECT 'a", 2],
  ["string", "SELECT $a$ $b$;\n", 1],
  ["quoted name", "\n\nSELECT `a\\`", 3],
  ["comment", "SELECT 1 /* /* */", 1],
])("says which %s is not closed: %j", (unclosed, script, line) => {
  expect(splitStatements(script)).toEqual({ unclosed, line });
});

test("takes ten megabytes of rows in under two seconds", () => {
  const script = `INSERT INTO t VALUES ${"('it''s; a \\' row', 1),\n".repeat(450_000)};SELECT 1`;
  const start = performance.now();
  expect(splitStatements(script)).toMatchObject([{ line: 1 }, { line: 450_001 }]);
  expect(performance.now() - start).toBeLessThan(2000);
});
