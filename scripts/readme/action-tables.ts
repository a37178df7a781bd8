import { parse } from "yaml";
import { z } from "zod";
import { markdownTable } from "../markdown-table.ts";

const actionSchema = z.object({
  inputs: z.record(z.string(), z.object({ description: z.string(), default: z.string() })),
  outputs: z.record(z.string(), z.object({ description: z.string() })),
});

/** The inputs and outputs of an action.yml as Markdown tables. */
export function actionTables(actionYml: string): { readonly inputs: string; readonly outputs: string } {
  const { inputs, outputs } = actionSchema.parse(parse(actionYml));
  const inputRows = Object.entries(inputs).map(([name, input]) => [`\`${name}\``, `\`${input.default}\``, input.description]);
  const outputRows = Object.entries(outputs).map(([name, { description }]) => [`\`${name}\``, description]);
  return {
    inputs: `${markdownTable(["input", "default", "what it is"], inputRows)}\n`,
    outputs: `${markdownTable(["output", "what it is"], outputRows)}\n`,
  };
}
