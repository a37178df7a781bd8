import type { Tables } from "../tables/tables.ts";
import { toText } from "../types/canonical-text.ts";
import type { CanonicalType } from "../types/canonical-type.ts";
import { decimalShape } from "../types/simple-type.ts";
import { familyOf, storageType } from "../types/storage-type.ts";
import type { CellPair } from "./cell-pair.ts";
import type { ColumnDifferences } from "./comparison.ts";
import { isDecimal, scaleOf, unitsAt } from "./decimal-sql.ts";
import { decimalText, shortestDecimal } from "./decimal-text.ts";
import { isNumeric } from "./exact-delta.ts";
import { widestDifference } from "./widest-difference.ts";

interface DeltaRequest {
  readonly tables: Tables;
  /** Rows that stand side by side. */
  readonly from: string;
  readonly doing: string;
}

/** The smallest, the middle and the largest difference of a column's changed cells, exactly; null where no two of them are finite numbers. */
export async function deltasOf(pair: CellPair, request: DeltaRequest): Promise<ColumnDifferences["deltas"]> {
  if (!isNumeric(pair.column.type)) return null;
  const changed = `${request.from} WHERE in_reference AND in_current AND ${pair.changed}`;
  const { difference, textOf } = await differenceOf(pair, { ...request, changed });
  const deltas = `(SELECT ${difference} AS delta FROM ${changed})`;
  const [[count, min = null, max = null] = []] = await request.tables.query(
    `SELECT count(delta), min(delta), max(delta) FROM ${deltas}`,
    request.doing,
  );
  if (min === null || max === null) return null;
  // Not quantile_disc: it would hold all differences in memory. No condition on the difference: it would be worked out for every row, changed or not.
  const middle = Math.floor((Number(count) - 1) / 2);
  const [[median = null] = []] = await request.tables.query(
    `SELECT delta FROM ${deltas} ORDER BY delta NULLS LAST LIMIT 1 OFFSET ${middle}`,
    request.doing,
  );
  return { min: textOf(min), median: textOf(median ?? min), max: textOf(max) };
}

interface Difference {
  /** SQL for current - reference, NULL where it is no finite number. */
  readonly difference: string;
  /** Its value as decimal text. */
  readonly textOf: (delta: string) => string;
}

async function differenceOf(pair: CellPair, request: DeltaRequest & { changed: string }): Promise<Difference> {
  const { column, reference, current } = pair;
  if (isNarrow(column.type)) {
    const difference = widestDifference(column.type, [current, reference]);
    return { difference, textOf: (delta) => delta };
  }
  const [r, c] = [toText(column.type, reference), toText(column.type, current)];
  const scales = `greatest(${scaleOf(r)}, ${scaleOf(c)})`;
  const finite = `${isDecimal(r)} AND ${isDecimal(c)}`;
  const [[scale] = []] = await request.tables.query(
    `SELECT greatest(0, max(${scales}) FILTER (${finite})) FROM ${request.changed}`,
    request.doing,
  );
  const at = String(scale);
  return {
    difference: `CASE WHEN ${finite} THEN ${unitsAt(c, at)} - ${unitsAt(r, at)} END`,
    textOf: (delta) => decimalText(shortestDecimal({ units: BigInt(delta), scale: Number(at) })),
  };
}

/** Whether the difference of any two values of a type is a number that DuckDB's own arithmetic holds exactly. */
function isNarrow(type: CanonicalType): boolean {
  if (storageType(type) === "VARCHAR" || familyOf(type) === "float") return false;
  return decimalShape(type)?.precision !== 38;
}
