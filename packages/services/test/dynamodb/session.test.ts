import { PutItemCommand, ScanCommand, type AttributeValue, type DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { engineNamed } from "../../src/index.ts";
import { pidOf, rowsOf, startService, type EmbeddedService } from "../embedded-service.ts";
import { clientOf, createTable } from "./document-client.ts";

let service: EmbeddedService;
let client: DynamoDBClient;
beforeAll(async () => {
  service = await startService("dynamodb", { name: "identities" });
  client = clientOf(service.values);
});
afterAll(async () => {
  client.destroy();
  await service[Symbol.asyncDispose]();
});

const put = (TableName: string, Item: Record<string, AttributeValue>) => client.send(new PutItemCommand({ TableName, Item }));
const load = (table: string, ...rows: Record<string, unknown>[]) =>
  service.session.load({ kind: "rows", table, rows: rowsOf(...rows), name: "people.ndjson" });
const digest = async (table: string) => (await service.session.states()).find((state) => state.table === table)?.digest;

test("documents go in with every digit and kind of value, and come out as canonical text", async () => {
  await createTable(client, "kinds", { "env key": "S", number: "N" });
  const document = {
    "env key": "a",
    number: 9007199254740993n,
    text: "",
    no: null,
    yes: true,
    list: [1, "x", { b: 1.1, a: [] }],
    "a.b": "é",
  };
  expect(await load("kinds", document, { "env key": "a", number: -1.5, only: "here" })).toBe(2);
  const { extraction, cells } = await service.extract({ table: "kinds" });
  expect(extraction).toMatchObject({ format: "ndjson", rows: 2, key: ["env key", "number"] });
  expect(extraction.columns.map(({ name, type }) => [name, type])).toEqual([
    ["env key", "text"],
    ["number", "number"],
    ...["a.b", "list", "no", "only", "text", "yes"].map((name) => [name, "json"]),
  ]);
  const list = '{"L":[{"N":"1"},{"S":"x"},{"M":{"a":{"L":[]},"b":{"N":"1.1"}}}]}';
  expect(cells).toEqual([
    ["a", "-1.5", null, null, null, '{"S":"here"}', null, null],
    ["a", "9007199254740993", '{"S":"é"}', list, '{"NULL":true}', null, '{"S":""}', '{"BOOL":true}'],
  ]);
});

test("binary keys, sets and nested maps have one text, whatever the order they were written in", async () => {
  await createTable(client, "sets", { id: "B" });
  const id = { B: Buffer.from([0, 255]) };
  await put("sets", {
    id,
    s: { SS: ["b", "a"] },
    n: { NS: ["2", "10"] },
    b: { BS: [Buffer.from("b"), Buffer.from("a")] },
    m: { M: { y: { S: "1" }, x: { B: Buffer.from("x") } } },
  });
  const before = await digest("sets");
  const { cells } = await service.extract({ table: "sets" });
  expect(cells).toEqual([
    ["00ff", '{"BS":["YQ==","Yg=="]}', '{"M":{"x":{"B":"eA=="},"y":{"S":"1"}}}', '{"NS":["10","2"]}', '{"SS":["a","b"]}'],
  ]);
  await put("sets", {
    m: { M: { x: { B: Buffer.from("x") }, y: { S: "1" } } },
    b: { BS: [Buffer.from("a"), Buffer.from("b")] },
    n: { NS: ["10", "2"] },
    s: { SS: ["a", "b"] },
    id,
  });
  expect(await digest("sets")).toBe(before);
});

test.each([
  ["a number and its text", { N: "1" }, { S: "1" }],
  ["a missing attribute and NULL", undefined, { NULL: true as const }],
  ["NULL and the empty string", { NULL: true as const }, { S: "" }],
  ["neighbours above 2^53", { N: "9007199254740992" }, { N: "9007199254740993" }],
  ["a list and a set", { L: [{ S: "a" }] }, { SS: ["a"] }],
  ["both normal forms of a letter", { S: "caf\u00e9" }, { S: "cafe\u0301" }],
])("the digest tells %s apart", async (title, one, other) => {
  const table = title.replaceAll(/[^a-z]/g, "-");
  await createTable(client, table);
  const write = (value: AttributeValue | undefined) => put(table, { id: { S: "1" }, ...(value === undefined ? {} : { value }) });
  await write(one);
  const before = await digest(table);
  await write(other);
  expect(await digest(table)).not.toBe(before);
  await write(one);
  expect(await digest(table)).toBe(before);
});

test("thousands of documents over many pages arrive whole; the digest does not depend on how they came", async () => {
  const documents = Array.from({ length: 6000 }, (_, index) => ({ id: `id-${index}`, padding: "x".repeat(400), index }));
  await createTable(client, "many");
  expect(await load("many", ...documents)).toBe(6000);
  const page = await client.send(new ScanCommand({ TableName: "many" }));
  expect(page.LastEvaluatedKey).toBeDefined();
  const { rows } = (await service.session.states()).find(({ table }) => table === "many") ?? {};
  expect(rows).toBe(6000);
  await createTable(client, "many-again");
  await load("many-again", ...documents.toReversed());
  expect(await digest("many-again")).toBe(await digest("many"));
  expect((await service.extract({ table: "many" })).extraction.rows).toBe(6000);
});

test("a seed that names an item twice, lacks a key or names no table is refused by name", async () => {
  await createTable(client, "strict", { env: "S", id: "N" });
  await expect(load("strict", { env: "a", id: 1 }, { env: "a", id: 1n, other: true })).rejects.toMatchObject({
    code: "SEED_FAILED",
    message: expect.stringMatching(/people\.ndjson.*env = .*a.*id = .*1/),
  });
  await expect(load("strict", { env: "a" })).rejects.toMatchObject({
    code: "SEED_FAILED",
    message: expect.stringContaining("people.ndjson"),
  });
  await expect(load("lost", { id: "1" })).rejects.toMatchObject({
    code: "SEED_FAILED",
    message: "There is no table lost",
    hint: expect.stringContaining("strict"),
  });
  await expect(load("strikt", { id: "1" })).rejects.toMatchObject({ message: 'There is no table strikt; did you mean "strict"?' });
  await expect(service.session.load({ kind: "script", text: "SELECT 1", name: "a.sql" })).rejects.toMatchObject({ code: "SEED_FAILED" });
});

test("a query, and a table that is not there, are refused", async () => {
  await createTable(client, "present");
  await expect(service.extract({ query: "SELECT * FROM present" })).rejects.toMatchObject({ code: "QUERY_FAILED" });
  await expect(service.extract({ table: "absent" })).rejects.toMatchObject({
    code: "DATASET_NOT_FOUND",
    hint: expect.stringContaining("present"),
  });
  expect((await service.extract({ table: "present" })).extraction).toMatchObject({ rows: 0, key: ["id"] });
});

test("two servers run at once, each with its own tables; one that ends is lost", async () => {
  await using other = await startService("dynamodb");
  expect(await other.session.states()).toEqual([]);
  const otherClient = clientOf(other.values);
  await createTable(otherClient, "elsewhere");
  otherClient.destroy();
  expect((await other.session.states()).map(({ table }) => table)).toEqual(["elsewhere"]);
  expect((await service.session.states()).map(({ table }) => table)).not.toContain("elsewhere");
  const lost = new Promise((resolve) => other.server.lost.addEventListener("abort", () => resolve(other.server.lost.reason)));
  process.kill(await pidOf(other), "SIGTERM");
  expect(await lost).toMatchObject({ code: "ENGINE_LOST" });
  await expect(other.session.states()).rejects.toMatchObject({ code: "ENGINE_LOST" });
});

test("the version is the one that the packages pin, and a taken port is explained", () => {
  expect(service.session.version).toBe("4.0.0");
  const log = "Error: listen EADDRINUSE: address already in use 127.0.0.1:8000";
  expect(engineNamed("dynamodb").explain(log, { service: "identities", ports: { port: 8000 } })).toMatchObject({ code: "PORT_TAKEN" });
  expect(engineNamed("dynamodb").explain("", { service: "identities", ports: { port: 8000 } })).toBeNull();
});
