import { PutItemCommand, type AttributeValue, type DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startService, type EmbeddedService } from "../embedded-service.ts";
import { clientOf, createTable } from "./document-client.ts";

let service: EmbeddedService;
let client: DynamoDBClient;
beforeAll(async () => {
  service = await startService("dynamodb");
  client = clientOf(service.values);
});
afterAll(async () => {
  client.destroy();
  await service[Symbol.asyncDispose]();
});

const put = (TableName: string, Item: Record<string, AttributeValue>) => client.send(new PutItemCommand({ TableName, Item }));
const create = (name: string, type: "S" | "N" | "B" = "S") => createTable(client, name, { id: type });
const state = async (name: string) => (await service.session.states()).find(({ table }) => table === name);

test("a restored table has the items that were read of it, and nothing else", async () => {
  await create("kept");
  const items = Array.from({ length: 60 }, (_, index) => ({
    id: { S: `item ${index}, "it"\n` },
    n: { N: `${index}.5` },
    s: { SS: ["b", "a"] },
  }));
  for (const item of items) await put("kept", item);
  await put("kept", { id: { S: "" + "bare" } });
  const [before, restoration] = [await state("kept"), await service.restoration({ table: "kept" })];
  for (const id of ["more", "bare"]) await put("kept", { id: { S: id }, x: { NULL: true } });
  expect(await service.session.restore("kept", restoration)).toBe(61);
  expect(await state("kept")).toEqual(before);
});

test.each(["S", "N", "B"] as const)("a table that is not there is made with its key of the type %s", async (type) => {
  const value = { S: { S: "k" }, N: { N: "12345678901234567890" }, B: { B: Buffer.from([0, 255]) } }[type];
  await create(`was-${type}`, type);
  await put(`was-${type}`, { id: value, v: { BS: [Buffer.from([255])] } });
  const restoration = await service.restoration({ table: `was-${type}` });
  expect(await service.session.restore(`made-${type}`, restoration)).toBe(1);
  expect((await state(`made-${type}`))?.digest).toBe((await state(`was-${type}`))?.digest);
  expect((await service.extract({ table: `made-${type}` })).extraction.key).toEqual(["id"]);
});

test("a reference with another key than the table's is refused", async () => {
  await create("texts");
  await create("numbers", "N");
  await put("texts", { id: { S: "1" } });
  await expect(service.session.restore("numbers", await service.restoration({ table: "texts" }))).rejects.toMatchObject({
    code: "REFERENCE_INVALID",
    message: expect.stringContaining("the key id is text in the reference and N in the table"),
  });
});
