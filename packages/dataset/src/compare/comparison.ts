/** The canonical text of a cell; null is SQL's NULL. */
export type Cell = string | null;

/** What to leave out of a comparison and how to match rows. */
export interface ComparisonRules {
  /** Key columns; undefined: the engine's primary key, else the rows as a multiset. */
  readonly key?: readonly string[] | undefined;
  readonly ignore: readonly string[];
}

export interface ChangedCell {
  readonly column: string;
  readonly reference: Cell;
  readonly current: Cell;
  /** current - reference as exact decimal text, for numeric columns. */
  readonly delta: string | null;
}

/** One row, as an example for the reader. Rows are named by their key; without a key `key` is the whole row. */
export interface ChangedRow {
  readonly key: readonly Cell[];
  readonly cells: readonly ChangedCell[];
}

export type SchemaChange =
  | { readonly change: "added" | "removed"; readonly column: string; readonly type: string }
  | { readonly change: "type"; readonly column: string; readonly reference: string; readonly current: string }
  | { readonly change: "key"; readonly reference: readonly string[]; readonly current: readonly string[] };

/** How rows were matched; a multiset says why there was no usable key. */
export type RowMatching =
  | { readonly by: "key"; readonly columns: readonly string[] }
  | { readonly by: "multiset"; readonly columns: readonly string[]; readonly reason: string };

/** What a comparison of two datasets found. All counts are exact. */
export interface Comparison {
  readonly verdict: "same" | "different" | "not compared";
  readonly rows: { readonly reference: number; readonly current: number };
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
  /** Changed rows per column, only columns that differ, most changed first. */
  readonly columns: readonly { readonly name: string; readonly changed: number }[];
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
  /** The first few rows of each kind in key order; `fields` names the cells of added and removed rows. */
  readonly examples: {
    readonly fields: readonly string[];
    readonly changed: readonly ChangedRow[];
    readonly added: readonly (readonly Cell[])[];
    readonly removed: readonly (readonly Cell[])[];
  };
}
