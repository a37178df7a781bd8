import { writeFile } from "node:fs/promises";
import { materialise, type Dataset, type Tables } from "@rehearse/dataset";
import type { TruthTable } from "./truth-case.ts";

/** A dataset at rest of cells in memory, handed over in one of the forms in which engines do. */
export async function datasetOfCells({
  tables,
  table: { columns, rows, key },
  directory,
  format = "csv",
}: {
  readonly tables: Tables;
  readonly table: TruthTable;
  readonly directory: string;
  readonly format?: "csv" | "ndjson";
}): Promise<Dataset> {
  const file = `${directory}.${format}`;
  const lines = rows.map((row) =>
    format === "csv"
      ? row.map((cell) => (cell === null ? String.raw`\N` : `"${cell.replaceAll('"', '""')}"`)).join(",")
      : `{${row.map((cell, index) => `${JSON.stringify(columns[index]?.name)}:${JSON.stringify(cell)}`).join(",")}}`,
  );
  await writeFile(file, lines.map((line) => `${line}\n`).join(""));
  const described = columns.map(({ name, type }) => ({ name, type, source: type }));
  return materialise({ tables, extraction: { format, file, columns: described, key, rows: rows.length }, directory });
}
