import { messageOf, RehearseError } from "@rehearse/errors";
import { identifier, literal } from "../../tables/sql-text.ts";
import type { Tables } from "../../tables/tables.ts";
import type { CanonicalType } from "../../types/canonical-type.ts";
import { storageType } from "../../types/storage-type.ts";
import type { ComparedColumn } from "../compared-columns.ts";
import type { ExpectedDifference } from "../comparison.ts";
import { RuleError } from "../rule-error.ts";
import { parseExpression } from "../scalar-expression.ts";
import { operandOf } from "./operand.ts";

/** An expected difference that can be followed: its columns by their places among the compared ones. */
export interface ExpectedRule extends Pick<ExpectedDifference, "kinds" | "limit" | "expired"> {
  /** Undefined: any. */
  readonly columns: readonly number[] | undefined;
  /** Undefined: every row. */
  readonly where: Condition | undefined;
}

/** A condition that was read and understood. */
interface Condition {
  /** The compared columns that it names. */
  readonly columns: readonly number[];
  /** SQL that is true, false or NULL, from SQL of the value that each of its columns has now and in the reference. */
  readonly sql: (value: (column: number, side: "current" | "reference") => string) => string;
  /** An error of its rule, for a failure that a row brought about. */
  readonly failed: (cause: unknown) => RuleError;
}

interface Rules {
  readonly rules: readonly ExpectedDifference[];
  readonly columns: readonly ComparedColumn[];
  readonly key: readonly ComparedColumn[];
}

/** Reads expected differences. CONFIG_INVALID where one names what is not compared, or its condition is none. */
export async function readExpected(tables: Tables, { rules, columns, key }: Rules): Promise<ExpectedRule[]> {
  // JSON without rows has no columns on that side: nothing is wrong with a rule then, it only finds nothing.
  if (columns.length === 0) return rules.map((rule) => ({ ...rule, kinds: [], columns: undefined, where: undefined }));
  const read: ExpectedRule[] = [];
  for (const [at, rule] of rules.entries()) {
    const { kinds, limit, expired } = rule;
    const named = rule.columns?.map((name, index) => placeOf(name, { columns, key, path: ["expected", `${at}`, "columns", `${index}`] }));
    const where =
      rule.where === undefined
        ? undefined
        : await readCondition(tables, { sql: rule.where, columns, path: ["expected", `${at}`, "where"] });
    read.push({ kinds, limit, expired, columns: named, where });
  }
  return read;
}

/** Why a text cannot be a condition, as far as it can be told before there is data; null where nothing speaks against it. */
export async function conditionFault(tables: Tables, where: string): Promise<string | null> {
  const parsed = await parseExpression(tables, where);
  return "fault" in parsed ? parsed.fault : null;
}

function placeOf(name: string, { columns, key, path }: Omit<Rules, "rules"> & { readonly path: readonly string[] }): number {
  const place = columns.findIndex((column) => column.name === name);
  const isKey = key.some((column) => column.name === name);
  if (place !== -1 && !isKey) return place;
  throw new RuleError({
    path,
    message: `the column ${JSON.stringify(name)} ${isKey ? "is of the key, which never changes" : "is not compared"}`,
    expected: `one of ${columns.flatMap((column) => (key.includes(column) ? [] : [column.name])).join(", ")}`,
    got: name,
    hint: "Name columns whose cells are compared.",
  });
}

interface ConditionText {
  readonly sql: string;
  readonly columns: readonly ComparedColumn[];
  readonly path: readonly string[];
}

interface Sides {
  readonly current: readonly Named[];
  readonly reference: readonly Named[];
}

/** A name of a condition: how it is written there, and the column that it means. */
interface Named {
  readonly name: string;
  readonly column: number;
}

