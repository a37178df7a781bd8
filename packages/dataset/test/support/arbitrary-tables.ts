import fc from "fast-check";
import type { CanonicalType, Cell } from "../../src/index.ts";
import { allTypes, valuesOf } from "./nasty-values.ts";

/** Two tables of one schema, the second made from the first by edits, and the rules to compare them by. */
export interface TablePair {
  readonly names: readonly string[];
  readonly types: readonly CanonicalType[];
  readonly reference: readonly (readonly Cell[])[];
  readonly current: readonly (readonly Cell[])[];
  readonly key: readonly string[];
  /** Whether the key stands in the rules or in the manifests. */
  readonly declared: boolean;
  readonly ignore: readonly string[];
  readonly format: "csv" | "ndjson";
}

const oddNames = ["a", "A", "a.b", "a/b", "~", 'q"q', "v", "v_r", "here", "there", "c0", "r", "1", "__proto__", "é", "select", " "];

/** A cell of a type; often one of few values, so that keys and rows meet. */
function cell(type: CanonicalType): fc.Arbitrary<Cell> {
  const nasty = fc.constantFrom<Cell>(...valuesOf(type));
  const few = fc.constantFrom<Cell>(...valuesOf(type).slice(0, 2));
  const free = freeValues[type];
  return fc.oneof(
    { weight: 1, arbitrary: fc.constant(null) },
    { weight: 4, arbitrary: few },
    { weight: 4, arbitrary: nasty },
    ...(free === undefined ? [] : [{ weight: 2, arbitrary: free }]),
  );
}

/** Any value of the types whose canonical text is easily made. */
const freeValues: Partial<Record<CanonicalType, fc.Arbitrary<Cell>>> = {
  text: fc.string({ unit: "binary", maxLength: 12 }),
  json: fc.string({ unit: "binary", maxLength: 12 }).map((text) => JSON.stringify(text)),
  int64: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String),
  uint64: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String),
  bytes: fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes).toString("hex")),
  uuid: fc.uuid(),
};

type Edit = { readonly kind: "drop" | "double" | "change"; readonly at: number; readonly column: number; readonly to: readonly Cell[] };

/** Random pairs over all canonical types, keyed and not, keys unique and not. */
export const tablePair: fc.Arbitrary<TablePair> = fc
  .record({
    names: fc.uniqueArray(fc.constantFrom(...oddNames), { minLength: 1, maxLength: 6 }),
    seed: fc.array(fc.constantFrom(...allTypes), { minLength: 6, maxLength: 6 }),
  })
  .chain(({ names, seed }) => {
    const types = names.map((_, index) => seed[index] ?? "text");
    const row = fc.tuple(...types.map(cell));
    const edit: fc.Arbitrary<Edit> = fc.record({
      kind: fc.constantFrom("drop", "double", "change", "change"),
      at: fc.nat(1000),
      column: fc.nat(1000),
      to: row,
    });
    return fc
      .record({
        reference: fc.array(row, { maxLength: 24 }),
        edits: fc.array(edit, { maxLength: 8 }),
        extra: fc.array(row, { maxLength: 4 }),
        unique: fc.boolean(),
        key: fc.subarray([...names], { maxLength: Math.min(2, names.length) }),
        declared: fc.boolean(),
        ignored: fc.subarray([...names], { maxLength: 1 }),
        format: fc.constantFrom("csv" as const, "ndjson" as const),
      })
      .map(({ reference, edits, extra, unique, key, declared, ignored, format }) => {
        const keyed = (rows: Cell[][]): Cell[][] =>
          unique
            ? firstOfEachKey(
                rows,
                key.map((name) => names.indexOf(name)),
              )
            : rows;
        const current = [
          ...edits.reduce<Cell[][]>(
            apply,
            reference.map((cells) => [...cells]),
          ),
          ...extra.map((cells) => [...cells]),
        ];
        return {
          names,
          types,
          reference: keyed(reference),
          current: keyed(current.toReversed()),
          key,
          declared,
          ignore: ignored.filter((name) => !key.includes(name)),
          format,
        };
      });
  });

function apply(rows: Cell[][], { kind, at, column, to }: Edit): Cell[][] {
  const row = rows[at % Math.max(rows.length, 1)];
  if (row === undefined) return rows;
  if (kind === "drop") return rows.filter((other) => other !== row);
  if (kind === "double") return [...rows, [...row]];
  return rows.map((other) =>
    other === row ? row.map((old, index) => (index === column % row.length ? (to[index] ?? null) : old)) : other,
  );
}

/** Rows with a whole key, the first of each. */
function firstOfEachKey(rows: Cell[][], key: readonly number[]): Cell[][] {
  if (key.length === 0) return rows;
  const seen = new Set<string>();
  return rows.filter((row) => {
    const cells = key.map((index) => row[index] ?? null);
    const at = JSON.stringify(cells);
    if (cells.includes(null) || seen.has(at)) return false;
    seen.add(at);
    return true;
  });
}
