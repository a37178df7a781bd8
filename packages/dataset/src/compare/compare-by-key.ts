import { describeDifferences } from "./describe-differences.ts";
import type { KeyedRows } from "./keyed-rows.ts";
import type { RowDifferences } from "./row-differences.ts";
import { findDifferingRows } from "./rungs/find-differing-rows.ts";
import type { Survey } from "./rungs/survey-rows.ts";

/** Matches the rows of two sides by key: a row of one side only is added or removed, a row of both is compared cell by cell. */
export async function compareByKey(rows: KeyedRows, survey: Survey): Promise<RowDifferences> {
  const { differing: found, rung } = await findDifferingRows(rows, survey);
  await using differing = found;
  return { ...(await describeDifferences(rows, differing)), rung };
}
