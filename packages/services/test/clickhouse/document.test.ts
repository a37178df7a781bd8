import { afterAll, beforeAll, expect, test } from "vitest";
import type { Cell } from "@rehearse/dataset";
import type { DatasetSource } from "../../src/index.ts";
import { startServer, type TestServer } from "./server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server[Symbol.asyncDispose]());

async function text(source: DatasetSource): Promise<Cell | undefined> {
  return (await server.extract(source)).cells[0]?.[0];
}

async function insert(type: string, value: string): Promise<void> {
  await server.run("DROP TABLE IF EXISTS kept", `CREATE TABLE kept (v ${type}) ENGINE = MergeTree ORDER BY tuple()`);
  await server.run(`INSERT INTO kept SELECT ${value}`);
}

const asText = "SETTINGS input_format_try_infer_dates = 0, input_format_try_infer_datetimes = 0";

// What JSON shows.
test.each([
  ["texts", "JSON", String.raw`{"a":"2024-01-05","b":"2024-01-05 10:00:00","c":"1","d":"","e":"a/\"é😀 "}`],
  ["whole numbers", "JSON", '{"a":9007199254740993,"b":-9223372036854775808,"c":18446744073709551615,"d":0}'],
  ["true and false", "JSON", '{"a":true,"b":false}'],
  ["fractions", "JSON", '{"a":1.5,"b":-0.1}'],
  ["lists", "JSON", '{"a":[],"b":[1,null],"c":[[1],["x"]],"d":[1,"2024-01-05",true],"e":[1.5,2.5]}'],
  ["objects", "JSON", '{"a":{"b":{"c":1}},"d":[{"e":1},{"e":"2024-01-05"},{}],"f":[[{"g":1.5}]]}'],
  ["a path with a dot", "JSON", '{"a%2Eb":1}'],
  ["nothing", "JSON", "{}"],
  ["more paths than are kept apart", "JSON(max_dynamic_paths = 1)", '{"a":1,"b":"2024-01-05","c":[{"d":1}],"d":"x"}'],
  ["paths with types", "JSON(a UInt8, d Date)", '{"a":1,"d":"2024-01-05","z":"2024-01-05"}'],
  ["a document that may be missing", "Nullable(JSON)", '{"a":"2024-01-05"}'],
])("a document of %s is its own text", async (_, type, document) => {
  await insert(type, `'${document.replaceAll("\\", "\\\\")}' ${asText}`);
  expect(await text({ table: "kept" })).toBe(document);
});

test.each([
  ["a date", `'{"a":"2024-01-05","b":1}'`, `'{"a":"2024-01-05","b":1}' ${asText}`, ',{"a":"Date"}]'],
  ["a time", `'{"a":"2024-01-05 10:00:00"}'`, `'{"a":"2024-01-05 10:00:00"}' ${asText}`, ',{"a":"DateTime"}]'],
  ["a whole fraction", `'{"a":1.0}'`, `'{"a":1}'`, ',{"a":"Float64"}]'],
  ["dates in a list", `'{"a":["2024-01-05"]}'`, `'{"a":["2024-01-05"]}' ${asText}`, ',{"a":"Array(Nullable(Date))"}]'],
  ["a whole fraction in a list", `'{"a":[1.0,null]}'`, `'{"a":[1,null]}'`, ',{"a":"Array(Nullable(Float64))"}]'],
  ["a date in a list of many types", `'{"a":[1,"2024-01-05"]}'`, `'{"a":[1,"2024-01-05"]}' ${asText}`, /,\{\},"[0-9a-f]{16}"\]$/],
  ["an object's date in a list", `'{"a":[{"b":"2024-01-05"}]}'`, `'{"a":[{"b":"2024-01-05"}]}' ${asText}`, /,\{\},"[0-9a-f]{16}"\]$/],
  [
    "a whole fraction in a list, beside a date",
    `'{"a":[1.0,"x"],"b":"2024-01-05"}'`,
    `'{"a":[1,"x"],"b":"2024-01-05"}'`,
    /,\{"b":"Date"\},"[0-9a-f]{16}"\]$/,
  ],
])("a document's text tells apart %s", async (_, one, two, ending) => {
  await insert("JSON", one);
  const first = await text({ table: "kept" });
  expect(await text({ query: "SELECT v FROM kept" })).toBe(first);
  await insert("JSON", two);
  const second = await text({ table: "kept" });
  expect(first).not.toBe(second);
  expect(first).toMatch(ending instanceof RegExp ? ending : new RegExp(`${ending.replace(/[{}()\]]/g, "\\$&")}$`));
  await insert("JSON(max_dynamic_paths = 3)", one);
  expect(await text({ table: "kept" })).toBe(first);
});

test("documents that a query or a view makes are read as it makes them", async () => {
  const select = `SELECT '{"d":"2024-01-05"}'::JSON AS v`;
  expect(await text({ query: select })).toBe('[{"d":"2024-01-05"},{"d":"Date"}]');
  await server.run(`CREATE VIEW seen AS ${select}`);
  expect(await text({ table: "seen" })).toBe('[{"d":"2024-01-05"},{"d":"Date"}]');
  expect(await text({ query: `${select} ${asText}` })).toBe('{"d":"2024-01-05"}');
});
