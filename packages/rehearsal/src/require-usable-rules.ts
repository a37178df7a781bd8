import { readFile } from "node:fs/promises";
import { ConfigError, diffRuleProblem, type ConfigProblem, type DatasetConfig, type Scenario } from "@rehearse/config";
import { conditionFault, isCanonicalType, transformFault, type Tables } from "@rehearse/dataset";

/** Refuses expressions of the file that cannot be used, before anything runs. CONFIG_INVALID. The table engine is waited for only where there is one. */
export async function requireUsableRules(scenario: Scenario, opening: Promise<Tables>): Promise<void> {
  const { file } = scenario;
  const problems = [];
  for (const step of scenario.order) {
    for (const dataset of step.kind === "stage" ? step.writes : []) {
      problems.push(...unknownTypes(dataset, file));
      for (const [index, { where }] of dataset.expected.entries()) {
        const message = where === undefined ? null : await conditionFault(await opening, where.sql);
        if (where === undefined || message === null) continue;
        const [path, expected] = [["expected", `${index}`, "where"], "a condition of DuckDB's SQL over the columns of a row"];
        problems.push(
          diffRuleProblem({ file, dataset }, { path, message: `it cannot be used: ${message}`, expected, got: JSON.stringify(where.sql) }),
        );
      }
      for (const [column, { transform }] of Object.entries(dataset.columns)) {
        const fault = transform === undefined ? null : await transformFault(await opening, transform);
        if (transform === undefined || fault === null) continue;
        const expected = "an expression of DuckDB's SQL over `value`";
        problems.push(
          diffRuleProblem(
            { file, dataset },
            { path: ["columns", column, "transform"], message: `it cannot be used: ${fault}`, expected, got: JSON.stringify(transform) },
          ),
        );
      }
    }
  }
  // Two stages may write one dataset, for which the file has one rule.
  const unique = [...new Map(problems.map((problem) => [problem.path, problem])).values()];
  if (unique.length === 0) return;
  const lines = (await readFile(file, "utf8")).split(/\r?\n/);
  throw new ConfigError(
    file,
    unique.map((problem) => ({ ...problem, source: lines[problem.line - 1] })),
  );
}

/** Types that are declared of the columns of files, and that there are none of. */
function unknownTypes({ name, source, position }: DatasetConfig, file: string): ConfigProblem[] {
  const types = Object.entries("files" in source ? source.types : {});
  return types
    .filter(([, type]) => !isCanonicalType(type))
    .map(([column, type]) => ({
      file,
      path: `${name}.types.${column}`,
      ...position,
      message: "unknown type",
      expected: "a canonical type, such as int64, decimal(18,4), timestamp, date or boolean: docs/types.md lists them",
      got: JSON.stringify(type),
    }));
}