async function readCondition(tables: Tables, text: ConditionText): Promise<Condition> {
  const { sql: written, columns } = text;
  const unusable = (fault: string, cause?: unknown): RuleError =>
    new RuleError(
      {
        path: text.path,
        message: `the condition of an expected difference cannot be used: ${fault}`,
        expected: "a condition over columns that are compared, such as region = 'EU' and amount > reference.amount",
        got: written,
        hint: "Mend the condition; it may use operators, casts, CASE and functions of values.",
      },
      cause,
    );
  const parsed = await parseExpression(tables, written);
  if ("fault" in parsed) throw unusable(parsed.fault);
  const sides = { current: [] as Named[], reference: [] as Named[] };
  for (const names of parsed.columns) {
    const [side, name] =
      names.length === 2 && names[0]?.toLowerCase() === "reference" ? ["reference" as const, names[1]] : ["current" as const, names[0]];
    const column = name === undefined || (side === "current" && names.length > 1) ? null : columnNamed(name, columns);
    if (column === null || name === undefined) throw unusable(`it names ${names.join(".")}, which is no column that is compared`);
    sides[side].push({ name, column });
  }
  const fault = ambiguity(sides);
  if (fault !== null) throw unusable(fault);
  const typeOf = (column: number): CanonicalType => columns[column]?.type ?? "text";
  const sql: Condition["sql"] = (value) =>
    bound(written, sides, (column, side) =>
      operandOf({ type: typeOf(column), value: value(column, side), name: columns[column]?.name ?? "" }),
    );
  await requireBoolean(tables, { sql: sql((column) => `NULL::${storageType(typeOf(column))}`), unusable });
  return {
    columns: [...new Set([...sides.current, ...sides.reference].map(({ column }) => column))],
    sql,
    // Of what was being compared only this machine's paths would be told.
    failed: (cause) => unusable(messageOf(cause).replace(/^.*? failed: (?=(?:\w+ )+Error: )/s, ""), cause),
  };
}

/** DuckDB's names are the same in capitals: the exact name comes first, another way of writing it where only one column has it. */
function columnNamed(name: string, columns: readonly ComparedColumn[]): number | null {
  const exact = columns.findIndex((column) => column.name === name);
  if (exact !== -1) return exact;
  const alike = [...columns.keys()].filter((index) => columns[index]?.name.toLowerCase() === name.toLowerCase());
  return alike.length === 1 ? (alike[0] ?? null) : null;
}

function ambiguity({ current, reference }: Sides): string | null {
  for (const names of [current, reference]) {
    const other = names.find((one) => names.some((two) => two.column !== one.column && two.name.toLowerCase() === one.name.toLowerCase()));
    if (other !== undefined) return `it names two columns that differ in capitals only: ${other.name}`;
  }
  const shadowed = reference.length > 0 && current.some(({ name }) => name.toLowerCase() === "reference");
  return shadowed ? "it names a column `reference` and columns of the reference" : null;
}

/**
 * As parameters of lambdas, the names hide whatever columns there are. The values are gathered in one row first: a name that is also that of a column
 * around it must not hide what another one stands for.
 */
function bound(written: string, { current, reference }: Sides, value: Parameters<Condition["sql"]>[0]): string {
  const names = distinct(current);
  const fields = distinct(reference).map(({ name, column }) => `${literal(name)}: ${value(column, "reference")}`);
  const row = unusedName([...current, ...reference]);
  const gathered = [
    ...names.map(({ column }, at) => `'f${at}': ${value(column, "current")}`),
    ...(fields.length === 0 ? [] : [`'reference': {${fields.join(", ")}}`]),
  ];
  const parameters = [
    ...names.map(({ name }, at) => ({ name: identifier(name), value: `${row}.f${at}` })),
    ...(fields.length === 0 ? [] : [{ name: "reference", value: `${row}.reference` }]),
  ];
  const condition = parameters.reduceRight(
    (inner, it) => `list_transform([${it.value}], lambda ${it.name}: ${inner})[1]`,
    `(${written}\n)`,
  );
  return gathered.length === 0 ? condition : `list_transform([{${gathered.join(", ")}}], lambda ${row}: ${condition})[1]`;
}

function distinct(names: readonly Named[]): Named[] {
  return names.filter(({ column }, at) => names.findIndex((it) => it.column === column) === at);
}

function unusedName(names: readonly Named[]): string {
  let name = "row_";
  while (names.some((it) => it.name.toLowerCase() === name)) name += "_";
  return name;
}

async function requireBoolean(
  tables: Tables,
  { sql, unusable }: { readonly sql: string; readonly unusable: (fault: string, cause?: unknown) => RuleError },
): Promise<void> {
  let type: string | null = null;
  try {
    [[type = null] = []] = await tables.query(`SELECT column_type FROM (DESCRIBE SELECT ${sql})`, "reading a condition");
  } catch (error) {
    if (error instanceof RehearseError) throw error;
    // DuckDB understands the condition, but not for values of these types.
    throw unusable(messageOf(error).split("\n")[0] ?? "", error);
  }
  if (type !== "BOOLEAN") throw unusable(`it is ${type ?? "nothing"}, neither true nor false`);
}
