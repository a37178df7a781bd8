import type { Cell } from "@rehearse/dataset";
import fc from "fast-check";
import type { TruthCase, TruthTable } from "./truth-case.ts";

const attribute = fc.constantFrom<Cell[]>(
  null,
  '{"NULL":true}',
  '{"S":""}',
  '{"S":"a"}',
  '{"S":"1"}',
  '{"N":"1"}',
  '{"N":"12345678901234567890123456789012345678"}',
  '{"N":"1E-20"}',
  '{"BOOL":true}',
  '{"BOOL":false}',
  '{"SS":["a","b"]}',
  '{"NS":["1","2"]}',
  '{"L":[]}',
  '{"L":[{"NULL":true}]}',
  '{"M":{"a":{"S":"x"}}}',
  '{"M":{}}',
  '{"B":"AAE="}',
  '{"S":"e\\u0301"}',
);

const names = ["id", "a", "b.c", "v"];

/** Two tables of items as DynamoDB keeps them: a key that is unique, attributes that an item has or has not. */
export const arbitraryItems: fc.Arbitrary<TruthCase> = fc
  .record({
    before: fc.uniqueArray(fc.tuple(fc.nat(30), attribute, attribute, attribute), { selector: ([id]) => id, maxLength: 20 }),
    changes: fc.array(fc.tuple(fc.nat(30), fc.nat(2), attribute), { maxLength: 5 }),
    dropped: fc.array(fc.nat(30), { maxLength: 3 }),
    added: fc.uniqueArray(fc.tuple(fc.integer({ min: 31, max: 40 }), attribute, attribute, attribute), {
      selector: ([id]) => id,
      maxLength: 3,
    }),
  })
  .map(({ before, changes, dropped, added }) => {
    const after = before
      .filter(([id]) => !dropped.includes(id))
      .map(
        ([id, ...cells]) =>
          [id, ...changes.filter(([at]) => at === id).reduce<Cell[]>((row, [, place, to]) => row.with(place, to), cells)] as const,
      );
    return {
      reference: tableOf(before),
      current: tableOf([...after, ...added]),
      rules: { ignore: [], columns: {}, key: undefined },
    };
  });

/** A table has the attributes that any of its items has. */
function tableOf(items: readonly (readonly [number, ...Cell[]])[]): TruthTable {
  const rows = items.map(([id, ...cells]) => [`k${id}`, ...cells]);
  const present = names.filter((_, index) => index === 0 || rows.some((row) => row[index] !== null));
  return {
    columns: present.map((name) => ({ name, type: name === "id" ? "text" : "json" })),
    rows: rows.map((row) => present.map((name) => row[names.indexOf(name)] ?? null)),
    key: ["id"],
  };
}
