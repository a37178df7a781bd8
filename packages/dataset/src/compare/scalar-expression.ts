import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { literal } from "../tables/sql-text.ts";
import type { Tables } from "../tables/tables.ts";
import { unusableFunction } from "./usable-functions.ts";

/** An expression of DuckDB's SQL that works out one value from the columns of one row, and does nothing else. */
export interface ScalarExpression {
  /** The columns that it names, each as it is qualified: `["value"]`, `["reference", "amount"]`. */
  readonly columns: readonly (readonly string[])[];
}

/** Why a text is no such expression. */
export interface ExpressionFault {
  readonly fault: string;
}

/**
 * Reads an expression that a user wrote, without running it. Only what can neither read files nor settings, nor change anything, nor give another value
 * at another time is let through: operators, casts, CASE and the functions of values.
 */
export async function parseExpression(tables: Tables, sql: string): Promise<ScalarExpression | ExpressionFault> {
  // DuckDB's texts cannot hold NUL.
  if (sql.includes("\0")) return { fault: "it holds a NUL character" };
  // The line break ends a comment at the end of the expression.
  const select = `${opening}${sql}\n)`;
  const trees = [select, `${opening}1)`].map((text) => `json_serialize_sql(${literal(text)})::VARCHAR`);
  const [answers = []] = await tables.query(`SELECT ${trees.join(", ")}`, "reading an expression");
  const [parsed, plain] = answers.map((answer) => serialized.parse(JSON.parse(answer ?? "null")));
  if (parsed === undefined || plain === undefined || plain.error) throw new TypeError("DuckDB gave no tree");
  if (parsed.error) return { fault: `${parsed.error_message}${placeOf(parsed.position, sql)}` };
  const { select_list: [expression, ...others] = [], ...rest } = parsed.statements[0]?.node ?? {};
  const { select_list: _, ...nothing } = plain.statements[0]?.node ?? {};
  const alone = others.length === 0 && parsed.statements.length === 1 && isDeepStrictEqual(rest, nothing);
  if (expression === undefined || !alone) return { fault: "it is more than one expression" };
  const found: Found = { columns: [], functions: new Set() };
  const fault = inspect(expression, found, []) ?? (await unusableFunction(tables, [...found.functions]));
  return fault === null ? { columns: found.columns } : { fault };
}

const opening = "SELECT (";

const serialized = z.discriminatedUnion("error", [
  z.object({ error: z.literal(true), error_message: z.string(), position: z.string().optional() }),
  z.object({
    error: z.literal(false),
    statements: z.array(z.object({ node: z.looseObject({ select_list: z.array(z.unknown()).optional() }) })),
  }),
]);

/** What is read of a node of the syntax tree. */
const nodeSchema = z.looseObject({
  class: z.string(),
  column_names: z.array(z.string()).optional(),
  function_name: z.string().optional(),
  lhs: z.unknown().optional(),
  expr: z.unknown().optional(),
});

interface Found {
  readonly columns: (readonly string[])[];
  readonly functions: Set<string>;
}

const harmless = new Set(["BETWEEN", "CASE", "CAST", "COLLATE", "COMPARISON", "CONJUNCTION", "CONSTANT", "FUNCTION", "OPERATOR"]);

/** Why a node cannot be part of such an expression, null where it can; notes what it names. `parameters` are those of the lambdas around it. */
function inspect(value: unknown, found: Found, parameters: readonly string[]): string | null {
  if (Array.isArray(value)) return firstOf(value, (item) => inspect(item, found, parameters));
  if (typeof value !== "object" || value === null) return null;
  const node = nodeSchema.safeParse(value).data;
  if (node === undefined) return firstOf(Object.values(value), (item) => inspect(item, found, parameters));
  if (node.class === "COLUMN_REF") {
    const names = node.column_names ?? [];
    if (!parameters.includes(names[0] ?? "")) found.columns.push(names);
    return null;
  }
  if (node.class === "LAMBDA") return inspectLambda(node, found, parameters);
  if (!harmless.has(node.class)) return `${refused[node.class] ?? `what DuckDB calls ${node.class}`} cannot be part of it`;
  if (node.function_name !== undefined) found.functions.add(node.function_name.toLowerCase());
  return firstOf(Object.values(value), (item) => inspect(item, found, parameters));
}

/** `lambda x: …`, or `value -> '$.a'`, which looks the same until its types are known: then what is on the left is a column. */
function inspectLambda({ lhs, expr }: { lhs?: unknown; expr?: unknown }, found: Found, parameters: readonly string[]): string | null {
  const own: Found = { columns: [], functions: found.functions };
  const fault = inspect(lhs, own, parameters);
  const constant = nodeSchema.safeParse(expr).data?.class === "CONSTANT";
  if (constant) found.columns.push(...own.columns);
  return fault ?? inspect(expr, found, [...parameters, ...own.columns.map(([name = ""]) => name)]);
}

const refused: Readonly<Record<string, string>> = {
  SUBQUERY: "a subquery",
  WINDOW: "a window function",
  STAR: "a star",
  PARAMETER: "a parameter",
  POSITIONAL_REFERENCE: "a column by its position",
  DEFAULT: "DEFAULT",
};

function firstOf(values: readonly unknown[], faultOf: (value: unknown) => string | null): string | null {
  for (const value of values) {
    const fault = faultOf(value);
    if (fault !== null) return fault;
  }
  return null;
}

/** Where DuckDB, which counts characters, stopped reading. */
function placeOf(position: string | undefined, sql: string): string {
  if (position === undefined) return "";
  return ` (character ${Math.min(Number(position) - opening.length, Array.from(sql).length) + 1})`;
}
