import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { jsonCell, jsonColumns, jsonObjects, jsonShape, type JsonShape } from "../src/files/json-columns.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "rehearse-json-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function files(...texts: readonly string[]): Promise<string[]> {
  const names = texts.map((_, index) => path.join(folder, `${index}.ndjson`));
  for (const [index, name] of names.entries()) await writeFile(name, texts[index] ?? "");
  return names;
}

const shape = (fields: Readonly<Record<string, readonly string[]>>) =>
  new Map(Object.entries(fields).map(([name, kinds]) => [name, new Set(kinds)]));
const types = (own: JsonShape, other: JsonShape = new Map()) =>
  jsonColumns(own, other).map(({ name, source, type }) => [name, source, type]);
const shapeOf = async (...texts: readonly string[]) => jsonShape(await files(...texts));

test("of each field it is known what stood there, and whether it was lacking, before or after it was seen, in whichever file", async () => {
  expect(await shapeOf('{"b":"x","a":1}', '{"b":true,"c":null}\n{"c":[1]}\n')).toEqual(
    shape({ b: ["text", "boolean", "missing"], a: ["number", "missing"], c: ["missing", "null", "json"] }),
  );
  expect([...(await shapeOf('{"b":1,"a":2}')).keys()]).toEqual(["b", "a"]);
  expect(await shapeOf("{}\n", '{"a":1}')).toEqual(shape({ a: ["missing", "number"] }));
  expect(await shapeOf("", "[]")).toEqual(new Map());
});

test.each([
  ['""', "text"],
  ['"1"', "text"],
  ["0", "number"],
  ["-0", "number"],
  ["9e99", "number"],
  ["true", "boolean"],
  ["false", "boolean"],
  ["null", "null"],
  ["{}", "json"],
  ["[]", "json"],
  [String.raw`"\ud800"`, "json"],
  [String.raw`"\\ud800"`, "text"],
  [String.raw`"\ud83d\ude00"`, "text"],
])("%s is of the kind %s", async (value, kind) => {
  expect(await shapeOf(`{"a":${value}}`)).toEqual(shape({ a: [kind] }));
});

test("a column has the type of its only kind of values, on both sides, and is JSON where there are several or where NULL would be two things", async () => {
  const number = await shapeOf('{"a":1}');
  expect(types(number)).toEqual([["a", "number", "number"]]);
  expect(types(number, await shapeOf('{"a":2,"b":"x"}'))).toEqual([["a", "number", "number"]]);
  expect(types(number, await shapeOf('{"a":"x"}'))).toEqual([["a", "json", "json"]]);
  expect(types(await shapeOf('{"a":null}\n{"a":true}'))).toEqual([["a", "boolean", "boolean"]]);
  expect(types(await shapeOf('{}\n{"a":"x"}'))).toEqual([["a", "text", "text"]]);
  expect(types(await shapeOf('{"a":null}\n{}\n{"a":"x"}'))).toEqual([["a", "json", "json"]]);
  expect(types(await shapeOf('{"a":null}\n{"a":1}'), await shapeOf('{"a":1}\n{}'))).toEqual([["a", "json", "json"]]);
  expect(types(await shapeOf('{"a":null}'))).toEqual([["a", "json", "json"]]);
});

test("a cell is the field's text, its value or NULL, by the type of its column", () => {
  const cells = (type: "json" | "text" | "number" | "boolean") =>
    [undefined, "null", String.raw`"a\n\"b\""`, '""', "1.50", "true", '{"a":1}'].map((value) =>
      jsonCell({ name: "v", source: type, type }, value),
    );
  expect(cells("json")).toEqual([null, "null", String.raw`"a\n\"b\""`, '""', "1.50", "true", '{"a":1}']);
  for (const type of ["text", "number", "boolean"] as const)
    expect(cells(type)).toEqual([null, null, 'a\n"b"', "", "1.50", "true", '{"a":1}']);
});

test("objects come one after another, over all files, and what is none is named by its file and line", async () => {
  const names = await files('{"a":1.0}\n', '[{"b":[2]},\n{}]', '{"c":3}\n\n[4]');
  const found: unknown[] = [];
  const all = async (): Promise<void> => {
    for await (const fields of jsonObjects(names)) found.push(Object.fromEntries(fields));
  };
  await expect(all()).rejects.toMatchObject({ code: "DATASET_UNREADABLE", message: `${names[2]}, line 3: this is no object` });
  expect(found).toEqual([{ a: "1" }, { b: "[2]" }, {}, { c: "3" }]);
});
