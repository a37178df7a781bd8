import { diffRuleProblem, type DatasetConfig, type Scenario } from "@rehearse/config";
import type { Dataset, RuleProblem } from "@rehearse/dataset";
import { didYouMean } from "@rehearse/errors";
import type { Check } from "../model/report.ts";

/** What a stage left of a dataset, as it was judged. */
export interface JudgedDataset {
  readonly stage: string;
  readonly config: DatasetConfig;
  /** Null where the stage left none that could be read. */
  readonly current: Dataset | null;
  readonly reference: Dataset | null;
  /** The rules without which it was compared. */
  readonly faults: readonly RuleProblem[];
}

/**
 * A check for each rule of `checks.diff` that is of no use. A rule belongs to a table, and several stages may leave the table with other columns and types:
 * where it fits what one of them left, it is simply without effect on the others, and where one is not known, as of a stage alone, nobody can say.
 */
export function ruleChecks(judged: readonly JudgedDataset[], scenario: Pick<Scenario, "file" | "stages">): Check[] {
  return [...Map.groupBy(judged, ({ config }) => config.name)].flatMap(([name, datasets]) => {
    const writers = scenario.stages.filter(({ writes }) => writes.some((write) => write.name === name));
    const whole = writers.length === datasets.length;
    return [...unknownColumns(datasets, { whole }), ...unfitRules(datasets, { whole })].map((fault) => checkOf(fault, scenario.file));
  });
}

interface Known {
  /** Whether all stages that write the table were judged. */
  readonly whole: boolean;
}

/** A rule at fault, and of what its words are. */
interface RuleFault {
  readonly of: JudgedDataset;
  readonly path: readonly string[];
  readonly rule: string;
  readonly reason: string;
  readonly hint: string;
}

/** Rules for columns that no stage left in the table. A column that is compared and went with this change is a difference already. */
function unknownColumns(datasets: readonly JudgedDataset[], { whole }: Known): RuleFault[] {
  if (!whole) return [];
  const known = [...new Set(datasets.flatMap(({ current }) => columnsOf(current)))];
  // Stages may have keys of their own; what they have in common is said once, of the last.
  const rules = new Map(datasets.flatMap((of) => namedColumns(of).map((named) => [named.rule, { of, ...named }] as const)));
  return [...rules.values()]
    .filter(({ column }) => datasets.every(({ current }) => tells(current) && !columnsOf(current).includes(column)))
    .map((named) => ({ ...named, gone: datasets.some(({ reference }) => columnsOf(reference).includes(named.column)) }))
    .filter(({ path, gone }) => path[0] === "ignore" || !gone)
    .map(({ of, path, rule, column, gone }) => {
      const meant = didYouMean(column, known);
      const why = gone ? ", and the reference has it" : meant === "" ? ": it was dropped, or is misspelt" : meant;
      const place = placeOf(of, path);
      return {
        of,
        path,
        rule,
        reason: `no stage left a column ${JSON.stringify(column)} in ${of.config.name}${why}`,
        hint: gone
          ? `see that it is to go, and take it out of ${place}`
          : `mend the name, or take it out of ${place}; then rehearse check, which runs nothing again`,
      };
    });
}

function namedColumns({ config: { key = [], ignore, columns } }: JudgedDataset): { column: string; path: string[]; rule: string }[] {
  return [
    ...key.map((column) => ({ column, path: ["key"], rule: `key: ${column}` })),
    ...ignore.map((column) => ({ column, path: ["ignore"], rule: `ignore: ${column}` })),
    ...Object.keys(columns).map((column) => ({ column, path: ["columns", column], rule: `columns.${column}` })),
  ];
}

/** Rules that cannot be followed though their columns are there. One that stops at a value is told of wherever it does. */
function unfitRules(datasets: readonly JudgedDataset[], { whole }: Known): RuleFault[] {
  return datasets.flatMap((of) =>
    of.faults
      .filter(({ path, lacks }) => path[0] !== "expected" && lacks !== "column")
      .filter(({ path, lacks }) => lacks === undefined || (whole && datasets.every((other) => isUnfit(other, path))))
      // The same of several stages is said once, of the last.
      .filter(({ path, lacks }) => lacks === undefined || of === datasets.findLast((other) => isAtFault(other, path)))
      .map(({ path, message, hint }) => ({
        of,
        path,
        rule: path.join("."),
        reason: `${message}: compared without it`,
        hint: `${placeOf(of, path)}: ${hint}`,
      })),
  );
}

/** Whether a dataset is known to be none that the rules of a column fit. */
function isUnfit(dataset: JudgedDataset, path: readonly string[]): boolean {
  const { current, reference } = dataset;
  if (current === null || reference === null) return false;
  return isAtFault(dataset, path) || (tells(current) && !columnsOf(current).includes(path[1] ?? ""));
}

function isAtFault({ faults }: JudgedDataset, [root, column]: readonly string[]): boolean {
  return faults.some(({ path }) => path[0] === root && path[1] === column);
}

/** Whether a dataset says which columns it has: JSON without rows does not, and DynamoDB then knows its key alone. */
function tells(dataset: Dataset | null): boolean {
  if (dataset === null) return false;
  const { columns, key, rows } = dataset.manifest;
  return rows > 0 || columns.some(({ name }) => !key.includes(name));
}

function columnsOf(dataset: Dataset | null): string[] {
  return dataset?.manifest.columns.map(({ name }) => name) ?? [];
}

/** Where a rule stands. Files and queries may have their key where they are declared. */
function placeOf({ stage, config }: JudgedDataset, path: readonly string[]): string {
  return isOfWrite(config, path) ? `stages.${stage}.writes` : `checks.diff.${config.name}.${path.join(".")}`;
}

function isOfWrite({ rules }: DatasetConfig, [root]: readonly string[]): boolean {
  return root === "key" && !rules.some(({ path }) => path[0] === "key");
}

function checkOf({ of: { stage, config }, path, rule, reason, hint }: RuleFault, file: string): Check {
  const problem = { path, message: reason, expected: "", got: "" };
  const line = isOfWrite(config, path) ? config.position.line : diffRuleProblem({ file, dataset: config }, problem).line;
  return {
    name: rule,
    kind: "rule",
    stage,
    verdict: "not compared",
    counts: null,
    reason,
    hint,
    line,
    detail: { kind: "rule", dataset: config.name },
  };
}
