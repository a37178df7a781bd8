/** The canonical text of a cell; null is SQL's NULL. */
export type Cell = string | null;

/** What to leave out of a comparison, how to match rows, and what counts as equal. */
export interface ComparisonRules {
  /** Key columns; undefined: the engine's primary key, else the rows as a multiset. */
  readonly key?: readonly string[] | undefined;
  readonly ignore: readonly string[];
  /** By the column's name. */
  readonly columns?: Readonly<Record<string, ColumnRules>> | undefined;
  readonly expected?: readonly ExpectedDifference[] | undefined;
  /** Compare only so many of a hundred rows, chosen by a hash of their key; the answer then says so. */
  readonly sample?: { readonly percent: number } | undefined;
}

/** Rows that differ as they should. */
export interface ExpectedDifference {
  /** Cells of these columns may change; undefined: of any. */
  readonly columns?: readonly string[] | undefined;
  /**
   * A condition of DuckDB's SQL over the compared columns: a name is the value now, of a removed row its last one, and `reference.<name>` the one of the
   * reference. Undefined: every row.
   */
  readonly where?: string | undefined;
  readonly kinds: readonly ("added" | "removed" | "changed")[];
  /** The most rows that it may match: if it matches more, it covers none. */
  readonly limit: number;
  /** One that has expired covers no row; what it matches is counted all the same. */
  readonly expired: boolean;
}

/** What counts as equal in one column. A transform comes first: the others look at what it gives. */
export interface ColumnRules {
  readonly tolerance?: Tolerance | undefined;
  /** A list, or a JSON array, is compared as a bag. */
  readonly unordered?: boolean | undefined;
  /** Parts of a document that are not compared, as JSON Pointers. */
  readonly json?: { readonly ignorePaths: readonly string[] } | undefined;
  /** White space at both ends of a text does not count. */
  readonly trim?: boolean | undefined;
  /** An expression of DuckDB's SQL over `value`, applied to both sides. */
  readonly transform?: string | undefined;
}

/** How far two values may lie apart and be equal: by any one of these. A NULL, a NaN or an infinity is near nothing. */
export interface Tolerance {
  /** The largest difference, an exact decimal. */
  readonly abs?: string | undefined;
  /** The largest difference as a part of the larger value. */
  readonly rel?: number | undefined;
  /** The most steps from one float of the column's type to the other. */
  readonly ulp?: number | undefined;
  /** The longest time between two moments or times of day, in microseconds. */
  readonly timeUs?: bigint | number | undefined;
}

export interface ChangedCell {
  readonly column: string;
  readonly reference: Cell;
  readonly current: Cell;
  /** current - reference as exact decimal text, for numeric columns. */
  readonly delta: string | null;
}

/** One row, as an example for the reader, named by its key. Cells are shown as they were compared: after the rules of their columns. */
export interface ChangedRow {
  readonly key: readonly Cell[];
  readonly cells: readonly ChangedCell[];
}

/** How the cells of one column differ, over all rows that both sides have. */
export interface ColumnDifferences {
  readonly name: string;
  /** Cells that differ by more than a tolerance allows. */
  readonly changed: number;
  /** Cells that are not the same and equal only by the column's tolerance; they are not among the changed. */
  readonly toTolerance: number;
  readonly nullToValue: number;
  readonly valueToNull: number;
  /** current - reference of the changed cells of which both are finite numbers, exactly; the median is one of them, the lower of two in the middle. */
  readonly deltas: { readonly min: string; readonly median: string; readonly max: string } | null;
}

/** What many changed rows have in common; each was checked over all of them, and nothing else is claimed. */
export type Cause =
  /** `rows` of the changed rows have this value in a column that is the same on both sides; `of` rows of the two sides have it. */
  | { readonly kind: "value"; readonly column: string; readonly value: Cell; readonly rows: number; readonly of: number }
  /** In `rows` of the rows that changed in the column, current = reference × operand or reference + operand, to the precision of its type. */
  | {
      readonly kind: "arithmetic";
      readonly column: string;
      readonly operation: "times" | "plus";
      readonly operand: string;
      readonly rows: number;
    };

export type SchemaChange =
  | { readonly change: "added" | "removed"; readonly column: string; readonly type: string }
  | { readonly change: "type"; readonly column: string; readonly reference: string; readonly current: string }
  | { readonly change: "key"; readonly reference: readonly string[]; readonly current: readonly string[] };

/** How rows were matched; a multiset says why there was no usable key. */
export type RowMatching =
  | { readonly by: "key"; readonly columns: readonly string[] }
  | { readonly by: "multiset"; readonly columns: readonly string[]; readonly reason: string };

/** Which way of comparing answered, and why it could. All ways give the same answer. */
export interface Rung {
  readonly name: string;
  readonly why: string;
}

/** What a comparison of two datasets found. All counts are exact. */
export interface Comparison {
  /** "expected" where all that differs is rows, and every one of them is covered. Of a sample, "same" says only that no row of the sample differs. */
  readonly verdict: "same" | "expected" | "different" | "not compared";
  readonly rows: { readonly reference: number; readonly current: number };
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
  /** Only columns that differ or were equal by a tolerance, most changed first. */
  readonly columns: readonly ColumnDifferences[];
  readonly causes: readonly Cause[];
  /** How many rows each expected difference matches, in their order, and how many of the differing rows are not covered whole. */
  readonly expected: { readonly matched: readonly number[]; readonly unexpected: number };
  readonly schema: readonly SchemaChange[];
  readonly notCompared: readonly { readonly column: string; readonly reason: string }[];
  readonly ignored: readonly string[];
  readonly matching: RowMatching;
  /** Duplicate or NULL keys that were found; a finding of its own. */
  readonly keyProblems: readonly {
    readonly side: "reference" | "current";
    readonly problem: "duplicate" | "null";
    readonly rows: number;
  }[];
  readonly rung: Rung;
  /** Null where every row was compared; else how many of the current rows were. */
  readonly sampled: { readonly percent: number; readonly rows: number } | null;
  /** The first few rows of each kind in key order; `fields` names the cells of added and removed rows. */
  readonly examples: {
    readonly fields: readonly string[];
    readonly changed: readonly ChangedRow[];
    readonly added: readonly (readonly Cell[])[];
    readonly removed: readonly (readonly Cell[])[];
  };
}
