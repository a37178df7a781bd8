import type { ConfigProblem } from "./config-problem.ts";
import { renderPath } from "./finding.ts";
import type { DatasetConfig } from "./scenario.ts";

/** What turned out to be wrong with a rule of `checks.diff` that has the right shape. `path` begins below the dataset's name. */
export interface DiffRuleFault {
  readonly path: readonly string[];
  readonly message: string;
  readonly expected: string;
  readonly got: string;
}

/** The fault with its place in the file; a part that has none of its own is at the rule around it. */
export function diffRuleProblem(
  { file, dataset }: { readonly file: string; readonly dataset: DatasetConfig },
  { path, message, expected: wanted, got }: DiffRuleFault,
): ConfigProblem {
  const [root, index, ...rest] = path;
  const expected = root === "expected" ? dataset.expected[Number(index)] : undefined;
  if (expected !== undefined) {
    const place = rest[0] === "where" ? (expected.where?.position ?? expected.position) : expected.position;
    return {
      file,
      path: renderPath(["checks", "expect", expected.index, ...rest.map(asSegment)]),
      ...place,
      message,
      expected: wanted,
      got,
    };
  }
  return { file, path: renderPath(["checks", "diff", dataset.name, ...path]), ...placeOf(dataset, path), message, expected: wanted, got };
}

function asSegment(part: string): string | number {
  return /^\d+$/.test(part) ? Number(part) : part;
}

function placeOf({ rules, position }: DatasetConfig, path: readonly string[]): DatasetConfig["position"] {
  const around = rules.filter((rule) => rule.path.every((part, index) => part === path[index]));
  return around.toSorted((a, b) => b.path.length - a.path.length)[0]?.position ?? position;
}
