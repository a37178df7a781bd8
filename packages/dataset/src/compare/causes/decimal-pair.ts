import { literal } from "../../tables/sql-text.ts";
import type { CellPair } from "../cell-pair.ts";
import { comparing } from "../compared-side.ts";
import type { CauseRequest } from "./cause-request.ts";

/** What is calculated with: products of such numbers stay within DuckDB's 38 digits. */
const [precision, mostScale] = [26, 12];

const exact = literal(String.raw`-?\d{1,${precision - mostScale}}(\.\d{1,${mostScale}})?`);

/** SQL: whether a number's text is one that is calculated with. */
function isCalculable(text: string): string {
  return `regexp_full_match(${text}, ${exact})`;
}

/**
 * The cells of a column of `number`, which are texts, as decimals of as many digits after the point as any changed one has. A number that such a decimal does
 * not hold exactly is NULL, so that no calculation explains it.
 */
export async function decimalPair({ rows }: CauseRequest, { pair, changed }: { pair: CellPair; changed: string }): Promise<CellPair> {
  const digits = (value: string): string => `max(length(split_part(${value}, '.', 2))) FILTER (${isCalculable(value)})`;
  const [[scale = null] = []] = await rows.tables.query(
    `SELECT greatest(${digits(pair.reference)}, ${digits(pair.current)}) FROM ${changed}`,
    comparing(rows),
  );
  const type = `decimal(${precision},${Number(scale ?? 0)})` as const;
  const decimal = (value: string): string => `CASE WHEN ${isCalculable(value)} THEN ${value}::${type} END`;
  return { ...pair, column: { ...pair.column, type }, reference: decimal(pair.reference), current: decimal(pair.current) };
}
