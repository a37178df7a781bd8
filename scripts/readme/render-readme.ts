import { readFile } from "node:fs/promises";
import path from "node:path";
import { actionTables } from "./action-tables.ts";
import { fillParts } from "./fill-parts.ts";

/** The files of the example that the README shows, by their place in the repository. */
export const shownFiles = ["docs/example/.github/workflows/rehearse.yml", "docs/example/orders/rehearse.yml"] as const;

/** The README with everything that is generated in it: the tables of action.yml's inputs and outputs, and files of the example. */
export async function renderReadme(repository: string): Promise<string> {
  const read = (file: string) => readFile(path.join(repository, file), "utf8");
  const files = await Promise.all(shownFiles.map(async (file) => [file, `\`\`\`yaml\n${await read(file)}\`\`\`\n`] as const));
  return fillParts(await read("README.md"), { ...actionTables(await read("action.yml")), ...Object.fromEntries(files) });
}
