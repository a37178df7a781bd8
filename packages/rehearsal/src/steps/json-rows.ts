import { messageOf, RehearseError } from "@rehearse/errors";
import { lines, wholeText } from "./lines.ts";

/** A seed's rows, one object each, from NDJSON or one JSON array. Numbers stay exact: what a double cannot hold comes as `bigint` or raw JSON. */
export async function* jsonRows(
  source: AsyncIterable<Uint8Array>,
  { name, format }: { readonly name: string; readonly format: "ndjson" | "json" },
): AsyncGenerator<Record<string, unknown>> {
  if (format === "json") {
    const parsed = parse(await wholeText(source, name), name);
    if (!Array.isArray(parsed)) throw notRows(name, "a JSON array of objects", describe(parsed));
    for (const [index, row] of parsed.entries()) yield rowOf(row, `${name}, row ${index + 1}`);
    return;
  }
  let number = 0;
  for await (const line of lines(source, name)) {
    number += 1;
    if (line.trim() !== "") yield rowOf(parse(line, `${name}, line ${number}`), `${name}, line ${number}`);
  }
}

function parse(json: string, where: string): unknown {
  try {
    return changes(json) ? JSON.parse(json, exactNumber) : JSON.parse(json);
  } catch (cause) {
    throw new RehearseError({
      code: "SEED_FAILED",
      message: `${where} is not JSON: ${messageOf(cause)}`,
      expected: "one JSON object a line",
      got: json.slice(0, 80),
      hint: "A seed's rows are JSON objects; a program prints nothing else on its standard output.",
      cause,
    });
  }
}

/** A number of 16 digits, with a fraction or an exponent, or -0: all others are exact as they are. Text that looks like one is found, too. */
const mayChange = /(?:"\s*:|[[,])\s*(-?\d+(?:\d{15}|[.eE])[\d.eE+-]*|-0(?=[\s,\]}]))/g;

/** Whether a number of this JSON may change on its way through a double: asking for each while parsing takes five times as long. */
function changes(json: string): boolean {
  for (const [, number] of json.matchAll(mayChange)) if (String(Number(number)) !== number) return true;
  return false;
}

/** Keeps a number that would change on its way through a double. */
function exactNumber(_key: string, value: unknown, { source }: { readonly source?: string } = {}): unknown {
  if (typeof value !== "number" || source === undefined || String(value) === source) return value;
  return /^-?\d+$/.test(source) && source !== "-0" ? BigInt(source) : JSON.rawJSON(source);
}

function rowOf(value: unknown, where: string): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw notRows(where, "a JSON object", describe(value));
  return Object.fromEntries(Object.entries(value));
}

function notRows(where: string, expected: string, got: string): RehearseError {
  return new RehearseError({
    code: "SEED_FAILED",
    message: `${where} holds no row.`,
    expected,
    got,
    hint: "Each row is a JSON object from column or attribute to value.",
  });
}

function describe(value: unknown): string {
  return Array.isArray(value) ? "an array" : value === null ? "null" : typeof value;
}
