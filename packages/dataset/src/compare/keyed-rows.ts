import type { ComparedColumn } from "./compared-columns.ts";
import type { ComparedSides } from "./compared-side.ts";
import type { ExpectedRule } from "./expected/expected-rule.ts";

/** Two sides whose key is unique and never NULL on each of them. */
export interface KeyedRows extends ComparedSides {
  /** All compared columns, those of the key among them. */
  readonly columns: readonly ComparedColumn[];
  readonly key: readonly ComparedColumn[];
  readonly expected: readonly ExpectedRule[];
  /** How many examples of each kind to read. */
  readonly examples: number;
  /** Up to so many rows a side, they are compared the plain way. */
  readonly fewRows: number;
}
