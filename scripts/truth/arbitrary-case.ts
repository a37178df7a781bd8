import type { CanonicalType, Cell } from "@rehearse/dataset";
import fc from "fast-check";
import { arbitraryCell, float64Text } from "./arbitrary-cells.ts";
import { arbitraryRules, nearby } from "./arbitrary-rules.ts";
import type { TruthCase, TruthTable } from "./truth-case.ts";

const names = ["a", "A", "a.b", 'q"q', "v", "v_r", "here", "value", "c0", "r", "1", "é", "select", " ", "reference", "t0"];

/** What has become of a column between the two sides. */
interface Change {
  readonly reference: CanonicalType | null;
  readonly current: CanonicalType | null;
  /** The current cell for a cell of the reference, where the types differ but hold it. */
  readonly carry: (cell: Cell) => Cell;
}

const same = (cell: Cell): Cell => cell;
const unlessNull = (turn: (text: string) => string) => (cell: Cell) => (cell === null ? null : turn(cell));

const widened: readonly Change[] = [
  { reference: "int32", current: "int64", carry: same },
  { reference: "uint8", current: "int16", carry: same },
  { reference: "int64", current: "decimal(38,10)", carry: unlessNull((text) => `${text}.0000000000`) },
  { reference: "decimal(10,2)", current: "decimal(18,4)", carry: unlessNull((text) => `${text}00`) },
  { reference: "float32", current: "float64", carry: unlessNull((text) => float64Text(Math.fround(Number(text)))) },
  { reference: "uint32", current: "uint64", carry: same },
];
const unlike: readonly Change[] = [
  { reference: "timestamp", current: "timestamptz", carry: () => null },
  { reference: "int64", current: "float64", carry: () => null },
  { reference: "text", current: "int32", carry: () => null },
];

/** How the columns of a table may change: in two of three tables not at all. */
function changesOf(types: readonly CanonicalType[], columns: number): fc.Arbitrary<Change[]> {
  const type = fc.constantFrom(...types);
  const none = type.map((it) => ({ reference: it, current: it, carry: same }));
  const some = fc.oneof(
    { weight: 10, arbitrary: none },
    ...among(widened, types).map((it) => ({ weight: 1, arbitrary: fc.constantFrom(it, reversedSame(it)) })),
    ...among(unlike, types).map((arbitrary) => ({ weight: 1, arbitrary: fc.constant(arbitrary) })),
    { weight: 1, arbitrary: type.map((it) => ({ reference: it, current: null, carry: same })) },
    { weight: 1, arbitrary: type.map((it) => ({ reference: null, current: it, carry: same })) },
  );
  return fc.constantFrom(none, none, some).chain((one) => fc.array(one, { minLength: columns, maxLength: columns }));
}

/** Those of which both types are given. */
function among(changes: readonly Change[], types: readonly CanonicalType[]): Change[] {
  return changes.filter(({ reference, current }) => [reference, current].every((it) => it !== null && types.includes(it)));
}

/** Not every narrow type holds what the wide one does: the cells of the current side are then new ones. */
function reversedSame({ reference, current }: Change): Change {
  return { reference: current, current: reference, carry: () => null };
}

interface Edit {
  readonly kind: "drop" | "double" | "change" | "nudge";
  readonly at: number;
  readonly column: number;
  readonly to: readonly Cell[];
  readonly by: number;
}

