import { compareDatasets, type Cell, type Column, type Comparison, type ComparisonRules } from "../../src/index.ts";
import { columns, openWorkshop } from "./table-workshop.ts";

/** One side of a comparison. */
export interface Side {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
  readonly key?: readonly string[];
}

/** Materialises two sides and compares them. */
export async function compare(sides: {
  reference: Side;
  current: Side;
  rules?: Partial<ComparisonRules>;
  examples?: number;
}): Promise<Comparison> {
  await using workshop = await openWorkshop();
  const [reference, current] = [await workshop.dataset(sides.reference), await workshop.dataset(sides.current)];
  return await compareDatasets({
    tables: workshop.tables,
    reference,
    current,
    rules: { ignore: [], ...sides.rules },
    ...(sides.examples === undefined ? {} : { examples: sides.examples }),
  });
}

export const pair = columns({ id: "int32", v: "text" });
export const rows: Cell[][] = [
  ["1", "a"],
  ["2", "b"],
  ["3", "c"],
];
export const plain: Side = { columns: pair, rows };
