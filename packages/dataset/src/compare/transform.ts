import { messageOf, RehearseError } from "@rehearse/errors";
import type { Tables } from "../tables/tables.ts";
import type { CanonicalType } from "../types/canonical-type.ts";
import { decimalShape } from "../types/simple-type.ts";
import { storageType } from "../types/storage-type.ts";
import type { ComparedColumn } from "./compared-columns.ts";
import type { ComparedSides } from "./compared-side.ts";
import type { ComparisonRules } from "./comparison.ts";
import { RuleError, type RuleProblem } from "./rule-error.ts";
import { parseExpression } from "./scalar-expression.ts";

/** Why a text cannot be a transform, as far as it can be told before there is data; null where nothing speaks against it. */
export async function transformFault(tables: Tables, transform: string): Promise<string | null> {
  const parsed = await parseExpression(tables, transform);
  if ("fault" in parsed) return parsed.fault;
  const other = parsed.columns.find(([name]) => name !== "value");
  return other === undefined ? null : `it names ${other.join(".")}: only \`value\` is known to it`;
}

/** The column as its transform gives it: both sides worked out anew, and what type that is. CONFIG_INVALID where there is no such value. */
export async function applyTransform(tables: Tables, column: ComparedColumn, transform: string): Promise<ComparedColumn> {
  const fault = await transformFault(tables, transform);
  if (fault !== null) throw unusable(column, { transform, fault });
  const source = await typeOf(tables, { column, transform });
  const result = resultTypes.find(({ matches }) => matches(source));
  if (result === undefined)
    throw unusable(column, { transform, fault: `it gives ${source}, which is not compared: cast it, as to VARCHAR` });
  const worked = (value: string): string => result.read(apply(transform, value));
  return { ...column, type: result.type(source), reference: worked(column.reference), current: worked(column.current) };
}

/** The transform that stops at a value of its column, as an error of its rule; null where each of them can be worked out for every row. */
export async function failingTransform(
  sides: ComparedSides,
  { before, after, rules }: { before: readonly ComparedColumn[]; after: readonly ComparedColumn[]; rules: ComparisonRules },
): Promise<RuleError | null> {
  for (const [index, column] of after.entries()) {
    const transform = rules.columns?.[column.name]?.transform;
    if (transform === undefined) continue;
    for (const side of ["reference", "current"] as const) {
      const every = `SELECT count(${column[side]}) FROM ${sides[side].from}`;
      const failure = await sides.tables.query(every, `the transform of ${JSON.stringify(column.name)}`).then(
        () => null,
        (thrown: unknown) => thrown,
      );
      if (isOfRows(failure)) return unusable(before[index] ?? column, { transform, fault: messageOf(failure), cause: failure });
    }
  }
  return null;
}

/** Where it is not the memory, the disk or whoever ended it. */
function isOfRows(failure: unknown): boolean {
  return failure instanceof RehearseError && failure.code === "DATASET_UNREADABLE";
}

/** As the parameter of a lambda, `value` hides whatever columns there are. */
function apply(transform: string, value: string): string {
  return `list_transform([${value}], lambda value: (${transform}\n))[1]`;
}

async function typeOf(tables: Tables, { column, transform }: { column: ComparedColumn; transform: string }): Promise<string> {
  const select = `SELECT ${apply(transform, `NULL::${storageType(column.type)}`)}`;
  try {
    const [[type = null] = []] = await tables.query(`SELECT column_type FROM (DESCRIBE ${select})`, "reading an expression");
    return type ?? "";
  } catch (error) {
    // DuckDB understands the expression, but not for a value of this type.
    throw unusable(column, { transform, fault: messageOf(error).split("\n")[0] ?? "" });
  }
}

interface ResultType {
  readonly matches: (source: string) => boolean;
  readonly type: (source: string) => CanonicalType;
  /** From the value as DuckDB has it to the value as the type is stored. */
  readonly read: (value: string) => string;
}

const asItIs = (value: string): string => value;

/** DuckDB's types of values that can be compared as they are, or as text that says all of them. */
const resultTypes: readonly ResultType[] = [
  ...(
    ["boolean", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float32", "float64", "text", "bytes"] as const
  ).map(same),
  ...(["date", "time", "timestamp", "timestamp_ns", "timestamptz", "uuid"] as const).map(same),
  { matches: (source) => decimalShape(source) !== null, type: (source) => decimalType(source), read: asItIs },
  { matches: (source) => source === "HUGEINT", type: () => "int128", read: (value) => `${value}::VARCHAR` },
  { matches: (source) => source === "UHUGEINT", type: () => "uint128", read: (value) => `${value}::VARCHAR` },
  { matches: (source) => source === "JSON", type: () => "json", read: (value) => `canonical_json('.' || ${value}::VARCHAR)` },
];

function same(type: CanonicalType): ResultType {
  return { matches: (source) => source === storageType(type), type: () => type, read: asItIs };
}

function decimalType(source: string): CanonicalType {
  const { precision, scale } = decimalShape(source) ?? { precision: 38, scale: 0 };
  return `decimal(${precision},${scale})`;
}

function unusable(
  { name, type }: ComparedColumn,
  { transform, fault, cause }: { transform: string; fault: string; cause?: unknown },
): RuleError {
  const problem: RuleProblem = {
    path: ["columns", name, "transform"],
    message: `the transform of the column ${JSON.stringify(name)} cannot be used: ${fault}`,
    expected: `an expression of DuckDB's SQL over \`value\`, which is ${type} here (${storageType(type)} in DuckDB)`,
    got: transform,
    hint: "Mend the expression; it may use operators, casts, CASE and functions of values.",
    // What stops at a value fits the type.
    ...(cause === undefined ? { lacks: "type" } : {}),
  };
  return new RuleError(problem, cause);
}
