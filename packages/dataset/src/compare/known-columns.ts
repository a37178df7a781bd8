import { RehearseError } from "@rehearse/errors";
import type { ComparisonRules } from "./comparison.ts";
import type { Manifest } from "../rows/manifest.ts";
import { literal } from "../tables/sql-text.ts";
import type { Tables } from "../tables/tables.ts";

/** Refuses rules that name columns which neither side has, or a key that is ignored. CONFIG_INVALID. */
export async function requireKnownColumns({
  tables,
  rules,
  sides,
}: {
  tables: Tables;
  rules: ComparisonRules;
  sides: readonly Manifest[];
}): Promise<void> {
  const known = [...new Set(sides.flatMap(({ columns }) => columns.map(({ name }) => name)))];
  for (const [rule, names] of [
    ["key", rules.key ?? []],
    ["ignore", rules.ignore],
  ] as const)
    for (const name of names)
      if (!known.includes(name)) throw unknownColumn({ rule, name, known, near: await nearest(tables, { name, known }) });
  const both = rules.key?.find((name) => rules.ignore.includes(name));
  if (both !== undefined)
    throw new RehearseError({
      code: "CONFIG_INVALID",
      message: `the column ${JSON.stringify(both)} is in \`key\` and in \`ignore\`: rows cannot be matched by what is not compared`,
      hint: "Take it out of one of them.",
    });
}

function unknownColumn({
  rule,
  name,
  known,
  near,
}: {
  rule: string;
  name: string;
  known: readonly string[];
  near: string | null;
}): RehearseError {
  return new RehearseError({
    code: "CONFIG_INVALID",
    message: `\`${rule}\` names the column ${JSON.stringify(name)}, which neither the reference nor the current data has`,
    expected: `one of ${known.join(", ")}`,
    got: name,
    hint: near === null ? "The dataset has no columns." : `Did you mean ${JSON.stringify(near)}?`,
  });
}

async function nearest(tables: Tables, { name, known }: { name: string; known: readonly string[] }): Promise<string | null> {
  const words = known.filter((word) => !word.includes("\0")).map((word) => literal(word));
  const distance = `damerau_levenshtein(lower(word), lower(${literal(name.replaceAll("\0", ""))}))`;
  const [[near = null] = []] = await tables.query(
    `SELECT word FROM (SELECT unnest([${words.join(", ")}]::VARCHAR[]) AS word) ORDER BY ${distance}, word LIMIT 1`,
    "looking for a column",
  );
  return near;
}
