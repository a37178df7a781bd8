import { readFileSync } from "node:fs";

/** What was written to a file like GITHUB_OUTPUT, by name, as the runner reads it: the value stands between two lines with a delimiter. */
export function readFileCommands(file: string): Record<string, string> {
  const found = readFileSync(file, "utf8").matchAll(/^(?<name>[^=\n]+?)<<(?<end>.+)\n(?<value>[\s\S]*?)\n\k<end>\n/gm);
  return Object.fromEntries([...found].map(({ groups }) => [groups?.["name"] ?? "", groups?.["value"] ?? ""]));
}
