import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { RehearseError } from "@rehearse/errors";
import { toText } from "../types/canonical-text.ts";
import { storedColumns, type StoredColumn } from "../types/canonical-type.ts";
import { scanStored } from "../compare/compared-side.ts";
import type { Dataset } from "../rows/dataset.ts";
import { digestDataset } from "../rows/digest.ts";
import type { Manifest } from "../rows/manifest.ts";
import { writeManifest } from "../rows/materialise.ts";
import { verifyParquet } from "../rows/read-dataset.ts";
import { readReference } from "./read-reference.ts";
import { refuseDetour } from "./reference-folder.ts";
import { referenceLine } from "./reference-text.ts";
import { orderOf, orderOfRows } from "../types/row-order.ts";
import type { Tables } from "../tables/tables.ts";
import { requireUniqueNames } from "../types/unique-names.ts";
import { usableKey } from "../rows/usable-key.ts";
import { makeDirectory, writeAtomically } from "../tables/write-atomically.ts";
import { writeParquet } from "../tables/write-parquet.ts";

/** A reference up to this size is kept as text that a reviewer can read. */
const asText = { rows: 1000, bytes: 1_000_000 };

/** The columns of a dataset that its reference keeps, and where they stand in the dataset's file. */
interface Kept {
  readonly dataset: Dataset;
  readonly columns: readonly StoredColumn[];
  readonly positions: readonly number[];
}

/**
 * Makes a dataset the reference in `directory`, without the ignored columns: sorted by key (else by whole row), as text where it is small, else as Parquet.
 * Nothing is touched where the reference there has the same columns and values. `root` is the folder that must hold it.
 * REFERENCE_INVALID where the path leaves that folder, DATASET_UNREADABLE where the dataset is not what its manifest says, QUERY_FAILED where two columns have one name, DIRECTORY_NOT_WRITABLE.
 */
export async function acceptReference(request: {
  tables: Tables;
  dataset: Dataset;
  directory: string;
  ignore: readonly string[];
  root?: string | undefined;
}): Promise<"written" | "unchanged"> {
  const { tables, dataset, directory } = request;
  await refuseDetour(request);
  requireUniqueNames(dataset.manifest.columns);
  await verifyParquet(tables, dataset);
  const kept = keptColumns(dataset, request.ignore);
  const digest = await digestDataset({ tables, dataset, ignore: request.ignore });
  const { version, rows, read } = dataset.manifest;
  const facts = {
    version,
    rows,
    columns: dataset.manifest.columns.filter(({ name }) => !request.ignore.includes(name)),
    key: usableKey(dataset.manifest, request.ignore),
    ...(read === undefined ? {} : { read }),
    digest,
  };
  const there = await intactManifest({ tables, directory });
  if (there !== null && isDeepStrictEqual({ ...facts, file: there.file }, there)) return "unchanged";
  await makeDirectory(directory);
  const plan = { tables, directory, kept, order: sortOrder(kept, facts.key) };
  const text = await referenceText(plan);
  const file = text === null ? "rows.parquet" : "rows.ndjson";
  if (text === null) await writeSorted(plan);
  else await writeAtomically(join(directory, file), (temporary) => writeFile(temporary, text));
  await writeManifest(directory, { ...facts, file });
  await rm(join(directory, text === null ? "rows.ndjson" : "rows.parquet"), { force: true });
  return "written";
}

interface ReferencePlan {
  readonly tables: Tables;
  readonly directory: string;
  readonly kept: Kept;
  readonly order: readonly string[];
}

function keptColumns(dataset: Dataset, ignore: readonly string[]): Kept {
  const kept = storedColumns(dataset.manifest.columns)
    .map((column, position) => ({ column, position }))
    .filter(({ column }) => !ignore.includes(column.name));
  return { dataset, columns: kept.map(({ column }) => column), positions: kept.map(({ position }) => position) };
}

function sortOrder({ columns, positions }: Kept, key: readonly string[]): string[] {
  const placed = columns.map(({ name, type }, index) => ({ name, type, value: `c${positions[index]}` }));
  if (key.length === 0) return orderOfRows(placed);
  return key.flatMap((name) => placed.filter((column) => column.name === name)).flatMap(({ type, value }) => orderOf(type, value));
}

/** The rows as lines of JSON, null where they are too many or too long for a reviewer. */
async function referenceText({ tables, kept, order }: ReferencePlan): Promise<string | null> {
  const { dataset, columns, positions } = kept;
  if (dataset.manifest.rows > asText.rows || columns.length === 0) return null;
  const texts = columns.map(({ type }, index) => toText(type, `c${positions[index]}`));
  const doing = `reading ${dataset.parquet}`;
  const lengths = `list_sum([${texts.map((text) => `coalesce(strlen(${text}), 4)`).join(", ")}])`;
  const [[bytes] = []] = await tables.query(`SELECT coalesce(sum(${lengths}), 0) FROM ${scanStored(kept.dataset)}`, doing);
  if (Number(bytes) > asText.bytes) return null;
  const rows = await tables.query(`SELECT ${texts.join(", ")} FROM ${scanStored(kept.dataset)} ORDER BY ${order.join(", ")}`, doing);
  const text = rows.map((cells) => `${referenceLine(columns, cells)}\n`).join("");
  return Buffer.byteLength(text) > asText.bytes ? null : text;
}

async function writeSorted({ tables, directory, kept, order }: ReferencePlan): Promise<void> {
  const { dataset, columns, positions } = kept;
  const values = positions.map((position) => `c${position}`);
  await writeParquet({
    tables,
    file: join(directory, "rows.parquet"),
    columns,
    values,
    from: scanStored(kept.dataset),
    orderBy: order,
    doing: `reading ${dataset.parquet}`,
  });
}

/** The manifest of a reference that can be trusted. One that cannot is replaced: accepting is how it is mended. */
async function intactManifest({ tables, directory }: { tables: Tables; directory: string }): Promise<Manifest | null> {
  try {
    return (await readReference({ tables, directory }))?.manifest ?? null;
  } catch (error) {
    if (error instanceof RehearseError && error.code === "REFERENCE_INVALID") return null;
    throw error;
  }
}
