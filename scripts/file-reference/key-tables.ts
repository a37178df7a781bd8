import { keyFacts, type EngineFacts, type KeyFact } from "@rehearse/config";
import { markdownTable } from "../markdown-table.ts";

/** Where the parts of the file begin that have a table of their own, by the table's name; all other keys stand in the first. */
const parts: Readonly<Record<string, string>> = {
  file: "",
  services: "services.<service>.",
  seeds: "seeds[].",
  stages: "stages.<stage>.",
  diff: "checks.diff.<dataset>.",
  assert: "checks.assert[].",
  expect: "checks.expect[].",
  references: "references.",
};

/** Every key of the file, in a table for each of its parts: `keys:<part>`. */
export function keyTables(engines: readonly EngineFacts[]): Readonly<Record<string, string>> {
  const facts = keyFacts(engines);
  const startOf = ({ path }: KeyFact): string | undefined => Object.values(parts).findLast((start) => path.startsWith(start));
  return Object.fromEntries(
    Object.entries(parts).map(([part, start]) => {
      const rows = facts.filter((fact) => startOf(fact) === start).map((fact) => row(fact, start));
      return [`keys:${part}`, `${markdownTable(["key", "type", "without it", "meaning"], rows)}\n`];
    }),
  );
}

function row({ path, type, required, otherwise, meaning }: KeyFact, start: string): string[] {
  return [`\`${path.slice(start.length)}\``, type, required ? "*required*" : otherwise, meaning];
}
