import { keepFewRows, type KeptRows } from "../../tables/keep-rows.ts";
import { comparing } from "../compared-side.ts";
import type { Rung } from "../comparison.ts";
import { differingRowsByFullJoin, fullJoin } from "../differing-rows.ts";
import type { KeyedRows } from "../keyed-rows.ts";
import { chooseRung } from "./choose-rung.ts";
import { differingRowsByHash } from "./differing-rows-by-hash.ts";
import { differingRowsByRange } from "./differing-rows-by-range.ts";
import { rangesHold } from "./ranges-hold.ts";
import type { Survey } from "./survey-rows.ts";

/** The rows that differ, as `differingRowsByFullJoin` gives them, and how they were found. */
export interface FoundRows {
  readonly differing: KeptRows;
  readonly rung: Rung;
}

/** Finds the rows that are not the same on both sides, in the way that is quickest for them. */
export async function findDifferingRows(rows: KeyedRows, { sameDigest, planned }: Survey): Promise<FoundRows> {
  const { reference, current, fewRows } = rows;
  const counts = { reference: reference.rows, current: current.rows };
  const ranges = planned !== null && sameDigest === null && (await rangesHold(rows, planned)) ? planned.ranges : null;
  const chosen = chooseRung({ sameDigest, rows: counts, ranges: ranges?.length ?? null, fewRows });
  if (chosen.name === "digests") return { differing: await noRows(rows), rung: chosen };
  if (chosen.name === "full outer join") return { differing: await differingRowsByFullJoin(rows), rung: chosen };
  if (ranges === null) return { differing: await differingRowsByHash(rows), rung: chosen };
  const { differing, equal } = await differingRowsByRange(rows, ranges);
  const joined = equal === 0 ? "all of them were joined" : `${equal} had the same digest on both sides, the others were joined`;
  return { differing, rung: { ...chosen, why: `${chosen.why}; ${joined}` } };
}

/** Room for rows side by side. */
function noRows(rows: KeyedRows): Promise<KeptRows> {
  return keepFewRows({ tables: rows.tables, select: `${fullJoin(rows, "false")} LIMIT 0`, doing: comparing(rows) });
}
