import type { Dataset } from "../rows/dataset.ts";
import { requireFewColumns, writeDataset } from "../rows/materialise.ts";
import { openFiles, type FilesRequest } from "./open-sides.ts";

/** Reads files of anybody, which are one table together, into a dataset in `directory`. DATASET_NOT_FOUND, DATASET_UNREADABLE, USAGE. */
export async function materialiseFiles({ directory, ...request }: FilesRequest & { readonly directory: string }): Promise<Dataset> {
  const { title, columns, key, rows, ...source } = await openFiles(request);
  requireFewColumns({ file: title, columns });
  return writeDataset({ tables: request.tables, directory, title, facts: { columns, key, rows }, source });
}
