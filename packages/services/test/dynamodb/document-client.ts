import { BatchWriteItemCommand, CreateTableCommand, DynamoDBClient, type KeySchemaElement } from "@aws-sdk/client-dynamodb";

/** By the values that a service's variables have. */
export function clientOf(values: Readonly<Record<string, string>>, options: { readonly maxAttempts?: number } = {}): DynamoDBClient {
  const { endpoint = "", region = "", accessKeyId = "", secretAccessKey = "" } = values;
  return new DynamoDBClient({ endpoint, region, credentials: { accessKeyId, secretAccessKey }, ...options });
}

/** The types of a table's key: what it is spread by, and what it is sorted by. */
export type KeyTypes = Readonly<Record<string, "S" | "N" | "B">>;

export async function createTable(client: DynamoDBClient, name: string, key: KeyTypes = { id: "S" }): Promise<void> {
  const names = Object.keys(key);
  await client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: names.map((AttributeName) => ({ AttributeName, AttributeType: key[AttributeName] })),
      KeySchema: names.map((AttributeName, index): KeySchemaElement => ({ AttributeName, KeyType: index === 0 ? "HASH" : "RANGE" })),
    }),
  );
}

/** Writes 20 batches of 25 items at once, and goes away when some of them have been written and others have not. */
export async function writeAndGoAway(client: DynamoDBClient, { table, prefix, bytes }: { table: string; prefix: string; bytes: number }) {
  const text = { S: "x".repeat(bytes) };
  const gone = new AbortController();
  const sends = Array.from({ length: 20 }, (_, batch) => {
    const requests = Array.from({ length: 25 }, (__, index) => ({
      PutRequest: { Item: { id: { S: `${prefix} ${batch} ${index}` }, text } },
    }));
    return client.send(new BatchWriteItemCommand({ RequestItems: { [table]: requests } }), { abortSignal: gone.signal });
  });
  await Promise.race(sends);
  gone.abort();
  await Promise.allSettled(sends);
}

/** Puts items with numbered keys that have one text, which comes first in what is kept of them. */
export async function writeItems(client: DynamoDBClient, { table, count, text }: { table: string; count: number; text: string }) {
  for (let begin = 0; begin < count; begin += 25) {
    const requests = Array.from({ length: Math.min(25, count - begin) }, (_, index) => ({
      PutRequest: { Item: { a: { S: text }, id: { S: String(begin + index) } } },
    }));
    await client.send(new BatchWriteItemCommand({ RequestItems: { [table]: requests } }));
  }
}
