import type { Tables } from "../tables/tables.ts";
import { literal } from "../tables/sql-text.ts";
import { familyOf } from "../types/storage-type.ts";
import type { ComparedColumn } from "./compared-columns.ts";
import type { ColumnRules, ComparisonRules } from "./comparison.ts";
import { RuleError } from "./rule-error.ts";
import { measuresOf } from "./tolerance.ts";
import { applyTransform } from "./transform.ts";

/** The compared columns as their rules want them read. CONFIG_INVALID where a rule makes no sense for its column. */
export async function applyColumnRules(
  tables: Tables,
  { columns, rules }: { columns: readonly ComparedColumn[]; rules: ComparisonRules },
): Promise<ComparedColumn[]> {
  const applied: ComparedColumn[] = [];
  for (const column of columns) {
    const own = Object.hasOwn(rules.columns ?? {}, column.name) ? rules.columns?.[column.name] : undefined;
    applied.push(own === undefined ? column : await applyRules(tables, { column, own, isKey: rules.key?.includes(column.name) ?? false }));
  }
  return applied;
}

async function applyRules(
  tables: Tables,
  { column: plain, own, isKey }: { column: ComparedColumn; own: ColumnRules; isKey: boolean },
): Promise<ComparedColumn> {
  let column = own.transform === undefined ? plain : await applyTransform(tables, plain, own.transform);
  const family = familyOf(column.type);
  if (own.trim === true) {
    if (family !== "text") throw unfit(column, { rule: "trim", fits: "text" });
    column = readAs(column, (value) => `trim(${value}, ${literal(whiteSpace)})`);
  }
  if (own.json !== undefined) {
    if (family !== "json") throw unfit(column, { rule: "json", fits: "json" });
    const paths = literal(JSON.stringify(own.json.ignorePaths));
    column = readAs(column, (value) => `json_without(${value}, ${paths})`);
  }
  if (own.unordered === true) {
    if (family !== "list" && family !== "json") throw unfit(column, { rule: "unordered", fits: "a list or json" });
    column = readAs(column, (value) => `json_array_sorted(${value})`);
  }
  if (own.tolerance === undefined) return column;
  if (isKey) throw tolerantKey(column);
  const measures = measuresOf(column.type);
  const measure = (["abs", "rel", "ulp", "timeUs"] as const).find((it) => own.tolerance?.[it] !== undefined && !measures.includes(it));
  if (measure !== undefined) throw unfit(column, { rule: "tolerance", part: measureNames[measure], fits: fitting[measure] });
  return { ...column, tolerance: own.tolerance };
}

/** What JavaScript's `trim` takes from both ends of a text: white space and line breaks of Unicode. */
const whiteSpace =
  "\t\n\v\f\r \u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u2028\u2029\u202F\u205F\u3000\uFEFF";

const measureNames = { abs: "abs", rel: "rel", ulp: "ulp", timeUs: "time" } as const;

const fitting = { abs: "a number", rel: "a number", ulp: "float32 or float64", timeUs: "a date, time or timestamp" } as const;

function readAs(column: ComparedColumn, read: (value: string) => string): ComparedColumn {
  return { ...column, reference: read(column.reference), current: read(column.current) };
}

function unfit({ name, type }: ComparedColumn, { rule, part, fits }: { rule: string; part?: string; fits: string }): RuleError {
  return new RuleError({
    path: ["columns", name, rule, ...(part === undefined ? [] : [part])],
    message: `\`${part ?? rule}\` is for ${fits}, and the column ${JSON.stringify(name)} is ${type}`,
    expected: `a column that is ${fits}`,
    got: type,
    hint: "Take the rule away, or give the column a transform whose value it fits.",
    lacks: "type",
  });
}

function tolerantKey({ name }: ComparedColumn): RuleError {
  return new RuleError({
    path: ["columns", name, "tolerance"],
    message: `the column ${JSON.stringify(name)} is in \`key\` and has a tolerance: rows are matched by equal keys only`,
    expected: "a tolerance of a column outside the key",
    got: name,
    hint: "Take the tolerance away, or round both sides with a transform.",
  });
}
