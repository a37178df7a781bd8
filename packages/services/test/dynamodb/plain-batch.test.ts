import { createRequire } from "node:module";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { cacheDirectory, lockedPackages } from "@rehearse/providers";
import { engineNamed } from "../../src/index.ts";
import { isPlainBatch } from "../../src/dynamodb/plain-batch.ts";

const { name, title, embedded } = engineNamed("dynamodb");
const signal = new AbortController().signal;
const packages = await lockedPackages({ name, title, packages: embedded.packages, cache: cacheDirectory(), signal, onProgress: () => {} });
const load = createRequire(join(packages, "package.json"));
const { checkTypes }: { checkTypes: (request: unknown, types: unknown) => unknown } = load("dynalite/validations");
const { types }: { types: unknown } = load("dynalite/validations/batchWriteItem");

const odd = fc.oneof(fc.string(), fc.boolean(), fc.integer(), fc.constant(null), fc.constant([]), fc.constant({}), fc.constant([{}]));
const { item } = fc.letrec<{ attribute: unknown; item: unknown }>((tie) => ({
  attribute: fc.oneof(
    { maxDepth: 4, depthIdentifier: "value" },
    fc.record({ S: fc.string() }),
    fc.record({ N: fc.string() }),
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

test("what an SDK sends is plain", () => {
  const Item = {
    id: { S: "1" },
    tags: { L: [{ M: { n: { N: "1.5" }, on: { BOOL: true }, none: { NULL: true } } }, { SS: ["a"] }, { NS: ["1"] }] },
  };
  expect(isPlainBatch({ RequestItems: { people: [{ PutRequest: { Item } }, { PutRequest: { Item } }] } })).toBe(true);
  expect(isPlainBatch({ RequestItems: { people: [{ PutRequest: { Item: { id: { B: "AA==" } } } }] } })).toBe(false);
});