/** Random pairs over the given types: keyed and not, keys unique and not, schemas alike and not, with and without rules. */
export function arbitraryCase(types: readonly CanonicalType[], accepts: (cell: Cell) => boolean = () => true): fc.Arbitrary<TruthCase> {
  const cellOf = (type: CanonicalType | null): fc.Arbitrary<Cell> =>
    type === null ? fc.constant(null) : arbitraryCell(type).filter(accepts);
  return fc
    .uniqueArray(fc.constantFrom(...names), { minLength: 1, maxLength: 6 })
    .chain((chosen) => fc.tuple(fc.constant(chosen), changesOf(types, chosen.length)))
    .chain(([chosen, changes]) => {
      const before = fc.tuple(...changes.map(({ reference }) => cellOf(reference)));
      const after = fc.tuple(...changes.map(({ current }) => cellOf(current)));
      const edit = fc.record({
        kind: fc.constantFrom<Edit["kind"][]>("drop", "double", "change", "change", "nudge", "nudge"),
        at: fc.nat(1000),
        column: fc.nat(1000),
        to: after,
        by: fc.nat(9),
      });
      return fc
        .record({
          rows: fc.array(before, { maxLength: 30 }),
          edits: fc.oneof(fc.constant([]), fc.array(edit, { maxLength: 3 }), fc.array(edit, { maxLength: 10 })),
          extra: fc.oneof(fc.constant([]), fc.array(after, { maxLength: 4 })),
          unique: fc.constantFrom(true, true, true, false),
          key: fc.constantFrom(0, 1, 1, 1, 2).chain((most) => {
            const size = Math.min(most, chosen.length);
            return fc.subarray([...chosen.keys()], { minLength: size, maxLength: size });
          }),
          declared: fc.boolean(),
          rules: arbitraryRules(
            chosen.map((name, index) => ({
              name,
              type: changes[index]?.reference === changes[index]?.current ? (changes[index]?.current ?? null) : null,
            })),
          ),
        })
        .map((it) => caseOf({ names: chosen, changes, ...it }));
    });
}

interface Parts {
  readonly names: readonly string[];
  readonly changes: readonly Change[];
  readonly rows: readonly (readonly Cell[])[];
  readonly edits: readonly Edit[];
  readonly extra: readonly (readonly Cell[])[];
  readonly unique: boolean;
  readonly key: readonly number[];
  readonly declared: boolean;
  readonly rules: Omit<TruthCase["rules"], "key">;
}

function caseOf({ names: chosen, changes, rows, edits, extra, unique, key, declared, rules }: Parts): TruthCase {
  // A key column is on both sides, or the manifests of the two sides could not both name it.
  const shared = key.filter((index) => changes[index]?.reference !== null && changes[index]?.current !== null);
  const keyNames = shared.map((index) => chosen[index] ?? "");
  const carried = rows.map((row) => row.map((cell, index) => changes[index]?.carry(cell) ?? null));
  const edited = [...edits.reduce<(readonly Cell[])[]>((all, edit) => apply(all, { edit, changes }), carried), ...extra].toReversed();
  const whole = (all: readonly (readonly Cell[])[]): readonly (readonly Cell[])[] => (unique ? firstOfEachKey(all, shared) : all);
  const side = (of: "reference" | "current", all: readonly (readonly Cell[])[]): TruthTable => {
    const kept = changes.flatMap((it, index) => (it[of] === null ? [] : [{ index, name: chosen[index] ?? "", type: it[of] }]));
    return {
      columns: kept.map(({ name, type }) => ({ name, type })),
      rows: whole(all).map((row) => kept.map(({ index }) => row[index] ?? null)),
      key: declared ? [] : keyNames,
    };
  };
  return {
    reference: side("reference", rows),
    current: side("current", edited),
    rules: {
      ignore: rules.ignore.filter((name) => !keyNames.includes(name)),
      columns: Object.fromEntries(
        Object.entries(rules.columns ?? {}).filter(([name, it]) => it.tolerance === undefined || !keyNames.includes(name)),
      ),
      key: declared ? keyNames : undefined,
    },
  };
}

function apply(rows: (readonly Cell[])[], { edit, changes }: { edit: Edit; changes: readonly Change[] }): (readonly Cell[])[] {
  const row = rows[edit.at % Math.max(rows.length, 1)];
  if (row === undefined) return rows;
  if (edit.kind === "drop") return rows.filter((other) => other !== row);
  if (edit.kind === "double") return [...rows, [...row]];
  const place = edit.column % row.length;
  const type = changes[place]?.current ?? "text";
  const to = (old: Cell): Cell => (edit.kind === "nudge" ? nearby(type, { cell: old, by: edit.by }) : (edit.to[place] ?? null));
  return rows.map((other) => (other === row ? row.map((old, index) => (index === place ? to(old) : old)) : other));
}

/** Rows with a whole key, the first of each. */
function firstOfEachKey(rows: readonly (readonly Cell[])[], key: readonly number[]): readonly (readonly Cell[])[] {
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
