import { z } from "zod";
import { describe, oneOf, unknownWord, type Finding, type Path } from "../finding.ts";

type Issue = z.core.$ZodIssue;

/** What is wrong with the shape of a file's plain value. */
export function shapeFindings(schema: z.ZodType, plain: unknown): Finding[] {
  const issues = schema.safeParse(plain).error?.issues ?? [];
  return issues.flatMap(settle).flatMap((issue) => findingsOf({ issue, schema, plain }));
}

/** A union says what is wrong with each alternative: keep the one alternative that the value's type was meant for. */
function settle(issue: Issue): Issue[] {
  if (issue.code !== "invalid_union") return [issue];
  const meant = issue.errors.find((alternative) => !alternative.some((inner) => inner.code === "invalid_type" && inner.path.length === 0));
  return meant?.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] })).flatMap(settle) ?? [issue];
}

function findingsOf(found: { readonly issue: Issue; readonly schema: z.ZodType; readonly plain: unknown }): Finding[] {
  const { issue, schema, plain } = found;
  const path = issue.path.filter((segment) => typeof segment !== "symbol");
  const value = valueAt(plain, path);
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) =>
        unknownWord({ kind: "key", word: key, known: knownKeys(schemaAt(schema, path)), path: [...path, key], at: "key" }),
      );
    case "invalid_key":
      return [{ path, at: "key", message: "not a name", expected: issue.issues[0]?.message ?? issue.message, got: describe(path.at(-1)) }];
    case "invalid_value":
      if (typeof value === "string")
        return [unknownWord({ kind: String(path.at(-1)), word: value, known: issue.values.map(String), path })];
      return [wrongType({ path, value, expected: oneOf(issue.values.map(String)) })];
    case "invalid_type":
    case "invalid_union":
      return [wrongType({ path, value, expected: oneOf(typesOf(issue)) })];
    case "invalid_format":
    case "too_small":
    case "too_big":
    case "not_multiple_of":
    case "invalid_element":
    case "custom":
      return [{ path, message: "wrong value", expected: issue.message, got: describe(value) }];
  }
}

function wrongType(wrong: { readonly path: Path; readonly value: unknown; readonly expected: string }): Finding {
  const { path, value, expected } = wrong;
  if (value === undefined) return { path, message: typeof path.at(-1) === "number" ? "empty list" : "missing", expected, got: "nothing" };
  const plain = typeof value === "object" || typeof value === "string";
  return { path, message: "wrong type", expected, got: plain ? describe(value) : `${describe(value)}, which is ${typeWord(typeof value)}` };
}

/** The types that would do, in words. */
function typesOf(issue: Issue): string[] {
  if (issue.code === "invalid_type") return [typeWord(issue.expected)];
  if (issue.code !== "invalid_union") return [];
  const types = issue.errors.flat().filter((inner) => inner.path.length === 0);
  return [...new Set(types.flatMap(typesOf))];
}

function typeWord(type: string): string {
  if (type === "string") return "text (in quotes)";
  if (type === "array" || type === "tuple") return "a list";
  if (type === "object" || type === "record") return "a map";
  if (type === "number" || type === "bigint") return "a number";
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
  if (schema instanceof z.ZodOptional) return schemaAt(schema.unwrap(), path);
  if (schema instanceof z.ZodUnion)
    return schema.options.map((option) => schemaAt(option, path)).find((found) => found !== undefined && !(found instanceof z.ZodString));
  if (segment === undefined) return schema;
  if (schema instanceof z.ZodObject) return schemaAt(schema.shape[segment], rest);
  if (schema instanceof z.ZodRecord) return schemaAt(schema.valueType, rest);
  if (schema instanceof z.ZodArray) return schemaAt(schema.element, rest);
  return undefined;
}

function knownKeys(schema: z.core.$ZodType | undefined): string[] {
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}
