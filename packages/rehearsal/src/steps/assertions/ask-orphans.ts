import { rm } from "node:fs/promises";
import path from "node:path";
import type { ColumnConfig, OrphansAssertion } from "@rehearse/config";
import { findOrphans } from "@rehearse/dataset";
import type { FactOf } from "../../model/assertion-fact.ts";
import { extractDataset } from "../extract-dataset.ts";
import type { StepContext } from "../step-context.ts";
import { refusal } from "./ask-query.ts";

type Found = Pick<FactOf<"orphans">, "values" | "orphans" | "examples" | "error">;

/** Reads both tables, of whatever engines, and looks for values of the child that the parent lacks. */
export async function askOrphans({ child, parent }: OrphansAssertion, context: StepContext): Promise<Found> {
  const directory = path.join(context.environment.scratch, "answers", crypto.randomUUID());
  const side = async ({ service, table, column }: ColumnConfig, name: string) => ({
    dataset: await extractDataset(context, { service, source: { table }, directory: path.join(directory, name) }),
    column,
  });
  try {
    const sides = { child: await side(child, "child"), parent: await side(parent, "parent") };
    return { ...(await findOrphans({ tables: context.tables, ...sides })), error: null };
  } catch (thrown) {
    return { values: 0, orphans: 0, examples: [], error: refusal(thrown) };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
