import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalJson, jsonFields } from "../src/types/canonical-json.ts";
import { canonicalNumber } from "../src/types/canonical-number.ts";

const alike: readonly (readonly string[])[] = [
  ["1", "1.0", "10e-1", "0.1E+1", "100e-2"],
  ["100", "1e2", "1.00E2"],
  ["-0", "-0.0", "-0e9"],
  ["0", "0.000", "0E400"],
  ["9007199254740993", "9007199254740993.0"],
  ["1e+400", "10E399", `1${"0".repeat(400)}`],
  ["1.5e-400", `0.${"0".repeat(399)}15`],
  ['{"a":1,"b":[true,null]}', ' { "b" : [ true , null ] , "a" : 1.0 } '],
  ['"A/é"', String.raw`"\u0041\/\u00e9"`],
  [String.raw`"\u0000\u001f\n\ud800"`, String.raw`"\u0000\u001F\u000a\uD800"`],
  ['{"a":{"é":1,"\uE000":2,"😀":3}}', String.raw`{"a":{"\ud83d\ude00":3,"\ue000":2,"\u00e9":1}}`],
  [String.raw`{"\ud800":1,"\ud801":2}`, String.raw`{"\ud801":2,"\ud800":1}`],
  ['{"":0," ":1,"a":2,"a!":3,"a\\"":4}', '{"a\\"":4,"a!":3,"a":2," ":1,"":0}'],
];

test.each(alike)("%s is the normal form of its value", (normal, ...others) => {
  for (const text of [normal, ...others]) expect(canonicalJson(text)).toBe(normal);
});

test.each([
  [" \t\r\n1.0\n\r\t ", "1"],
  ['[1.0\r,\t2.0\n,true ,null\t,\r"a"\n]\r\n', '[1,2,true,null,"a"]'],
  ['{"b"\r:\t10.0\n,\r"a"\t:\n[ 12.0, -1e0]\r}', '{"a":[12,-1],"b":10}'],
  ["[[[1.0],20.0],[],{},[[]],3.0]", "[[[1],20],[],{},[[]],3]"],
  ['{"c":{"b":{"a":1.0},"A":false}}', '{"c":{"A":false,"b":{"a":1}}}'],
  [String.raw`["\\","\\\\","\"","\\\"","","\u0061\\"]`, String.raw`["\\","\\\\","\"","\\\"","","a\\"]`],
  [String.raw`{"\u0062":1,"a\\":2,"a\"":3,"":4}`, String.raw`{"":4,"a\"":3,"a\\":2,"b":1}`],
  ['{"\uE000":1,"😀":2,"é":3,"a😀":4,"a\uFFFD":5,"a":6}', '{"a":6,"a\uFFFD":5,"a😀":4,"é":3,"\uE000":1,"😀":2}'],
  ["12.50", "12.5"],
])("the normal form of %j is %s", (text, normal) => {
  expect(canonicalJson(text)).toBe(normal);
});

test.each([
  ["0.50", "0.5"],
  ["0.050", "0.05"],
  ["1.50", "1.5"],
  ["-10.0", "-10"],
  ["00012.500", "12.5"],
  ["1E1", "10"],
  ["1e40", `1${"0".repeat(40)}`],
  ["1e41", "1e+41"],
  ["12e40", `12${"0".repeat(40)}`],
  ["12e41", "1.2e+42"],
  ["1e-40", `0.${"0".repeat(39)}1`],
  ["1e-41", `0.${"0".repeat(40)}1`],
  ["1e-42", "1e-42"],
  ["-123e-60", "-1.23e-58"],
  [`${"0".repeat(3)}${"7".repeat(50)}`, "7".repeat(50)],
  [`1.${"7".repeat(60)}0`, `1.${"7".repeat(60)}`],
  ["-0.00", "-0"],
  ["NaN", "NaN"],
  ["1.", "1."],
])("the number %s is written %s", (text, written) => {
  expect(canonicalNumber(text)).toBe(written);
});

