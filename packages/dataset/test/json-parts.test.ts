import fc from "fast-check";
import { expect, test } from "vitest";
import { jsonArraySorted, jsonWithout } from "../src/types/json-parts.ts";
import { splitAtCommas } from "../src/types/split-at-commas.ts";

test.each([
  ["", [""]],
  [",", ["", ""]],
  ["a,bc,,d", ["a", "bc", "", "d"]],
  ["(a,b),[c,d],{e,f},g", ["(a,b)", "[c,d]", "{e,f}", "g"]],
  ["[(a,{b,[]}),c],d", ["[(a,{b,[]}),c]", "d"]],
  ['"a,(",b', ['"a,("', "b"]],
  ['"]",[1],")",2', ['"]"', "[1]", '")"', "2"]],
  [String.raw`"\",","\\",a`, [String.raw`"\",",`.slice(0, -1), String.raw`"\\"`, "a"]],
  ['😀,"😀,",é', ["😀", '"😀,"', "é"]],
])("%j is split at its commas into %j", (text, parts) => {
  expect(splitAtCommas(text)).toEqual(parts);
});

const document = '{"a":{"b":[1,{"c":2,"d":[3,4]},"x,\\"]"],"a":5},"b":"{","ab":[[],{}],"":0,"/":7,"~1":8}';

test.each<[pointers: readonly string[], left: string]>([
  [[], document],
  [["/a"], document.replace(/"a":\{.*?5\},/, "")],
  [["/a/a"], document.replace(',"a":5', "")],
  [["/a/b/0"], document.replace("[1,{", "[{")],
  [["/a/b/1"], document.replace('{"c":2,"d":[3,4]},', "")],
  [["/a/b/1/d/1"], document.replace("[3,4]", "[3]")],
  [["/a/b/1/d/0", "/a/b/1/d/0"], document.replace("[3,4]", "[4]")],
  [["/a/b/1/d/0", "/a/b/1/d/1"], document.replace("[3,4]", "[]")],
  [["/a/b/0", "/a/b/1/d/0"], document.replace("[1,{", "[{").replace("[3,4]", "[4]")],
  [["/a/b/1/d", "/a/b/1"], document.replace('{"c":2,"d":[3,4]},', "")],
  [["/a/b/2"], document.replace(String.raw`,"x,\"]"`, "")],
  [["/b", "/ab"], document.replace(',"b":"{","ab":[[],{}]', "")],
  [["/ab/0", "/ab/1"], document.replace("[[],{}]", "[]")],
  [["/", "/~1", "/~01"], document.replace(',"":0,"/":7,"~1":8', "")],
  [["/a/b/1/d/0", "/b"], document.replace("[3,4]", "[4]").replace(',"b":"{"', "")],
  [["/c", "/a/c", "/a/b/3", "/b/0", "/b/", "/ab/01", "/ab/0/0", "/ab/1/x", "/a/b/-1", "/A"], document],
  [[""], "null"],
  [["/a", "", "/b"], "null"],
])("without %j there is left what they do not lead to", (pointers, left) => {
  // The normal form has its keys in their order.
  const normal = JSON.stringify(sorted(JSON.parse(document)));
  expect(jsonWithout(document, JSON.stringify(pointers))).toBe(left === document ? normal : JSON.stringify(sorted(JSON.parse(left))));
});

test("scalars have no parts but themselves", () => {
  for (const scalar of ["1", '"[1,2]"', "true", "null"]) {
    expect(jsonWithout(scalar, '["/0","/a"]')).toBe(scalar);
    expect(jsonWithout(scalar, '[""]')).toBe("null");
    expect(jsonArraySorted(scalar)).toBe(scalar);
  }
  expect(jsonWithout(" [ 1.0 , 2 ] ", '["/1"]')).toBe("[1]");
});

test("a document that names a key twice stays as it is written", () => {
  expect(jsonWithout('{"a": 1, "a": 2, "b": 3}', '["/b"]')).toBe('{"a": 1, "a": 2, "b": 3}');
});

test("pointers that are no list are refused", () => {
  expect(() => jsonWithout("{}", "{}")).toThrow(TypeError);
});

test("an array is sorted by the texts of its elements, and nothing within it", () => {
  expect(jsonArraySorted('[3,10,"b",[2,1],{"b":1,"a":2},"a",null]')).toBe('["a","b",10,3,[2,1],null,{"b":1,"a":2}]');
  expect(jsonArraySorted('{"a":[2,1]}')).toBe('{"a":[2,1]}');
  expect(jsonArraySorted("[]")).toBe("[]");
});

test("what one pointer takes out is what deleting it does, and sorting loses no element", () => {
  const values = fc.dictionary(fc.constantFrom("a", "b", 'c"', "d,", "e/~"), fc.jsonValue({ maxDepth: 2 }), { minKeys: 1 });
  fc.assert(
    fc.property(values, fc.nat(), (value, at) => {
      const names = Object.keys(value).toSorted();
      const name = names[at % names.length] ?? "";
      const left = Object.fromEntries(Object.entries(value).filter(([key]) => key !== name));
      const pointer = `/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
      expect(JSON.parse(jsonWithout(JSON.stringify(value), JSON.stringify([pointer])))).toEqual(JSON.parse(JSON.stringify(left)));
      const items = Object.values(value).map((item) => JSON.stringify(item));
      expect(jsonArraySorted(`[${items.join(",")}]`)).toBe(`[${items.toSorted().join(",")}]`);
    }),
    { seed: 20261101, numRuns: 300 },
  );
});

test("some pointers take out together what each of them leads to in the whole document, in whatever order they stand", () => {
  const places = fc.uniqueArray(fc.tuple(fc.nat({ max: 3 }), fc.option(fc.nat({ max: 3 }), { nil: null })), {
    maxLength: 5,
    selector: String,
  });
  const table = fc.array(fc.array(fc.nat({ max: 3 }), { maxLength: 4 }), { maxLength: 4 });
  fc.assert(
    fc.property(table, places, (rows, taken) => {
      const isTaken = (row: number, cell: number | null) => taken.some(([r, c]) => r === row && c === cell);
      const left = rows.flatMap((row, r) => (isTaken(r, null) ? [] : [row.filter((_, c) => !isTaken(r, c))]));
      const pointers = taken.map(([row, cell]) => (cell === null ? `/${row}` : `/${row}/${cell}`));
      expect(jsonWithout(JSON.stringify(rows), JSON.stringify(pointers))).toBe(JSON.stringify(left));
    }),
    { seed: 20261122, numRuns: 300 },
  );
});

/** The keys of each object in their order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, member]): [string, unknown] => [key, sorted(member)]);
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
