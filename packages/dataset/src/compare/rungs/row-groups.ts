import type { ComparedColumn } from "../compared-columns.ts";
import { comparing, type ComparedSides, type Side } from "../compared-side.ts";
import { fileLiteral } from "../../tables/sql-text.ts";
import { familyOf, storageType } from "../../types/storage-type.ts";

/** What a Parquet file says of one part of its rows. */
export interface RowGroup {
  readonly rows: number;
  /** Bytes of its values before compression. */
  readonly bytes: number;
  /** The smallest value of the column in question, as text; null where the file does not say. */
  readonly smallest: string | null;
  /** Whether all its values of that column are at least as large as those of the part before. */
  readonly inOrder: boolean;
}

/** The parts of one side's file, in their order, seen by a column; none where its rows are not the plain rows of one Parquet file. */
export async function rowGroupsOf(sides: ComparedSides, { side, column }: { side: Side; column: ComparedColumn }): Promise<RowGroup[]> {
  const { parquet } = sides[side];
  const position = /^c(\d+)$/.exec(column[side])?.[1];
  if (parquet === undefined || position === undefined || !ordered.has(familyOf(column.type))) return [];
  const groups = await sides.tables.query(
    `SELECT rows, bytes, low, low <= high AND coalesce(lag(high) OVER (ORDER BY number) <= low, number = 0)
     FROM (SELECT row_group_id AS number, row_group_num_rows AS rows, row_group_bytes AS bytes,
         try_cast(stats_min_value AS ${storageType(column.type)}) AS low, try_cast(stats_max_value AS ${storageType(column.type)}) AS high
       FROM parquet_metadata(${fileLiteral(parquet)}) WHERE column_id = ${position})
     ORDER BY number`,
    comparing(sides),
  );
  return groups.map(([rows, bytes, smallest = null, inOrder]) => ({
    rows: Number(rows),
    bytes: Number(bytes),
    smallest,
    inOrder: inOrder === "true",
  }));
}

/** Families whose values compare in SQL as they do in the statistics of a file. */
const ordered: ReadonlySet<string> = new Set(["integer", "decimal", "text", "date", "timestamp", "timestamptz"]);
