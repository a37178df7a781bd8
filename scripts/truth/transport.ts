import type { Relation, Tables } from "@rehearse/dataset";
import type fc from "fast-check";
import type { TruthCase, TruthTable } from "./truth-case.ts";

/** A way that rows take from memory to the comparison: through files, or through an engine. */
export interface Transport extends AsyncDisposable {
  readonly name: string;
  /** Cases whose tables arrive there as what they were. */
  readonly cases: fc.Arbitrary<TruthCase>;
  readonly tables: Tables;
  /** Puts a table where the comparison finds it. */
  carry(table: TruthTable): Promise<Relation>;
  /** Takes away what the tables of one case left. */
  clear(): Promise<void>;
}
