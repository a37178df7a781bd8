import {
  type AttributeValue,
  DeleteItemCommand,
  DeleteTableCommand,
  type DynamoDBClient,
  PutItemCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { scannedStates } from "../../src/dynamodb/states.ts";
import { startService, type EmbeddedService } from "../embedded-service.ts";
import { clientOf, createTable } from "./document-client.ts";

let service: EmbeddedService;
let client: DynamoDBClient;
beforeAll(async () => {
  service = await startService("dynamodb", { name: "documents" });
  client = clientOf(service.values);
  for (const table of ["things", "others", "lines"]) await createTable(client, table);
});
afterAll(async () => {
  client.destroy();
  await service[Symbol.asyncDispose]();
});

const kinds: Record<string, AttributeValue> = {
  text: { S: "é 😀 \u2028" },
  number: { N: "1.50" },
  long: { N: "9007199254740993" },
  bytes: { B: Uint8Array.of(0, 255, 1) },
  texts: { SS: ["b", "a"] },
  numbers: { NS: ["10", "9"] },
  blobs: { BS: [Uint8Array.of(2), Uint8Array.of(1)] },
  list: { L: [{ NULL: true }, { BOOL: false }, { M: { b: { S: "" }, a: { B: Uint8Array.of(7) } } }] },
};

test("the states that our host tells are those that a scan finds, after every kind of write", async () => {
  const check = async (): Promise<string> => {
    const told = await service.session.states();
    expect(told).toEqual(await scannedStates(client));
    return JSON.stringify(told);
  };
  const seen = [await check()];
  const key = { id: { S: "one" } };
  const writes = [
    new PutItemCommand({ TableName: "things", Item: { ...key, ...kinds } }),
    new PutItemCommand({ TableName: "things", Item: { id: { S: "two" } } }),
    new UpdateItemCommand({
      TableName: "things",
      Key: key,
      UpdateExpression: "SET #text = :new",
      ExpressionAttributeNames: { "#text": "text" },
      ExpressionAttributeValues: { ":new": { S: "other" } },
    }),
    new DeleteItemCommand({ TableName: "things", Key: key }),
    new PutItemCommand({ TableName: "others", Item: { id: { S: "two" } } }),
  ];
  for (const write of writes) {
    await client.send(write as PutItemCommand);
    seen.push(await check());
  }
  expect(new Set(seen).size).toBe(writes.length + 1);
  expect(await check()).toBe(seen.at(-1));
});

test("the states that are held are those of their moment, whatever is written while they are found out", async () => {
  for (const table of ["large", "dropped"]) {
    await createTable(client, table);
    await service.session.load({ kind: "rows", table, rows: documents(4_000), name: table });
  }
  const before = await scannedStates(client);
  const held = await service.session.holdStates?.();
  let found = false;
  const states = held?.states.finally(() => (found = true));
  const key = { id: { S: "1000" } };
  await Promise.all([
    client.send(new DeleteTableCommand({ TableName: "dropped" })),
    client.send(new DeleteItemCommand({ TableName: "large", Key: key })),
    client.send(new PutItemCommand({ TableName: "large", Item: { id: { S: "2000" }, text: { S: "another" } } })),
    client.send(new PutItemCommand({ TableName: "large", Item: { id: { S: "new" } } })),
  ]);
  expect(found, "all was written before the states were known").toBe(false);
  expect(await states).toEqual(before);
  expect(await service.session.states()).toEqual(await scannedStates(client));
});

async function* documents(count: number): AsyncGenerator<Record<string, unknown>> {
  for (let id = 0; id < count; id += 1)
    yield { id: String(id), tags: Array.from({ length: 20 }, (_, tag) => ({ tag, text: `${id} ${tag}` })) };
}

test("a table is read whatever line ends its texts have", async () => {
  const texts = ["\u2028", "a\u2029b", "\r", "\r\n", "\n", "\u0085", "é 😀 \u2028\n"];
  for (const [index, text] of texts.entries()) {
    await client.send(new PutItemCommand({ TableName: "lines", Item: { id: { S: `${index}${text}` }, text: { S: text } } }));
  }
  const { cells, extraction } = await service.extract({ table: "lines" });
  expect(extraction.rows).toBe(texts.length);
  expect(new Set(cells)).toEqual(new Set(texts.map((text, index) => [`${index}${text}`, JSON.stringify({ S: text })])));
});
