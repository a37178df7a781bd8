import type { ColumnRulesConfig, DatasetConfig } from "@rehearse/config";

/** What the file says of single columns, for the reader of a report. */
export function columnRuleWords({ columns }: Pick<DatasetConfig, "columns">): { column: string; rule: string }[] {
  return Object.entries(columns).flatMap(([column, rules]) => wordsOf(rules).map((rule) => ({ column, rule })));
}

function wordsOf({ transform, trim, json, unordered, tolerance }: ColumnRulesConfig): string[] {
  return [
    ...(transform === undefined ? [] : [`transform ${transform}`]),
    ...(trim === true ? ["trim"] : []),
    ...(json === undefined ? [] : [`json without ${json.ignorePaths.join(", ")}`]),
    ...(unordered === true ? ["unordered"] : []),
    ...(tolerance === undefined ? [] : [`tolerance ${toleranceWords(tolerance)}`]),
  ];
}

function toleranceWords({ abs, rel, ulp, timeUs }: NonNullable<ColumnRulesConfig["tolerance"]>): string {
  const measures = [
    ...(abs === undefined ? [] : [`abs ${abs}`]),
    ...(rel === undefined ? [] : [`rel ${rel}`]),
    ...(ulp === undefined ? [] : [`ulp ${ulp}`]),
    ...(timeUs === undefined ? [] : [`time ${timeWords(timeUs)}`]),
  ];
  return measures.join(", ");
}

const units = [
  ["d", 86_400_000_000],
  ["h", 3_600_000_000],
  ["m", 60_000_000],
  ["s", 1_000_000],
  ["ms", 1000],
] as const;

function timeWords(microseconds: number): string {
  const [unit, size] = units.find(([, length]) => microseconds % length === 0) ?? ["us", 1];
  return `${microseconds / size}${unit}`;
}
