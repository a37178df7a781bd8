import type { Comparison } from "./comparison.ts";

/** What comparing the rows found, however they were matched. */
export interface RowDifferences extends Pick<Comparison, "added" | "removed" | "changed" | "columns" | "causes" | "expected" | "rung"> {
  readonly examples: Omit<Comparison["examples"], "fields">;
}
