import { z } from "zod";
import { describe, oneOf, unknownWord, type Finding, type Path } from "../finding.ts";

import { joinMisplacedPrograms } from "./misplaced-program.ts";

type Issue = z.core.$ZodIssue;

/** What the faults of a plain value mean for its reader. */
export function shapeFindings(faulty: {
  readonly issues: readonly Issue[];
  readonly schema: z.ZodType;
  readonly plain: unknown;
}): Finding[] {
  const { issues, schema, plain } = faulty;
  return joinMisplacedPrograms(issues.flatMap(settle).flatMap((issue) => findingsOf({ issue, schema, plain })));
}

/** A union says what is wrong with each alternative: keep the first that the value's type was meant for, of several maps one that knows the most of its keys. */
function settle(issue: Issue): Issue[] {
  if (issue.code !== "invalid_union") return [issue];
  const fitting = issue.errors.filter(
    (alternative) => !alternative.some((inner) => inner.code === "invalid_type" && inner.path.length === 0),
  );
  const [meant] = fitting.toSorted((a, b) => unknownKeys(a) - unknownKeys(b));
  return meant?.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] })).flatMap(settle) ?? [issue];
}

function unknownKeys(issues: readonly Issue[]): number {
  return issues.reduce((sum, issue) => sum + (issue.code === "unrecognized_keys" ? issue.keys.length : 0), 0);
}

function findingsOf(found: { readonly issue: Issue; readonly schema: z.ZodType; readonly plain: unknown }): Finding[] {
  const { issue, plain } = found;
  const path = issue.path.filter((segment) => typeof segment !== "symbol");
  const schema = schemaAt(found.schema, path);
  const value = valueAt(plain, path);
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((word) => unknownWord({ kind: "key", word, known: knownKeys(schema), path: [...path, word], at: "key" }));
    case "invalid_key":
      return [{ path, at: "key", message: "not a name", expected: issue.issues[0]?.message ?? issue.message, got: describe(path.at(-1)) }];
    case "invalid_value": {
      const known = issue.values.map(String);
      const last = path.at(-1);
      if (typeof value === "string" && issue.values.every((it) => typeof it === "string"))
        return [unknownWord({ kind: typeof last === "string" ? last : "value", word: value, known, path })];
      return [
        value === undefined
          ? missing(path, oneOf(known))
          : { path, message: "wrong type", expected: oneOf(known), got: known.includes("true") ? describe(value) : describeTyped(value) },
      ];
    }
    case "invalid_type":
    case "invalid_union":
      if (value === undefined) return [missing(path, descriptionOf(schema))];
      return [{ path, message: "wrong type", expected: expectedType(issue, { schema, value }), got: describeTyped(value) }];
    case "invalid_format":
    case "too_small":
    case "too_big":
    case "not_multiple_of":
    case "invalid_element":
    case "custom":
      return [{ path, message: "wrong value", expected: issue.message, got: describe(value) }];
  }
}

/** What is missing from a map; of lists only the first item is ever missed. */
function missing(path: Path, expected: string): Finding {
  if (typeof path.at(-1) === "string") return { path, message: "missing", expected, got: "nothing" };
  return { path: path.slice(0, -1), message: "wrong value", expected: "a list with an item", got: "an empty list" };
}

/** A value with its type, where it is not the type that is looked for. */
function describeTyped(value: unknown): string {
  if (typeof value === "string") return `${describe(value)}, which is text`;
  if (typeof value === "boolean") return `${value}, which is not text`;
  if (typeof value !== "number" && typeof value !== "bigint") return describe(value);
  return Number.isFinite(Number(value)) ? `${value}, which is a number` : `${value}, which is not finite`;
}

function expectedType(
  issue: z.core.$ZodIssueInvalidType | z.core.$ZodIssueInvalidUnion,
  found: { readonly schema: z.core.$ZodType | undefined; readonly value: unknown },
): string {
  const keys = knownKeys(found.schema);
  if (issue.code === "invalid_type" && issue.expected === "array") return `a list${asItem(found)}`;
  if (issue.code === "invalid_type" && keys.length > 0) return `a map with ${oneOf(keys)}`;
  // A union says by its message what would do.
  const expected = issue.code === "invalid_type" ? typeWord(issue.expected) : issue.message;
  return typeof found.value === "object" ? expected : expected.replace("text", "text in quotes");
}

/** The list to write, where one text stands in the place of a list of texts. */
function asItem({ schema, value }: { readonly schema: z.core.$ZodType | undefined; readonly value: unknown }): string {
  const list = schema instanceof z.ZodOptional ? schema.unwrap() : schema;
  if (typeof value !== "string" || !(list instanceof z.ZodArray) || !z.safeParse(list.element, value).success) return "";
  return `: [${/^[\w.-]+(, *[\w.-]+)*$/.test(value) ? value : JSON.stringify(value)}]`;
}

function typeWord(type: string): string {
  if (type === "string") return "text";
  if (type === "array" || type === "tuple") return "a list";
  if (type === "object" || type === "record") return "a map";
  if (type === "number") return "a number";
  if (type === "bigint") return "a whole number";
  if (type === "boolean") return "true or false";
  return "null";
}

function valueAt(plain: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, segment) => (isKeyed(value) ? value[segment] : undefined), plain);
}

function isKeyed(value: unknown): value is Record<string | number, unknown> {
  return typeof value === "object" && value !== null;
}

/** The schema of what lies at the path, through optional values and the alternatives of unions. */
function schemaAt(schema: z.core.$ZodType | undefined, path: Path): z.core.$ZodType | undefined {
  const [segment, ...rest] = path;
  if (segment === undefined) return schema;
  if (schema instanceof z.ZodOptional) return schemaAt(schema.unwrap(), path);
  if (schema instanceof z.ZodUnion) return schema.options.map((option) => schemaAt(option, path)).find((found) => found !== undefined);
  if (schema instanceof z.ZodObject) return schemaAt(schema.shape[segment], rest);
  if (schema instanceof z.ZodRecord) return schemaAt(schema.valueType, rest);
  if (schema instanceof z.ZodArray) return schemaAt(schema.element, rest);
  return undefined;
}

function knownKeys(schema: z.core.$ZodType | undefined): string[] {
  if (schema instanceof z.ZodOptional) return knownKeys(schema.unwrap());
  if (schema instanceof z.ZodUnion) return [...new Set(schema.options.flatMap(knownKeys))];
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}

/** What the schema says of itself to editors. */
function descriptionOf(schema: z.core.$ZodType | undefined): string {
  return schema instanceof z.ZodType ? (schema.description ?? "") : "";
}
