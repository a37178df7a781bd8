import { parse } from "yaml";
import { z } from "zod";

const actionSchema = z.object({
  inputs: z.record(z.string(), z.object({ description: z.string(), default: z.string() })),
  outputs: z.record(z.string(), z.object({ description: z.string() })),
});

/** The inputs and outputs of an action.yml as Markdown tables. */
export function actionTables(actionYml: string): { readonly inputs: string; readonly outputs: string } {
  const { inputs, outputs } = actionSchema.parse(parse(actionYml));
  return {
    inputs: table([
      ["input", "default", "what it is"],
      ...Object.entries(inputs).map(([name, input]) => [`\`${name}\``, `\`${input.default}\``, input.description]),
    ]),
    outputs: table([["output", "what it is"], ...Object.entries(outputs).map(([name, { description }]) => [`\`${name}\``, description])]),
  };
}

function table([head = [], ...rows]: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |\n`;
  return [head, head.map(() => "---"), ...rows].map(line).join("");
}
