import { isDeepStrictEqual } from "node:util";
import { digestValues } from "../../rows/digest.ts";
import { storedColumns } from "../../types/canonical-type.ts";
import type { ComparedColumn } from "../compared-columns.ts";
import { comparing } from "../compared-side.ts";
import type { KeyedRows } from "../keyed-rows.ts";
import { sameDigests } from "./differing-rows-by-range.ts";
import { planRanges } from "./plan-ranges.ts";
import type { PlannedRanges } from "./ranges-hold.ts";
import { rowGroupsOf } from "./row-groups.ts";

/** What a first look at two sides says, before any row is matched. */
export interface Survey {
  /**
   * Whether all rows have one digest on both sides: made when both were stored, made when the reference was stored and now, or made now; null where it is
   * not known that they have.
   */
  readonly sameDigest: "stored" | "half stored" | "made" | null;
  /** Ranges of the key in which both sides can be read, should their files be right about their parts; null where there are none. */
  readonly planned: PlannedRanges | null;
}

/** Two sides, before it is known whether their key tells rows apart; none where there is none. */
export type SurveyedRows = Pick<KeyedRows, "tables" | "reference" | "current" | "columns" | "key" | "fewRows">;

/** Takes the first look: reads what files say of their parts, and digests large sides that may be the same. */
export async function surveyRows(rows: SurveyedRows): Promise<Survey> {
  const { reference, current, fewRows } = rows;
  if (reference.digest !== undefined && isDeepStrictEqual(reference.digest, current.digest)) return { sameDigest: "stored", planned: null };
  if (rows.columns.length === 0 || Math.max(reference.rows, current.rows) <= fewRows) return { sameDigest: null, planned: null };
  const planned = await plannedRanges(rows);
  return { sameDigest: await digestOfBoth(rows, planned), planned };
}

/** Digests that differ only cost time: all rows are read for them only where the number of rows and the first range leave hope. */
async function digestOfBoth(rows: SurveyedRows, planned: PlannedRanges | null): Promise<Survey["sameDigest"]> {
  const { reference, current, tables, columns } = rows;
  if (reference.rows !== current.rows) return null;
  const first = planned?.ranges[0];
  if (first !== undefined && !(await sameDigests(rows, first))) return null;
  if (reference.digest === undefined || !isAllOfReference(rows)) return (await sameDigests(rows, "true")) ? "made" : null;
  const values = columns.map(({ name, type, current: value }) => ({ name, type, value }));
  const made = await digestValues({ tables, from: current.from, columns: values, rows: current.rows, doing: comparing(rows) });
  // Another version may have stored the reference with another digest of the same rows.
  if (made.algorithm !== reference.digest.algorithm) return (await sameDigests(rows, "true")) ? "made" : null;
  return made.value === reference.digest.value ? "half stored" : null;
}

/** Whether every column that the reference holds is compared as it is stored there: only then its digest is about what is compared. */
function isAllOfReference({ reference, columns }: SurveyedRows): boolean {
  const stored = storedColumns(reference.columns).map((column, index) => ({ ...column, reference: reference.values[index] }));
  return stored.every((one) =>
    columns.some(({ name, type, reference: read }) => one.name === name && one.type === type && one.reference === read),
  );
}

async function plannedRanges(rows: SurveyedRows): Promise<PlannedRanges | null> {
  const [column] = rows.key;
  if (column === undefined) return null;
  const groups = {
    reference: await rowGroupsOf(rows, { side: "reference", column }),
    current: await rowGroupsOf(rows, { side: "current", column }),
  };
  const ranges = planRanges({ groups, type: column.type, value: valueOf(column, rows), memoryMegabytes: rows.tables.memoryMegabytes });
  return ranges === null ? null : { ranges, column };
}

function valueOf(column: ComparedColumn, { columns }: SurveyedRows): string {
  return `v${columns.indexOf(column)}`;
}
