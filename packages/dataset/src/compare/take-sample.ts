import { identityOf } from "../types/row-order.ts";
import type { ComparedColumn } from "./compared-columns.ts";
import { comparing, type ComparedSides, type Side } from "./compared-side.ts";
import type { Relation } from "./relation.ts";

/** A part of the rows of both sides, and how many of the current ones. */
export interface Sample extends ComparedSides {
  readonly rows: number;
}

/** Parts of a row's hash: so fine is the percentage. */
const parts = 1_000_000;

/**
 * The rows whose hash falls into the first so many percent. The hash is of the key, or where there is none of the whole row, so that both sides keep the same rows,
 * and every run does.
 */
export async function takeSample(
  sides: ComparedSides,
  { by, percent }: { by: readonly ComparedColumn[]; percent: number },
): Promise<Sample> {
  const part = (side: Side): Relation => {
    const hash = `hash(${by.map((column) => identityOf(column.type, column[side])).join(", ")})`;
    return {
      ...sides[side],
      digest: undefined,
      from: `(SELECT * FROM ${sides[side].from} WHERE ${hash} % ${parts} < ${Math.round((percent / 100) * parts)})`,
    };
  };
  const sample = { ...sides, reference: part("reference"), current: part("current") };
  const [[rows] = []] = await sides.tables.query(`SELECT count(*) FROM ${sample.current.from}`, comparing(sides));
  return { ...sample, rows: Number(rows) };
}
