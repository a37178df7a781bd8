import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import type { AttributeValue, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { CanonicalType, Column, Extraction } from "@rehearse/dataset";
import { RehearseError } from "@rehearse/errors";
import type { DatasetSource } from "../engine.ts";
import { attributeText, type Item } from "./attribute-text.ts";
import { failure } from "./failure.ts";
import { scan, tableKey, type KeyAttribute } from "./table.ts";

const keyTypes: Readonly<Record<KeyAttribute["type"], CanonicalType>> = { S: "text", N: "number", B: "bytes" };

/** Streams a table into `file`: a first scan finds the attributes that occur, a second writes them. */
export async function extract(client: DynamoDBClient, source: DatasetSource, file: string): Promise<Extraction> {
  if ("query" in source) {
    throw new RehearseError({
      code: "QUERY_FAILED",
      message: "DynamoDB answers no queries.",
      hint: "Name a table: `writes: [service.table]`.",
    });
  }
  const { table } = source;
  try {
    const key = await tableKey(client, table, "DATASET_NOT_FOUND");
    const others = await attributesBeside(client, table, key);
    let rows = 0;
    const lines = async function* (): AsyncGenerator<string> {
      for await (const item of scan(client, table)) {
        rows += 1;
        yield `${line(item, { table, key, others })}\n`;
      }
    };
    await pipeline(lines, createWriteStream(file));
    return { format: "ndjson", file, rows, columns: columns(key, others), key: key.map(({ name }) => name) };
  } catch (error) {
    throw failure(error, { code: "QUERY_FAILED", what: `The table ${table} cannot be read`, hint: "Look into the server's log." });
  }
}

interface Shape {
  readonly table: string;
  readonly key: readonly KeyAttribute[];
  readonly others: ReadonlySet<string>;
}

async function attributesBeside(client: DynamoDBClient, table: string, key: readonly KeyAttribute[]): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  for await (const item of scan(client, table)) for (const name of Object.keys(item)) names.add(name);
  for (const { name } of key) names.delete(name);
  return new Set([...names].toSorted());
}

function columns(key: readonly KeyAttribute[], others: ReadonlySet<string>): Column[] {
  return [
    ...key.map(({ name, type }) => ({ name, source: type, type: keyTypes[type] })),
    ...[...others].map((name) => ({ name, source: "attribute", type: "json" as const })),
  ];
}

/** One item as an object of canonical texts, an attribute that it does not have as null. */
function line(item: Item, { table, key, others }: Shape): string {
  const known = new Set([...key.map(({ name }) => name), ...others]);
  if (Object.keys(item).some((name) => !known.has(name))) throw movedWhileRead(table);
  const cells = [
    ...key.map(({ name }): [string, string | null] => [name, keyText(item[name])]),
    ...[...others].map((name): [string, string | null] => [name, optionalText(item[name])]),
  ];
  return `{${cells.map(([name, text]) => `${JSON.stringify(name)}:${JSON.stringify(text)}`).join(",")}}`;
}

function keyText(value: AttributeValue | undefined): string | null {
  if (value?.B !== undefined) return Buffer.from(value.B).toString("hex");
  return value?.S ?? value?.N ?? null;
}

function optionalText(value: AttributeValue | undefined): string | null {
  return value === undefined ? null : attributeText(value);
}

function movedWhileRead(table: string): RehearseError {
  return new RehearseError({
    code: "QUERY_FAILED",
    message: `The table ${table} was written to while it was read.`,
    hint: "Let the stage end only when everything that it started has ended.",
  });
}
