import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { oneOf } from "../finding.ts";
import type { EngineFacts } from "../scenario.ts";
import { scenarioSchema } from "./scenario-schema.ts";

/** A key of the file, as a person reads of it. */
export interface KeyFact {
  /** Where it stands: `stages.<stage>.writes[].query`. */
  readonly path: string;
  /** In the words in which a value of another kind is refused. */
  readonly type: string;
  /** Whether it must stand where the map stands that it is a key of. */
  readonly required: boolean;
  /** What holds where it is left out; empty where nothing does, or where it is required. */
  readonly otherwise: string;
  readonly meaning: string;
}

/** Every key that a file with these engines can have, each before those below it. */
export function keyFacts(engines: readonly EngineFacts[]): readonly KeyFact[] {
  const facts = [...keysBelow(scenarioSchema(engines.map((engine) => engine.name).toSorted()), "")];
  // The alternatives of a list have keys in common.
  return facts.filter((fact, at) => facts.findIndex((other) => isDeepStrictEqual(other, fact)) === at);
}

function* keysBelow(schema: z.core.$ZodType, path: string): Iterable<KeyFact> {
  if (schema instanceof z.ZodOptional) yield* keysBelow(schema.unwrap(), path);
  else if (schema instanceof z.ZodUnion) for (const option of schema.options) yield* keysBelow(option, path);
  else if (schema instanceof z.ZodArray) yield* keysBelow(schema.element, `${path}[]`);
  else if (schema instanceof z.ZodRecord) yield* keysBelow(schema.valueType, `${path}.<${metaOf(schema.keyType).title ?? "name"}>`);
  else if (schema instanceof z.ZodObject) {
    for (const [key, value] of Object.entries<z.core.$ZodType>(schema.shape)) {
      const inner = path === "" ? key : `${path}.${key}`;
      yield factOf(value, inner);
      yield* keysBelow(value, inner);
    }
  }
}

const without = " Without it: ";

function factOf(schema: z.core.$ZodType, path: string): KeyFact {
  const { description = "", default: value } = { ...metaOf(unwrapped(schema)), ...metaOf(schema) };
  const [meaning = "", otherwise = ""] = description.split(without);
  return {
    path,
    type: typeWords(schema),
    required: !(schema instanceof z.ZodOptional),
    otherwise: typeof value === "string" || typeof value === "number" ? `\`${value}\`` : otherwise.replace(/\.$/, ""),
    meaning,
  };
}

function metaOf(schema: z.core.$ZodType): z.core.GlobalMeta {
  return (schema instanceof z.ZodType ? schema.meta() : undefined) ?? {};
}

function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
  return schema instanceof z.ZodOptional ? unwrapped(schema.unwrap()) : schema;
}

function typeWords(schema: z.core.$ZodType): string {
  if (schema instanceof z.ZodOptional) return typeWords(schema.unwrap());
  if (schema instanceof z.ZodLazy) return typeWords(schema.unwrap());
  if (schema instanceof z.ZodObject) return "a map";
  if (schema instanceof z.ZodRecord) return schema.valueType instanceof z.ZodObject ? "a map" : `a map of ${typeWords(schema.valueType)}`;
  if (schema instanceof z.ZodArray) return listOf(typeWords(schema.element));
  if (schema instanceof z.ZodEnum) return oneOf(schema.options.map((option) => `\`${option}\``));
  if (schema instanceof z.ZodLiteral) return oneOf([...schema.values].map((value) => `\`${String(value)}\``));
  return refusalOf(schema);
}

function listOf(item: string): string {
  if (/^a (?:map|list)\b/.test(item)) return `a list of ${item.replace(/^a (map|list)/, "$1s")}`;
  return /^[\w".]+$/.test(item) ? `a list of ${item}` : `a list: ${item}`;
}

/** What is said of a value that is none of the schema's: what a text may be is known by what is said of a text that it may not be. */
function refusalOf(schema: z.core.$ZodType): string {
  if (schema instanceof z.ZodBigInt) return wholeNumber(schema);
  const wrong = schema instanceof z.ZodString ? "\0" : Symbol("nothing of a file");
  const issue = z.safeParse(schema, wrong).error?.issues[0];
  return issue?.message ?? "text";
}

function wholeNumber({ minValue, maxValue }: z.ZodBigInt): string {
  const most = maxValue === null || maxValue >= BigInt(Number.MAX_SAFE_INTEGER) ? "" : ` to ${maxValue}`;
  return `a whole number from ${minValue ?? "0"}${most === "" ? " on" : most}`;
}
