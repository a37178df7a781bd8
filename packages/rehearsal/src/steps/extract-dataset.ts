import { rm } from "node:fs/promises";
import path from "node:path";
import { materialise, type Dataset } from "@rehearse/dataset";
import type { DatasetSource } from "@rehearse/services";
import type { StepContext } from "./step-context.ts";

/** Reads a table or a query of a service into a dataset in `directory`. */
export async function extractDataset(
  { environment, tables }: Pick<StepContext, "environment" | "tables">,
  { service, source, directory }: { readonly service: string; readonly source: DatasetSource; readonly directory: string },
): Promise<Dataset> {
  const file = path.join(environment.scratch, `extract-${crypto.randomUUID()}`);
  try {
    const extraction = await environment.session(service).extract(source, file);
    return await materialise({ tables, extraction, directory });
  } finally {
    await rm(file, { force: true });
  }
}
