import { familyOf } from "../../types/storage-type.ts";
import type { CellPair } from "../cell-pair.ts";
import { comparing } from "../compared-side.ts";
import type { Cause, ColumnDifferences } from "../comparison.ts";
import { isNumeric } from "../exact-delta.ts";
import type { Calculation } from "./calculation.ts";
import { exactFactors, exactSums, exactTimes } from "./exact-arithmetic.ts";
import { nearlyAll, type CauseRequest } from "./cause-request.ts";
import { decimalPair } from "./decimal-pair.ts";
import { floatFactors, floatSum, floatSums, floatTimes } from "./float-arithmetic.ts";

/** The one calculation that nearly all changed cells of a column have in common: of a sum and a product the one that holds for more, else the sum. */
export async function arithmeticCause(
  request: CauseRequest,
  { pair: cells, column }: { pair: CellPair; column: ColumnDifferences },
): Promise<Cause | null> {
  if (!isNumeric(cells.column.type) || column.deltas === null) return null;
  const changed = `${request.from} WHERE in_reference AND in_current AND ${cells.changed}`;
  const pair = familyOf(cells.column.type) === "number" ? await decimalPair(request, { pair: cells, changed }) : cells;
  const candidates = [...sums(pair, column.deltas.median), ...factors(pair, await largestCells(request, { pair, changed }))];
  let best: Cause | null = null;
  for (const candidate of candidates) {
    const rows = await rowsOf(request, { pair, changed, candidate });
    if (nearlyAll(rows, column.changed) && (best === null || rows > best.rows))
      best = { kind: "arithmetic", column: column.name, operation: candidate.operation, operand: candidate.operand, rows };
  }
  return best;
}

function sums(pair: CellPair, median: string): Calculation[] {
  return familyOf(pair.column.type) === "float" ? floatSums(median).map((sum) => floatSum(pair, sum)) : exactSums(pair, median);
}

function factors(pair: CellPair, cells: readonly Cells[]): Calculation[] {
  const isFloat = familyOf(pair.column.type) === "float";
  const found = cells.flatMap(([reference, current]) =>
    isFloat
      ? floatFactors(pair.column.type, { reference, current }).map((factor) => floatTimes(pair, factor))
      : exactFactors(pair.column.type, { reference, current }).map((factor) => exactTimes(pair, factor)),
  );
  return [...new Map(found.map((calculation) => [calculation.operand, calculation])).values()];
}

type Cells = readonly [reference: string, current: string];

/** The changed cells that tell a factor most precisely: those of the largest reference values. */
async function largestCells(request: CauseRequest, { pair, changed }: { pair: CellPair; changed: string }): Promise<Cells[]> {
  const { reference, current } = pair;
  const size = `abs(try_cast(${reference} AS DOUBLE))`;
  const finite = `isfinite(${size}) AND isfinite(try_cast(${current} AS DOUBLE))`;
  const found = await request.rows.tables.query(
    `SELECT DISTINCT ${reference}, ${current}, ${size} AS size FROM ${changed} AND coalesce(${finite}, false) ORDER BY size DESC, 1, 2 LIMIT 3`,
    comparing(request.rows),
  );
  return found.flatMap(([old, now]) =>
    old === null || old === undefined || now === null || now === undefined ? [] : [[old, now] as const],
  );
}

/** How many changed cells a calculation explains; none where it may hold by chance. */
async function rowsOf(
  { rows }: CauseRequest,
  { pair, changed, candidate }: { pair: CellPair; changed: string; candidate: Calculation },
): Promise<number> {
  const [[holding, exact, alike] = []] = await rows.tables.query(
    `SELECT count(*) FILTER (${candidate.holds}), count(*) FILTER (${candidate.exact}),
       min(${pair.reference}) FILTER (${candidate.holds}) = max(${pair.reference}) FILTER (${candidate.holds}) FROM ${changed}`,
    comparing(rows),
  );
  const byChance = (candidate.operation === "times" && alike === "true") || (candidate.vague && exact !== holding);
  return byChance ? 0 : Number(holding);
}
