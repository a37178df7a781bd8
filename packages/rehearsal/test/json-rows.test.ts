import fc from "fast-check";
import { expect, test } from "vitest";
import { jsonRows } from "../src/steps/json-rows.ts";

/** A value of JSON, as the parts of its text between which there may be white space. */
const { value } = fc.letrec<{ value: readonly string[] }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.stringMatching(/^-?(?:0|[1-9]\d{0,20})(?:\.\d{1,4})?(?:[eE][+-]?\d{1,3})?$/).map((number) => [number]),
    fc.constantFrom("-0", "true", "null", "9007199254740993", "1000000000000000", "999999999999999").map((word) => [word]),
    fc.oneof(fc.string(), fc.constantFrom('":1.5', "[-0,1e3]", "12:00:00.000")).map((text) => [JSON.stringify(text)]),
    fc.array(tie("value"), { maxLength: 3 }).map((items) => ["[", ...joined(items), "]"]),
    fc.array(tie("value"), { maxLength: 3 }).map(objectOf),
  ),
}));
const row = fc.array(value, { minLength: 1, maxLength: 4 }).map(objectOf);

function objectOf(values: readonly (readonly string[])[]): string[] {
  return ["{", ...joined(values.map((parts, index) => [`"k${index}"`, ":", ...parts])), "}"];
}

function joined(lists: readonly (readonly string[])[]): string[] {
  return lists.flatMap((parts, index) => (index === 0 ? parts : [",", ...parts]));
}

async function rowsOf(text: string, format: "ndjson" | "json"): Promise<unknown[]> {
  async function* source() {
    yield Buffer.from(text);
  }
  return await Array.fromAsync(jsonRows(source(), { name: "seed", format }));
}

/** As JSON, each number as it is held. */
const written = (rows: readonly unknown[]) =>
  rows.map((one) => JSON.stringify(one, (_, it: unknown) => (typeof it === "bigint" ? JSON.rawJSON(String(it)) : it)));

test("every number of a seed's rows keeps its digits, wherever it stands and whatever white space is around it", async () => {
  const blank = fc.constantFrom("", "", " ", "\t", "  ");
  await fc.assert(
    fc.asyncProperty(row, fc.infiniteStream(blank), async (parts, blanks) => {
      const line = parts.map((part) => part + String(blanks.next().value)).join("");
      expect(written(await rowsOf(line, "ndjson"))).toEqual([parts.join("")]);
      expect(written(await rowsOf(`[${line},\n${line}]`, "json"))).toEqual([parts.join(""), parts.join("")]);
    }),
    { numRuns: 500 },
  );
});

test("a number that a double holds as it is written stays one", async () => {
  const [only] = await rowsOf('{"a":1.5,"b":-12,"c":[0.1,1e21],"d":1.50,"e":1,"f":90071992547409931,"g":-0}', "ndjson");
  expect(only).toEqual({
    a: 1.5,
    b: -12,
    c: [0.1, JSON.rawJSON("1e21")],
    d: JSON.rawJSON("1.50"),
    e: 1,
    f: 90071992547409931n,
    g: JSON.rawJSON("-0"),
  });
});
