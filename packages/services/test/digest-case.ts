import fc from "fast-check";

/** Column types of an engine, each with literals of values that differ from each other. */
export type ValuesByType = Readonly<Record<string, readonly string[]>>;

/** A table as it was and as it became; cells are literals. */
export interface DigestCase {
  readonly types: readonly string[];
  readonly before: readonly (readonly string[])[];
  readonly after: readonly (readonly string[])[];
  /** Whether both are the same rows, in any order. */
  readonly same: boolean;
}

type Rows = readonly (readonly string[])[];

/** Small tables of any columns, and one edit: a cell, a row too many or too few, cells that change places, another order. */
export function digestCases(values: ValuesByType): fc.Arbitrary<DigestCase> {
  return fc.uniqueArray(fc.constantFrom(...Object.keys(values)), { minLength: 1, maxLength: 5 }).chain((types) => {
    const row = fc.tuple(...types.map((type) => fc.constantFrom(...(values[type] ?? []))));
    return fc
      .record({
        before: fc.array(row, { minLength: 1, maxLength: 6 }),
        other: row,
        edit: fc.constantFrom(...edits),
        at: fc.nat(),
        and: fc.nat(),
      })
      .map(({ before, other, edit, at, and }) => {
        const places = { row: at % before.length, second: and % before.length, column: (at + and) % types.length };
        const after = edit(before, { ...places, other });
        return { types, before, after, same: sorted(before) === sorted(after) };
      });
  });
}

interface Edit {
  readonly row: number;
  readonly second: number;
  readonly column: number;
  readonly other: readonly string[];
}

const edits: readonly ((rows: Rows, edit: Edit) => Rows)[] = [
  (rows, { row, column, other }) => rows.map((cells, at) => (at === row ? cells.with(column, other[column] ?? "") : cells)),
  (rows, { row, other }) => rows.with(row, other),
  (rows, { row }) => [...rows, rows[row] ?? []],
  (rows, { row }) => [...rows, rows[row] ?? [], rows[row] ?? []],
  (rows, { row }) => rows.toSpliced(row, 1),
  (rows, { row, second, column }) => {
    const [one, two] = [rows[row] ?? [], rows[second] ?? []];
    return rows.with(row, one.with(column, two[column] ?? "")).with(second, two.with(column, one[column] ?? ""));
  },
  (rows) => rows.toReversed(),
];

function sorted(rows: Rows): string {
  return JSON.stringify(rows.map((row) => JSON.stringify(row)).toSorted());
}
