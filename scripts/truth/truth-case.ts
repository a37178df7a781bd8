import type { CanonicalType, Cell, ComparisonRules } from "@rehearse/dataset";

/** A column of one side. */
interface TruthColumn {
  readonly name: string;
  readonly type: CanonicalType;
}

/** One side of a comparison in memory: cells are canonical texts, `key` is what its engine would know. */
export interface TruthTable {
  readonly columns: readonly TruthColumn[];
  readonly rows: readonly (readonly Cell[])[];
  readonly key: readonly string[];
}

/** Two tables, the second made from the first by edits, and the rules to compare them by. */
export interface TruthCase {
  readonly reference: TruthTable;
  readonly current: TruthTable;
  readonly rules: ComparisonRules;
}
