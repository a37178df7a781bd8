import type { Tables } from "../tables/tables.ts";
import type { ComparedColumn } from "./compared-columns.ts";
import type { Relation } from "./relation.ts";

export type Side = "reference" | "current";

/** Two sides and the engine that compares them. */
export interface ComparedSides {
  readonly tables: Tables;
  readonly reference: Relation;
  readonly current: Relation;
}

/** What is being done, for messages about data, disk or memory. */
export function comparing({ reference, current }: ComparedSides): string {
  return `comparing ${current.title} with ${reference.title}`;
}

/** SQL that reads the compared columns of one side as `v0`, `v1`, … and `here`, which is true. */
export function sideRows({ relation, side, columns }: { relation: Relation; side: Side; columns: readonly ComparedColumn[] }): string {
  const values = columns.map((column, index) => `${column[side]} AS v${index}`);
  return `(SELECT ${[...values, "true AS here"].join(", ")} FROM ${relation.from})`;
}
