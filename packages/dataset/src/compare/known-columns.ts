import { literal } from "../tables/sql-text.ts";
import type { Tables } from "../tables/tables.ts";
import type { ComparedSides } from "./compared-side.ts";
import type { ComparisonRules } from "./comparison.ts";
import { RuleError } from "./rule-error.ts";

/** Refuses rules that name columns which neither side has, or one column in two ways that exclude each other. CONFIG_INVALID. */
export async function requireKnownColumns({ tables, reference, current }: ComparedSides, rules: ComparisonRules): Promise<void> {
  const known = [...new Set([reference, current].flatMap(({ columns }) => columns.map(({ name }) => name)))];
  // Without a row of JSON nothing is known of its columns.
  if (known.length === 0 && reference.rows === 0 && current.rows === 0) return;
  const columns = Object.keys(rules.columns ?? {});
  const named = [
    ...(rules.key ?? []).map((name) => ({ rule: "key", name, path: ["key"] })),
    ...rules.ignore.map((name) => ({ rule: "ignore", name, path: ["ignore"] })),
    ...columns.map((name) => ({ rule: "columns", name, path: ["columns", name] })),
  ];
  for (const { rule, name, path } of named)
    if (!known.includes(name)) throw unknownColumn({ rule, name, path, known, near: await nearest(tables, { name, known }) });
  for (const [rule, names, why] of [
    ["key", rules.key ?? [], "rows cannot be matched by what is not compared"],
    ["columns", columns, "a rule for what is not compared says nothing"],
  ] as const) {
    const both = names.find((name) => rules.ignore.includes(name));
    if (both !== undefined) throw inBoth({ rule, name: both, why });
  }
}

interface NamedColumn {
  readonly rule: string;
  readonly name: string;
}

function inBoth({ rule, name, why }: NamedColumn & { why: string }): RuleError {
  return new RuleError({
    path: rule === "key" ? ["key"] : ["columns", name],
    message: `the column ${JSON.stringify(name)} is in \`${rule}\` and in \`ignore\`: ${why}`,
    expected: "the column in one of them",
    got: name,
    hint: "Take it out of one of them.",
  });
}

function unknownColumn({
  rule,
  name,
  path,
  known,
  near,
}: NamedColumn & { path: readonly string[]; known: readonly string[]; near: string | null }): RuleError {
  return new RuleError({
    path,
    message: `\`${rule}\` names the column ${JSON.stringify(name)}, which neither the reference nor the current data has`,
    expected: `one of ${known.join(", ")}`,
    got: name,
    hint: near === null ? "The dataset has no columns." : `Did you mean ${JSON.stringify(near)}?`,
    lacks: "column",
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
