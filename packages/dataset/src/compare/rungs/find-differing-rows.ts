import { keepRows, type KeptRows } from "../../tables/keep-rows.ts";
import { comparing } from "../compared-side.ts";
import type { Rung } from "../comparison.ts";
import { differingRowsByFullJoin, fullJoin } from "../differing-rows.ts";
import type { KeyedRows } from "../keyed-rows.ts";
import { chooseRung } from "./choose-rung.ts";
import { differingRowsByHash } from "./differing-rows-by-hash.ts";
import { differingRowsByRange, sameDigests } from "./differing-rows-by-range.ts";
import { planRanges } from "./plan-ranges.ts";
import { rangesHold, type PlannedRanges } from "./ranges-hold.ts";
import { rowGroupsOf } from "./row-groups.ts";

/** The rows that differ, as `differingRowsByFullJoin` gives them, and how they were found. */
export interface FoundRows {
  readonly differing: KeptRows;
  readonly rung: Rung;
}

/** Finds the rows that are not the same on both sides, in the way that is quickest for them. */
export async function findDifferingRows(rows: KeyedRows): Promise<FoundRows> {
  const { reference, current, fewRows } = rows;
  const counts = { reference: reference.rows, current: current.rows };
  const stored = reference.digest !== undefined && reference.digest === current.digest;
  const many = !stored && Math.max(counts.reference, counts.current) > fewRows;
  const planned = many ? await plannedRanges(rows) : null;
  const sameDigest = stored ? "stored" : many && (await haveOneDigest(rows, planned)) ? "made" : null;
  const ranges = planned !== null && sameDigest === null && (await rangesHold(rows, planned)) ? planned.ranges : null;
  const chosen = chooseRung({ sameDigest, rows: counts, ranges: ranges?.length ?? null, fewRows });
  if (chosen.name === "digests") return { differing: await noRows(rows), rung: chosen };
  if (chosen.name === "full outer join") return { differing: await differingRowsByFullJoin(rows), rung: chosen };
  if (ranges === null) return { differing: await differingRowsByHash(rows), rung: chosen };
  const { differing, equal } = await differingRowsByRange(rows, ranges);
  const joined = equal === 0 ? "all of them were joined" : `${equal} had the same digest on both sides, the others were joined`;
  return { differing, rung: { ...chosen, why: `${chosen.why}; ${joined}` } };
}

/** Digests that differ only cost time: all rows are read for them only where the number of rows and the first range leave hope. */
async function haveOneDigest(rows: KeyedRows, planned: PlannedRanges | null): Promise<boolean> {
  if (rows.reference.rows !== rows.current.rows) return false;
  const first = planned?.ranges[0];
  return (first === undefined || (await sameDigests(rows, first))) && sameDigests(rows, "true");
}

/** Room for rows side by side. */
function noRows(rows: KeyedRows): Promise<KeptRows> {
  return keepRows({ tables: rows.tables, select: `${fullJoin(rows, "false")} LIMIT 0`, doing: comparing(rows) });
}

async function plannedRanges(rows: KeyedRows): Promise<PlannedRanges | null> {
  const [column] = rows.key;
  if (column === undefined) return null;
  const groups = {
    reference: await rowGroupsOf(rows, { side: "reference", column }),
    current: await rowGroupsOf(rows, { side: "current", column }),
  };
  const value = `v${rows.columns.indexOf(column)}`;
  const ranges = planRanges({ groups, type: column.type, value, memoryMegabytes: rows.tables.memoryMegabytes });
  return ranges === null ? null : { ranges, column };
}
