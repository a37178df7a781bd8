import { readFile } from "node:fs/promises";
import path from "node:path";
import { engines } from "@rehearse/services";
import { markdownTable } from "../markdown-table.ts";
import { fillParts } from "../readme/fill-parts.ts";
import { excerpt } from "./excerpt.ts";
import { keyTables } from "./key-tables.ts";

/** The page, and the scenario that it shows part by part, by their place in the repository. */
export const [fileReference, shownScenario] = ["docs/file.md", "docs/example/shop/rehearse.yml"] as const;

const shownParts = ["services", "seeds", "stages", "checks.diff", "checks.assert", "checks.expect", "references"];

/** `docs/file.md` with everything that is generated in it: a table of the keys of each part, an example of it, and what each engine says of itself. */
export async function renderFileReference(repository: string): Promise<string> {
  const read = (file: string) => readFile(path.join(repository, file), "utf8");
  const scenario = await read(shownScenario);
  const shown = shownParts.map((part) => [`example:${part}`, `\`\`\`yaml\n${excerpt(scenario, part.split("."))}\`\`\`\n`] as const);
  const values = engines.map(({ name, connectionNames }) => [`\`${name}\``, connectionNames.map((it) => `\`${it}\``).join(", ")]);
  return fillParts(await read(fileReference), {
    ...keyTables(engines),
    ...Object.fromEntries(shown),
    "connection-values": `${markdownTable(["engine", "values"], values)}\n`,
  });
}
