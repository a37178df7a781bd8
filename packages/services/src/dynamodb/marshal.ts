import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import type { Item } from "./attribute-text.ts";

/** A plain JSON document as an item. Numbers keep every digit they come with: those that a double cannot hold are bigint or raw JSON. */
export function marshal(document: Record<string, unknown>): Item {
  return Object.fromEntries(Object.entries(document).map(([name, value]) => [name, attribute(value)]));
}

function attribute(value: unknown): AttributeValue {
  if (value === null || value === undefined) return { NULL: true };
  if (typeof value === "string") return { S: value };
  if (typeof value === "boolean") return { BOOL: value };
  if (typeof value === "number" || typeof value === "bigint") return { N: String(value) };
  if (JSON.isRawJSON(value)) return { N: value.rawJSON };
  if (Array.isArray(value)) return { L: value.map(attribute) };
  return { M: Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, attribute(inner)])) };
}
