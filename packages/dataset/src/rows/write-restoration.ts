import { toText } from "../types/canonical-text.ts";
import { storedColumns, type StoredColumn } from "../types/canonical-type.ts";
import { scanParquet } from "../tables/sql-text.ts";
import type { Tables } from "../tables/tables.ts";
import { writeAtomically } from "../tables/write-atomically.ts";
import { parquetWidth } from "../tables/write-parquet.ts";
import type { Dataset } from "./dataset.ts";
import { usableKey } from "./usable-key.ts";

/** The rows of a dataset as an engine takes them back: canonical texts in the same CSV that extractions are written in. The mirror of `Extraction`. */
export interface Restoration {
  readonly format: "csv";
  readonly file: string;
  /** A field a column, in this order. */
  readonly columns: readonly StoredColumn[];
  /** The primary key's columns, in order; empty where there was none, or where the dataset does not hold all of it. */
  readonly key: readonly string[];
  readonly rows: number;
}

/** Writes a dataset's rows for an engine to load, in their order, whole or not at all. DATASET_UNREADABLE, DIRECTORY_NOT_WRITABLE. */
export async function writeRestoration(request: { tables: Tables; dataset: Dataset; file: string }): Promise<Restoration> {
  const { tables, dataset, file } = request;
  const { manifest, parquet } = dataset;
  const columns = storedColumns(manifest.columns);
  const texts = columns.map(({ type }, index) => `${toText(type, `c${index}`)} AS t${index}`);
  // Rows without columns are bare line ends, as in an extraction: one field that is NULL, and NULL written as nothing.
  const fields = columns.length === 0 ? ["NULL"] : texts;
  const nullText = columns.length === 0 ? "" : String.raw`\N`;
  const rows = await writeAtomically(file, (temporary) =>
    tables.writeFile({
      select: `SELECT ${fields.join(", ")} FROM ${scanParquet(parquet, parquetWidth(columns.length))}`,
      file: temporary,
      form: `FORMAT csv, HEADER false, DELIMITER ',', QUOTE '"', ESCAPE '"', FORCE_QUOTE *, NULLSTR '${nullText}'`,
      doing: `reading ${parquet}`,
    }),
  );
  return { format: "csv", file, columns, key: usableKey(manifest, []), rows };
}
