import type { StoredColumn } from "../types/canonical-type.ts";
import { identifier } from "./sql-text.ts";
import { familyOf } from "../types/storage-type.ts";
import type { Tables } from "./tables.ts";
import { writeAtomically } from "./write-atomically.ts";

/** Writes the rows of a plan as Parquet, whole or not at all; resolves to how many there were. */
export async function writeParquet(rows: {
  tables: Tables;
  file: string;
  columns: readonly StoredColumn[];
  values: readonly string[];
  from: string;
  orderBy?: readonly string[];
  doing: string;
}): Promise<number> {
  const fields = rows.columns.map(({ name }, index) => `${rows.values[index]} AS ${identifier(fieldName(name, index))}`);
  const order = rows.orderBy === undefined || rows.orderBy.length === 0 ? "" : `ORDER BY ${rows.orderBy.join(", ")}`;
  const select = `SELECT ${fields.length === 0 ? noField : fields.join(", ")} FROM ${rows.from} ${order}`;
  // DuckDB's dictionaries hold one zero for -0 and 0.
  const dictionaries = !rows.columns.some(({ type }) => familyOf(type) === "float");
  return writeAtomically(rows.file, (temporary) => rows.tables.writeParquet({ select, file: temporary, doing: rows.doing, dictionaries }));
}

/** How many fields a file has that `writeParquet` wrote for this many columns: Parquet knows no rows without fields. */
export function parquetWidth(columnCount: number): number {
  return Math.max(columnCount, 1);
}

/**
 * No file that is written here has more rows in a byte: a row group has at most 122,880, and says in at least 60 bytes what each of its columns is.
 * A file of others with more is not broken, but it may be a trap for whoever reads it.
 */
export const mostRowsPerByte = 2048;

const noField = "true AS no_columns";

/** For people who open the file; we read by position, for names may differ by case only. DuckDB's identifiers can be neither empty nor hold NUL. */
function fieldName(name: string, index: number): string {
  return name === "" ? `column ${index + 1}` : name.replaceAll("\0", "\uFFFD");
}