test("an object's fields are had by name, in their normal form; what is none says why", () => {
  const fields = jsonFields(String.raw` {"b":{"y":1.0,"x":[]},"a\u0062":null,"c\"":"x","":10} `);
  expect(fields).toEqual(
    new Map([
      ["b", '{"x":[],"y":1}'],
      ["ab", "null"],
      ['c"', '"x"'],
      ["", "10"],
    ]),
  );
  expect(jsonFields("{}")).toEqual(new Map());
  expect(jsonFields("{")).toMatch(/^this is no JSON: /);
  for (const other of ["1", "[]", '[{"a":1}]', '"{}"', "null"]) expect(jsonFields(other)).toBe("this is no object");
  const within = "an object names a key twice, so that it has no one value";
  for (const twice of ['{"a":{"b":1,"b":1}}', '[{"b":1,"a":2,"b":1}]']) expect(jsonFields(twice)).toBe(within);
  const itself = "the object names a key twice, so that it has no one value";
  for (const twice of ['{"a":1,"a":1}', String.raw`{"a":1,"b":2,"\u0061":3}`]) expect(jsonFields(twice)).toBe(itself);
});

test("different values have different normal forms", () => {
  const texts = [
    "0",
    "-0",
    "1",
    '"1"',
    "true",
    '"true"',
    "null",
    '"null"',
    "[]",
    "[null]",
    "{}",
    '""',
    "[1,2]",
    "[2,1]",
    "[[1],2]",
    "[1,[2]]",
  ];
  const more = [
    "9007199254740992",
    "9007199254740993",
    "0.1",
    "0.10000000000000001",
    '{"a":1}',
    '{"A":1}',
    '{"a":null}',
    '"é"',
    '"e\u0301"',
  ];
  const all = [...texts, ...more, ...alike.map(([normal = ""]) => normal)];
  expect(new Set(all.map(canonicalJson)).size).toBe(new Set(all).size);
});

test("a document that names a key twice stays as it is written, at any depth", () => {
  for (const text of ['{"a":1, "a":1}', String.raw`{"a":1,"\u0061":2}`, '[1.0,{"x":{"b":1,"a":1,"b":2}}]'])
    expect(canonicalJson(text)).toBe(text);
});

test("what is no JSON has no normal form", () => {
  for (const text of ["", "{", "01", "1.", "NaN", "[1,]", "'a'", '{"a"}', "1 2", "\uFEFF1", '"\n"']) expect(canonicalJson(text)).toBeNull();
});

test("a document may be 100,000 levels deep", () => {
  const [open, close] = ['[1.0,{"b":[],"a":', "}]"];
  const normal = canonicalJson(`${open.repeat(100_000)}0${close.repeat(100_000)}`);
  expect(normal).toBe(`${'[1,{"a":'.repeat(100_000)}0${',"b":[]}]'.repeat(100_000)}`);
});

test("a document written in another way is the same value, one with another value is not", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), fc.jsonValue({ maxDepth: 4 }), (value, other) => {
      const normal = canonicalJson(JSON.stringify(value));
      expect(canonicalJson(JSON.stringify(turned(value), null, "\t"))).toBe(normal);
      expect(canonicalJson(normal ?? "")).toBe(normal);
      expect(canonicalJson(JSON.stringify(other)) === normal).toBe(equal(value, other));
    }),
    { seed: 20260901, numRuns: 2000 },
  );
});

test("numbers of one value have one text, whatever zeros and exponent they were written with", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 10n ** 50n }), fc.integer({ min: -80, max: 80 }), fc.nat(60), (digits, exponent, zeros) => {
      const text = canonicalNumber(`${digits}e${exponent}`);
      expect(canonicalNumber(`${digits}${"0".repeat(zeros)}e${exponent - zeros}`)).toBe(text);
      expect(canonicalNumber(`0.${"0".repeat(zeros)}${digits}E+${exponent + zeros + String(digits).length}`.replace("E+-", "E-"))).toBe(
        text,
      );
      expect(canonicalNumber(text)).toBe(text);
      expect(canonicalNumber(`${digits + 1n}e${exponent}`)).not.toBe(text);
    }),
    { seed: 20260901, numRuns: 2000 },
  );
});

/** The keys of each object the other way round. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, member]) => [key, turned(member)]),
  );
}

/** Values as JSON.stringify writes them: there is no -0. */
function equal(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) || Array.isArray(b))
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, index) => equal(item, b[index]));
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return a === b;
  const [left, right] = [new Map<string, unknown>(Object.entries(a)), new Map<string, unknown>(Object.entries(b))];
  return left.size === right.size && [...left].every(([key, member]) => right.has(key) && equal(member, right.get(key)));
}
