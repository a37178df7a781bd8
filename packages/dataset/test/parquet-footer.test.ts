import { expect, test } from "vitest";
import { withoutMeaning } from "../src/files/parquet-footer.ts";
import {
  binary,
  bool,
  byte,
  double,
  int,
  list,
  struct,
  structBytes,
  type ThriftField,
  type ThriftValue,
} from "./support/thrift-compact.ts";

/** A value of each type of the protocol, lists of each, long ones among them, and structs within each other. */
const each: readonly ThriftField[] = [
  [1, bool(true)],
  [2, bool(false)],
  [3, byte(7)],
  [4, int(-300, 16)],
  [5, int(2 ** 31 - 1)],
  [6, int(-(2n ** 63n), 64)],
  [7, double(0.1)],
  [8, binary("é")],
  [9, list([bool(true), bool(false), bool(true)])],
  [10, list([bool(false), bool(false), bool(true)], 10)],
  [11, list([byte(0), byte(1)])],
  [12, list([int(1), int(1_000_000), int(-1)])],
  [13, list([double(1), double(-0)])],
  [14, list([binary(""), binary("x".repeat(200))])],
  [15, list([list([int(1)]), list([]), list([int(2), int(300)])])],
  [16, list([struct([1, bool(true)], [3, int(5)]), struct(), struct([20, binary("y")])])],
  [17, struct([1, struct([1, struct()])], [2, byte(0)])],
];
const everything = struct(...each);

/** Numbers of fields beyond the short steps, which take one, two and three bytes; sizes of lists and texts at the limits of their heads. */
const far: readonly ThriftField[] = [
  [20, list(Array.from({ length: 14 }, (_, index) => int(index)))],
  [21, list(Array.from({ length: 15 }, (_, index) => int(index * 1000)))],
  [36, list(Array.from({ length: 16 }, () => bool(true)))],
  [48, list(Array.from({ length: 200 }, (_, index) => struct([1, int(index)])))],
  [64, binary("z".repeat(127))],
  [80, binary("z".repeat(128))],
  [100, binary("z".repeat(20_000))],
  [9000, everything],
  [9001, bool(false)],
  ...each.map(([id, value]): ThriftField => [9001 + id, value]),
];

const footer = (elements: readonly ThriftValue[]): Buffer =>
  structBytes([[1, int(2)], [2, list(elements)], [3, int(10n ** 15n, 64)], [4, list([everything, everything])], ...far]);

const name = (text: string): ThriftField => [4, binary(text)];
const root = (children: number): ThriftValue => struct(name("schema"), [5, int(children)]);
/** All that says what a column means, and what does not. */
const leaf = (text: string, meaning: boolean): ThriftValue =>
  struct(
    [1, int(7)],
    [2, int(21)],
    [3, int(1)],
    name(text),
    ...(meaning
      ? ([
          [6, int(5)],
          [7, int(2)],
          [8, int(50)],
        ] as const)
      : []),
    [9, int(3)],
    ...(meaning ? ([[10, struct([5, struct([1, int(2)], [2, int(50)])])]] as const) : []),
    [11, int(4)],
    ...far,
  );
const group = (text: string, children: number): ThriftValue => struct([3, int(0)], name(text), [5, int(children)], [6, int(3)]);

test("only the named columns lose what they mean, and nothing else changes by a byte", () => {
  const schema = (...meaning: readonly [boolean, boolean, boolean]): Buffer =>
    footer([root(3), leaf("a", meaning[0]), leaf("b", meaning[1]), leaf("c", meaning[2])]);
  const whole = schema(true, true, true);
  expect(withoutMeaning(whole, new Set())).toEqual(whole);
  expect(withoutMeaning(whole, new Set([0]))).toEqual(schema(false, true, true));
  expect(withoutMeaning(whole, new Set([1]))).toEqual(schema(true, false, true));
  expect(withoutMeaning(whole, new Set([2, 0]))).toEqual(schema(false, true, false));
  expect(withoutMeaning(whole, new Set([3]))).toEqual(whole);
});

test("columns are counted at the top, whatever stands within those before them", () => {
  const nodes = (last: boolean): Buffer =>
    footer([
      root(4),
      group("a", 3),
      leaf("a.x", true),
      group("a.y", 2),
      leaf("a.y.p", true),
      leaf("a.y.q", true),
      leaf("a.z", true),
      leaf("b", true),
      group("c", 1),
      leaf("c.x", true),
      leaf("d", last),
    ]);
  expect(withoutMeaning(nodes(true), new Set([3]))).toEqual(nodes(false));
});

test("each thing that a column means is dropped by itself", () => {
  const kept: readonly ThriftField[] = [[1, int(2)], [3, int(1)], name("v")];
  const meanings: readonly ThriftField[] = [
    [6, int(9)],
    [7, int(1)],
    [8, int(50)],
    [10, struct([8, struct([1, bool(true)], [2, struct([3, struct()])])])],
  ];
  const bare = footer([root(1), struct(...kept)]);
  for (const meaning of meanings) expect(withoutMeaning(footer([root(1), struct(...kept, meaning)]), new Set([0]))).toEqual(bare);
});

test("INT96 becomes twelve bytes of a fixed length, whether or not it said a length", () => {
  const rest: readonly ThriftField[] = [[3, int(1)], name("v"), [9, int(1)]];
  const plain = footer([root(2), struct([1, int(7)], [2, int(12)], ...rest), struct([1, int(3)], ...rest)]);
  for (const length of [[], [[2, int(0)]], [[2, int(12)]]] as const)
    expect(withoutMeaning(footer([root(2), struct([1, int(3)], ...length, ...rest), struct([1, int(3)], ...rest)]), new Set([0]))).toEqual(
      plain,
    );
});

test("a schema of more than fourteen nodes is found behind its longer head", () => {
  const small = (index: number, meaning: boolean): ThriftValue =>
    struct([1, int(2)], name(`c${index}`), ...(meaning ? ([[6, int(9)]] as const) : []));
  for (const count of [13, 14, 15, 300]) {
    const nodes = (meaning: boolean): Buffer =>
      structBytes([
        [
          2,
          list([
            root(count),
            ...Array.from({ length: count }, (_, index) => small(index, meaning || (index !== 1 && index !== count - 1))),
          ]),
        ],
      ]);
    expect(withoutMeaning(nodes(true), new Set([1, count - 1]))).toEqual(nodes(false));
  }
});

test("fields that go backwards are told by their whole numbers", () => {
  const backwards = (meaning: readonly ThriftField[]): Buffer =>
    structBytes([
      [3, int(1)],
      [2, list([root(1), struct(name("v"), [1, int(2)], ...meaning, [3, int(1)])])],
      [1, int(2)],
    ]);
  expect(withoutMeaning(backwards([[10, struct()]]), new Set([0]))).toEqual(backwards([]));
});

test("a footer without a schema, or with a type that none has, is no footer", () => {
  expect(() =>
    withoutMeaning(
      structBytes([
        [1, int(2)],
        [3, int(2)],
      ]),
      new Set(),
    ),
  ).toThrow("the footer has no schema");
  const map = { type: 11, bytes: Buffer.from([0]) };
  expect(() =>
    withoutMeaning(
      structBytes([
        [2, list([root(0)])],
        [3, map],
      ]),
      new Set(),
    ),
  ).toThrow("type 11");
});
