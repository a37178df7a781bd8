import { rm } from "node:fs/promises";
import path from "node:path";
import type { QueryAssertion } from "@rehearse/config";
import { readCells } from "@rehearse/dataset";
import { RehearseError } from "@rehearse/errors";
import type { Answer } from "../../model/assertion-fact.ts";
import { extractDataset } from "../extract-dataset.ts";
import type { StepContext } from "../step-context.ts";

/** Rows of an answer that are kept, and of one in which rows are looked for. */
const [keptRows, searchedRows] = [1000, 10_000];

/** The answer of an engine, or why there is none. */
export interface QueryAnswer {
  readonly answer: Answer | null;
  readonly error: string | null;
}

/** Asks a query on a read-only connection. */
export async function askQuery({ service, sql, claim }: QueryAssertion, context: StepContext): Promise<QueryAnswer> {
  const directory = path.join(context.environment.scratch, "answers", crypto.randomUUID());
  try {
    const dataset = await extractDataset(context, { service, source: { query: sql }, directory });
    const uncomparable = dataset.manifest.columns.find((column) => typeof column.type !== "string");
    if (uncomparable !== undefined && claim.kind !== "rows")
      return { answer: null, error: `column ${uncomparable.name} (${uncomparable.source}) cannot be compared: cast it in the query` };
    const limit = claim.kind === "contains" ? searchedRows : Math.max(keptRows, claim.kind === "equals" ? claim.rows.length : 0);
    const { columns, rows, more } = await readCells({ tables: context.tables, dataset, limit });
    const [names, types] = [columns.map(({ name }) => name), columns.map(({ type }) => type)];
    const answer = { columns: names, types, rows: rows.map((row) => [...row]), more, digest: dataset.manifest.digest.value };
    return { answer, error: null };
  } catch (thrown) {
    return { answer: null, error: refusal(thrown) };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** What the user asked and the engine refuses is a finding; every other failure goes on. */
export function refusal(thrown: unknown): string {
  if (thrown instanceof RehearseError && (thrown.code === "QUERY_FAILED" || thrown.code === "DATASET_NOT_FOUND")) return thrown.message;
  throw thrown;
}
