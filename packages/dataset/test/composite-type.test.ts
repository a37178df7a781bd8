import { expect, test } from "vitest";
import { compositeOf, isCanonicalType, listOf, mapOf, structOf } from "../src/types/composite-type.ts";

const nested = (depth: number, around: (inner: string) => string): string => Array.from({ length: depth }).reduce<string>(around, "text");

test.each<[shape: string, around: (inner: string) => string]>([
  ["lists", (inner) => `list(${inner})`],
  ["keys of maps", (inner) => `map(${inner},int8)`],
  ["values of maps", (inner) => `map(int8,${inner})`],
  ["structs", (inner) => `struct("a" int8, "b" ${inner})`],
])("composites stand eight deep in each other, and no deeper, as %s", (_shape, around) => {
  for (const depth of [1, 7, 8]) {
    expect([depth, isCanonicalType(nested(depth, around))]).toEqual([depth, true]);
    expect(compositeOf(nested(depth, around))).not.toBeNull();
  }
  for (const depth of [9, 10]) {
    expect([depth, isCanonicalType(nested(depth, around))]).toEqual([depth, false]);
    expect(compositeOf(nested(depth, around))).toBeNull();
  }
});

test("the parts of a composite are those from which its name is written", () => {
  const fields = [
    { name: 'a, "(b', type: "decimal(10,2)" },
    { name: "", type: 'struct("x" text, "\\\\" list(map(text,text)))' },
    { name: "é\n", type: "map(list(int8),bytes)" },
  ] as const;
  expect(compositeOf(structOf(fields))).toEqual({ kind: "struct", fields });
  expect(structOf(fields)).toBe(
    String.raw`struct("a, \"(b" decimal(10,2), "" struct("x" text, "\\" list(map(text,text))), "é\n" map(list(int8),bytes))`,
  );
  const map = { key: 'struct("a,b" text)', value: "decimal(5,2)" } as const;
  expect(compositeOf(mapOf(map))).toEqual({ kind: "map", ...map });
  expect(mapOf(map)).toBe('map(struct("a,b" text),decimal(5,2))');
  expect(compositeOf(listOf("time_ns"))).toEqual({ kind: "list", element: "time_ns" });
});

test.each([
  "text",
  "decimal(5,2)",
  "",
  "list()",
  "list(integer)",
  "list(text",
  "list(text) ",
  "lists(text)",
  "list(text,text)",
  "map(text)",
  "map(text,integer)",
  "map(integer,text)",
  "map(text,text,text)",
  "map(text, text)",
  "map(,)",
  "struct()",
  "struct(text)",
  'struct("a")',
  'struct("a" integer)',
  'struct("a" text, "b" integer)',
  'struct("a" integer, "b" text)',
  'struct("a" text,"b" text)',
  'struct( "a" text)',
  'struct("a"  text)',
  'struct("a" text, )',
  String.raw`struct("\x" text)`,
  String.raw`struct("\u0061" text)`,
  "struct('a' text)",
])("%s is the name of no composite", (type) => {
  expect(compositeOf(type)).toBeNull();
});
