import { createReadStream } from "node:fs";
import { rm } from "node:fs/promises";
import { Readable } from "node:stream";
import type { AttributeValue, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { Column, Extraction } from "@rehearse/dataset";
import { RehearseError } from "@rehearse/errors";
import type { DatasetSource } from "../engine.ts";
import { saveStream } from "../save-stream.ts";
import { attributeText, type Item } from "./attribute-text.ts";
import { failure } from "./failure.ts";
import { keyTypes, type KeyAttribute } from "./key-attribute.ts";
import { linesOf } from "./lines-of.ts";
import { scan, tableKey } from "./table.ts";

/** Streams a table into `file`: first its items with the attributes that they have, then, when all attributes are known, rows with all of them. */
export async function extract(client: DynamoDBClient, source: DatasetSource, file: string): Promise<Extraction> {
  if ("query" in source) {
    throw new RehearseError({
      code: "QUERY_FAILED",
      message: "DynamoDB answers no queries.",
      hint: "Name a table: `writes: [service.table]`.",
    });
  }
  const { table } = source;
  const items = `${file}.items`;
  try {
    const key = await tableKey(client, table, "DATASET_NOT_FOUND");
    const { rows, names } = await writeItems(scan(client, table), { key, file: items });
    const others = [...names].filter((name) => !key.some((it) => it.name === name)).toSorted();
    const nothing = Object.fromEntries([...key.map(({ name }) => name), ...others].map((name) => [name, null]));
    await saveStream(Readable.from(fullRows(items, nothing)), file);
    return { format: "ndjson", file, rows, columns: columns(key, others), key: key.map(({ name }) => name) };
  } catch (error) {
    throw failure(error, { code: "QUERY_FAILED", what: `The table ${table} cannot be read`, hint: "Look into the server's log." });
  } finally {
    await rm(items, { force: true });
  }
}

/** Writes each item as an object of canonical texts, one a line; resolves to their number and the names of all attributes. */
async function writeItems(
  items: AsyncIterable<Item>,
  { key, file }: { readonly key: readonly KeyAttribute[]; readonly file: string },
): Promise<{ rows: number; names: ReadonlySet<string> }> {
  const keyNames = new Set(key.map(({ name }) => name));
  const names = new Set<string>();
  let rows = 0;
  const lines = async function* (): AsyncGenerator<string> {
    for await (const item of items) {
      rows += 1;
      for (const name of Object.keys(item)) names.add(name);
      const cells = Object.entries(item).map(([name, value]) => [name, keyNames.has(name) ? keyText(value) : attributeText(value)]);
      yield `${JSON.stringify(Object.fromEntries(cells))}\n`;
    }
  };
  await saveStream(Readable.from(lines()), file);
  return { rows, names };
}

/** The same rows with every attribute; one that an item does not have is null. */
async function* fullRows(file: string, nothing: Readonly<Record<string, null>>): AsyncGenerator<string> {
  for await (const line of linesOf(createReadStream(file, "utf8"))) {
    const item: unknown = JSON.parse(line);
    yield `${JSON.stringify({ ...nothing, ...(item as object) })}\n`;
  }
}

function columns(key: readonly KeyAttribute[], others: readonly string[]): Column[] {
  return [
    ...key.map(({ name, type }) => ({ name, source: type, type: keyTypes[type] })),
    ...others.map((name) => ({ name, source: "attribute", type: "json" as const })),
  ];
}

function keyText(value: AttributeValue): string | null {
  if (value.B !== undefined) return Buffer.from(value.B).toString("hex");
  return value.S ?? value.N ?? null;
}
