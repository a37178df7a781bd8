import { setTimeout as pause } from "node:timers/promises";
import { rm } from "node:fs/promises";
import path from "node:path";
import type { AssertionConfig } from "@rehearse/config";
import { readCells } from "@rehearse/dataset";
import { RehearseError } from "@rehearse/errors";
import { answerRows, holds } from "../judge/judge-assertion.ts";
import type { AssertionFact } from "../model/run.ts";
import { extractDataset } from "./extract-dataset.ts";
import type { StepContext } from "./step-context.ts";

const pauseMs = 100;

/** Asks an assertion's question on a read-only connection, again and again within its time until it holds; the last answer is the fact. */
export async function askAssertion(assertion: AssertionConfig, context: StepContext): Promise<AssertionFact> {
  const deadline = performance.now() + assertion.withinMs;
  for (let attempts = 1; ; attempts += 1) {
    const fact = { name: assertion.name, after: assertion.after, attempts, ...(await answer(assertion, context)) };
    if (holds(assertion, fact) || performance.now() + pauseMs > deadline) return fact;
    await pause(pauseMs, undefined, { signal: context.signal });
  }
}

async function answer(
  assertion: AssertionConfig,
  context: StepContext,
): Promise<Pick<AssertionFact, "columns" | "types" | "rows" | "more" | "error">> {
  const directory = path.join(context.environment.scratch, "answers", crypto.randomUUID());
  try {
    const dataset = await extractDataset(context, { service: assertion.service, source: { query: assertion.sql }, directory });
    const limit = Math.max(answerRows, assertion.equals.length);
    const { columns, rows, more } = await readCells({ tables: context.tables, dataset, limit });
    const uncomparable = columns.find((column) => typeof column.type !== "string");
    return {
      columns: columns.map((column) => column.name),
      types: columns.map((column) => (typeof column.type === "string" ? column.type : "")),
      rows: rows.map((row) => [...row]),
      more,
      error:
        uncomparable === undefined ? null : `column ${uncomparable.name} (${uncomparable.source}) cannot be compared: cast it in the query`,
    };
  } catch (thrown) {
    if (!(thrown instanceof RehearseError && thrown.code === "QUERY_FAILED")) throw thrown;
    return { columns: [], types: [], rows: [], more: 0, error: thrown.message };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
