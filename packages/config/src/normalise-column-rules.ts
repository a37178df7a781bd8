import type { Path } from "./finding.ts";
import type { ColumnRulesConfig, RulePosition } from "./scenario.ts";
import type { DiffShape } from "./schema/check-schemas.ts";
import type { ColumnRulesShape } from "./schema/column-rules-schema.ts";

const unitUs = { us: 1, ms: 1000, s: 1_000_000, m: 60_000_000, h: 3_600_000_000, d: 86_400_000_000 };

/** What `checks.diff` says of single columns. */
export function normaliseColumnRules(columns: DiffShape["columns"] = {}): Readonly<Record<string, ColumnRulesConfig>> {
  return Object.fromEntries(Object.entries(columns).map(([name, rules]) => [name, columnRules(rules)]));
}

function columnRules({ tolerance, unordered, json, trim, transform }: ColumnRulesShape): ColumnRulesConfig {
  return {
    ...(transform === undefined ? {} : { transform }),
    ...(trim === undefined ? {} : { trim }),
    ...(json === undefined ? {} : { json: { ignorePaths: json["ignore-paths"] } }),
    ...(unordered === undefined ? {} : { unordered }),
    ...(tolerance === undefined ? {} : { tolerance: toleranceOf(tolerance) }),
  };
}

function toleranceOf({ abs, rel, ulp, time }: NonNullable<ColumnRulesShape["tolerance"]>): NonNullable<ColumnRulesConfig["tolerance"]> {
  return {
    ...(abs === undefined ? {} : { abs: String(abs) }),
    ...(rel === undefined ? {} : { rel: Number(rel) }),
    ...(ulp === undefined ? {} : { ulp: Number(ulp) }),
    ...(time === undefined ? {} : { timeUs: microseconds(time) }),
  };
}

function microseconds(time: string): number {
  const [, number, unit] = /^(\d+)(\w+)$/.exec(time) ?? [];
  const found = Object.entries(unitUs).find(([name]) => name === unit);
  return Number(number) * (found?.[1] ?? 0);
}

/** A percentage that `sampleSchema` accepted. */
export function percentOf(sample: string): number {
  return Number(sample.slice(0, -1));
}

/** Where each rule of a dataset stands. */
export function positionsOfRules(
  rules: DiffShape,
  { path, positionOf }: { readonly path: Path; readonly positionOf: (path: Path) => RulePosition["position"] },
): RulePosition[] {
  return [...pathsIn(rules, [])].map((inner) => ({ path: inner, position: positionOf([...path, ...inner]) }));
}

function* pathsIn(value: unknown, path: readonly string[]): Iterable<readonly string[]> {
  yield path;
  if (typeof value !== "object" || value === null || Array.isArray(value)) return;
  for (const [key, inner] of Object.entries(value)) yield* pathsIn(inner, [...path, key]);
}
