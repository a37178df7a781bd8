import { createRequire } from "node:module";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { cacheDirectory, lockedPackages } from "@rehearse/providers";
import { engineNamed } from "../../src/index.ts";
import { isPlainBatch } from "../../src/dynamodb/plain-batch.ts";
import { isPlainValue } from "../../src/dynamodb/plain-value.ts";

const { name, title, embedded } = engineNamed("dynamodb");
const signal = new AbortController().signal;
const packages = await lockedPackages({ name, title, packages: embedded.packages, cache: cacheDirectory(), signal, onProgress: () => {} });
const load = createRequire(join(packages, "package.json"));
const { checkTypes, validateAttributeValue }: Validations = load("dynalite/validations");
const { types }: { types: unknown } = load("dynalite/validations/batchWriteItem");

interface Validations {
  readonly checkTypes: (request: unknown, types: unknown) => unknown;
  /** Says what is wrong, and writes numbers as they are kept. */
  readonly validateAttributeValue: (value: unknown) => string | undefined;
}

const odd = fc.oneof(fc.string(), fc.boolean(), fc.integer(), fc.constant(null), fc.constant([]), fc.constant({}), fc.constant([{}]));
const number = fc.oneof(fc.string(), fc.stringMatching(/^-?\d{1,20}(?:\.\d{1,20})?(?:e-?\d{1,3})?$/));
const { attribute, item } = fc.letrec<{ attribute: unknown; item: unknown }>((tie) => ({
  attribute: fc.oneof(
    { maxDepth: 4, depthIdentifier: "value" },
    fc.record({ S: fc.string() }),
    fc.record({ N: number }),
    fc.record({ BOOL: fc.boolean() }),
    fc.record({ NULL: fc.boolean() }),
    fc.record({ SS: fc.array(fc.string()) }),
    fc.record({ NS: fc.array(fc.string()) }),
    fc.record({ B: fc.base64String() }),
    fc.record({ S: fc.string(), N: fc.string() }),
    fc.record({ L: fc.array(tie("attribute"), { maxLength: 3 }) }),
    fc.record({ M: tie("item") }),
    fc.dictionary(fc.constantFrom("S", "N", "BOOL", "NULL", "SS", "NS", "L", "M", "B", "constructor", "X"), odd),
    { arbitrary: odd, weight: 1 },
  ),
  item: fc.dictionary(fc.string(), tie("attribute"), { maxKeys: 4 }),
}));
const write = fc.oneof(
  { arbitrary: fc.record({ PutRequest: fc.record({ Item: item }) }), weight: 9 },
  fc.record({ DeleteRequest: fc.record({ Key: item }) }),
  fc.record({ PutRequest: fc.record({ Item: item, More: odd }) }),
  odd,
);
const request = fc.record(
  { RequestItems: fc.dictionary(fc.string(), fc.array(write, { maxLength: 2 }), { maxKeys: 2 }), ReturnConsumedCapacity: fc.string() },
  { requiredKeys: ["RequestItems"] },
);

test("a plain batch is what the server's own check of types gives back as it is", () => {
  let plain = 0;
  fc.assert(
    fc.property(request, (made) => {
      // As it comes over the wire.
      const text = JSON.stringify(made);
      const isPlain = isPlainBatch(JSON.parse(text));
      if (isPlain) plain += 1;
      return !isPlain || JSON.stringify(checkTypes(JSON.parse(text), types)) === text;
    }),
    { numRuns: 10_000, seed: 8 },
  );
  expect(plain).toBeGreaterThan(800);
});

test("a plain value is one that the server's own validation finds right and leaves as it is", () => {
  let plain = 0;
  fc.assert(
    fc.property(attribute, (made) => {
      const text = JSON.stringify(made);
      if (!isPlainValue(JSON.parse(text))) return true;
      plain += 1;
      const value: unknown = JSON.parse(text);
      return validateAttributeValue(value) === undefined && JSON.stringify(value) === text;
    }),
    { numRuns: 10_000, seed: 8 },
  );
  expect(plain).toBeGreaterThan(2_000);
});

test("every way to write a number is plain only where it is kept so", () => {
  const plain = ["0", "7", "-7", "0.5", "-0.05", "10", "1.5", "9007199254740993", `${"9".repeat(18)}.${"9".repeat(18)}`];
  expect(plain.filter((written) => !isPlainValue({ N: written }))).toEqual([]);
  const others = ["", "-0", "00", "01", "1.", ".5", "1.50", "0.0", "1e2", "+1", " 1", "1 ", "NaN", "9".repeat(39)];
  expect(others.filter((written) => isPlainValue({ N: written }))).toEqual([]);
  for (const N of plain) {
    const value = { N };
    expect([validateAttributeValue(value), value]).toEqual([undefined, { N }]);
  }
});

test("what an SDK sends is plain", () => {
  const Item = {
    id: { S: "1" },
    tags: { L: [{ M: { n: { N: "1.5" }, on: { BOOL: true }, none: { NULL: true } } }, { SS: ["a"] }, { NS: ["1"] }] },
  };
  expect(isPlainBatch({ RequestItems: { people: [{ PutRequest: { Item } }, { PutRequest: { Item } }] } })).toBe(true);
  expect(isPlainBatch({ RequestItems: { people: [{ PutRequest: { Item: { id: { B: "AA==" } } } }] } })).toBe(false);
});
