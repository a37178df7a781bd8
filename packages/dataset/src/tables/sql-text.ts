/** A string as an SQL literal. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A name as an SQL identifier. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A path for DuckDB's readers, which otherwise take `*`, `?` and `[` for patterns. */
export function fileLiteral(file: string): string {
  return literal(file.replaceAll(/[*?[]/g, "[$&]"));
}

/** One row a stored row, its columns named `c0`, `c1`, … by position: names of columns may be alike but for their case, or even equal. */
export function scanParquet(file: string, columnCount: number): string {
  const names = Array.from({ length: columnCount }, (_, index) => `c${index}`);
  return `read_parquet(${fileLiteral(file)}, hive_partitioning = false) AS stored(${names.join(", ")})`;
}
