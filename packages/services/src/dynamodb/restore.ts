import { createReadStream } from "node:fs";
import {
  CreateTableCommand,
  waitUntilTableExists,
  type AttributeValue,
  type DynamoDBClient,
  type WriteRequest,
} from "@aws-sdk/client-dynamodb";
import type { Restoration } from "@rehearse/dataset";
import { csvRows } from "../csv-rows.ts";
import { unrestorable } from "../unrestorable.ts";
import type { Item } from "./attribute-text.ts";
import { failure } from "./failure.ts";
import { keyTypes, type KeyAttribute } from "./key-attribute.ts";
import { parseAttribute } from "./parse-attribute.ts";
import { scan, tableKey, tableNames } from "./table.ts";
import { writeBatches } from "./write-batches.ts";

/** Replaces the items of a table; see `EngineSession.restore`. */
export async function restore(client: DynamoDBClient, table: string, restoration: Restoration): Promise<number> {
  try {
    const names = await tableNames(client);
    if (!names.includes(table)) await create(client, table, restoration);
    const key = await tableKey(client, table, "DATASET_NOT_FOUND");
    check({ table, key, restoration });
    await writeBatches(client, table, deletions(client, { table, key }));
    const rows = await writeBatches(client, table, puts({ table, key, restoration }));
    if (rows !== restoration.rows) throw unrestorable({ table, reason: `it has ${restoration.rows} rows, of which ${rows} arrived` });
    return rows;
  } catch (error) {
    throw failure(error, {
      code: "REFERENCE_INVALID",
      what: `The reference of ${table} cannot be restored`,
      hint: "Run the whole rehearsal instead of the one stage, or accept a reference that fits the table.",
    });
  }
}

async function create(client: DynamoDBClient, table: string, { columns, key }: Restoration): Promise<void> {
  const attributes = key.map((name) => {
    const type = columns.find((column) => column.name === name)?.type;
    const found = (["S", "N", "B"] as const).find((one) => keyTypes[one] === type);
    if (found === undefined)
      throw unrestorable({ table, reason: `the key ${name} is ${type ?? "not in it"}, and keys are text, numbers or bytes` });
    return { AttributeName: name, AttributeType: found };
  });
  if (attributes.length === 0) throw unrestorable({ table, reason: "it has no key, and a table of DynamoDB must have one" });
  await client.send(
    new CreateTableCommand({
      TableName: table,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: attributes,
      KeySchema: attributes.map(({ AttributeName }, index) => ({ AttributeName, KeyType: index === 0 ? "HASH" : "RANGE" })),
    }),
  );
  await waitUntilTableExists({ client, maxWaitTime: 60, minDelay: 0.05, maxDelay: 0.2 }, { TableName: table });
}

/** Every column is the key's or an attribute in DynamoDB's own JSON. */
function check({ table, key, restoration }: Filling): void {
  for (const { name, type } of key) {
    const found = restoration.columns.find((column) => column.name === name)?.type ?? "missing";
    if (found !== keyTypes[type])
      throw unrestorable({ table, reason: `the key ${name} is ${found} in the reference and ${type} in the table` });
  }
  const other = restoration.columns.find(({ name, type }) => type !== "json" && !key.some((part) => part.name === name));
  if (other !== undefined)
    throw unrestorable({ table, reason: `column ${other.name} is ${other.type}, and attributes are DynamoDB's own JSON` });
}

async function* deletions(
  client: DynamoDBClient,
  { table, key }: { table: string; key: readonly KeyAttribute[] },
): AsyncGenerator<WriteRequest> {
  for await (const item of scan(client, table)) {
    const entries = key.flatMap(({ name }): [string, AttributeValue][] => (item[name] === undefined ? [] : [[name, item[name]]]));
    yield { DeleteRequest: { Key: Object.fromEntries(entries) } };
  }
}

interface Filling {
  readonly table: string;
  readonly key: readonly KeyAttribute[];
  readonly restoration: Restoration;
}

async function* puts({ table, key, restoration }: Filling): AsyncGenerator<WriteRequest> {
  const types = new Map(key.map(({ name, type }) => [name, type]));
  for await (const row of csvRows(createReadStream(restoration.file))) {
    const item: Item = {};
    for (const [index, { name }] of restoration.columns.entries()) {
      const text = row[index];
      // An attribute that the item does not have; one that is NULL says so.
      if (text === null || text === undefined) continue;
      const type = types.get(name);
      const value = type === undefined ? parseAttribute(text) : keyValue(type, text);
      if (value === null)
        throw unrestorable({ table, reason: `column ${name} has a value that is not DynamoDB's own JSON: ${text.slice(0, 200)}` });
      item[name] = value;
    }
    yield { PutRequest: { Item: item } };
  }
}

function keyValue(type: KeyAttribute["type"], text: string): AttributeValue {
  if (type === "B") return { B: Buffer.from(text, "hex") };
  return type === "N" ? { N: text } : { S: text };
}
