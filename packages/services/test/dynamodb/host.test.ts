import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { DeleteTableCommand, type DynamoDBClient, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { afterAll, afterEach, beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";
import { holdStates, scannedStates } from "../../src/dynamodb/states.ts";
import { pidOf, startService, type EmbeddedService } from "../embedded-service.ts";
import { clientOf, createTable, writeItems } from "./document-client.ts";

/** Only to know how a host is started. */
let service: EmbeddedService;
let host: ChildProcess;
let client: DynamoDBClient;
let endpoint: string;
beforeAll(async () => {
  service = await startService("dynamodb", { name: "documents" });
});
afterAll(() => service[Symbol.asyncDispose]());

/** A host of the test's own with a heap of 64 MB. */
beforeEach(async () => {
  const [file = "", ...args] = (await readFile(`/proc/${await pidOf(service)}/cmdline`, "utf8")).split("\0").slice(0, -1);
  const own = args.slice(0, -1).filter((arg) => !arg.startsWith("--"));
  const port = await freePort();
  host = spawn(file, ["--max-semi-space-size=4", "--max-old-space-size=64", ...own, String(port)], { stdio: "ignore" });
  endpoint = `http://127.0.0.1:${port}`;
  client = clientOf({ ...service.values, endpoint });
  while (
    !(await client.send(new ListTablesCommand()).then(
      () => true,
      () => false,
    ))
  )
    await delay(20);
});
afterEach(async () => {
  client.destroy();
  if (host.kill("SIGKILL")) await once(host, "exit");
});

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  return typeof address === "object" && address !== null ? address.port : 0;
}

test("items that were overwritten are kept by no look and no scan", async () => {
  await createTable(client, "rewritten");
  for (let round = 0; round < 10; round += 1) {
    await writeItems(client, { table: "rewritten", count: 500, text: `${round} ${"x".repeat(15_000)}` });
    expect(await scannedStates(client)).toEqual(await (await holdStates(endpoint)).states);
  }
});

test("tables that were dropped are kept by no look", async () => {
  for (let round = 0; round < 10; round += 1) {
    const table = `dropped-${round}`;
    await createTable(client, table);
    await writeItems(client, { table, count: 500, text: `${round} ${"x".repeat(15_000)}` });
    const { states } = await holdStates(endpoint);
    expect(await states).toHaveLength(1);
    await client.send(new DeleteTableCommand({ TableName: table }));
  }
});

test("items that begin with the same long text are told apart at once", async () => {
  await createTable(client, "alike");
  await writeItems(client, { table: "alike", count: 2_000, text: "x".repeat(17_000) });
  const begun = performance.now();
  const { states } = await holdStates(endpoint);
  expect(await states).toMatchObject([{ table: "alike", rows: 2_000 }]);
  expect(performance.now() - begun).toBeLessThan(2_000);
});

test("states that nobody waits for any more are no failure when the host ends", async () => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown): number => unhandled.push(reason);
  process.on("unhandledRejection", note);
  onTestFinished(() => void process.off("unhandledRejection", note));
  await createTable(client, "abandoned");
  await writeItems(client, { table: "abandoned", count: 3_000, text: "x".repeat(5_000) });
  await holdStates(endpoint);
  host.kill("SIGKILL");
  await delay(200);
  expect(unhandled).toEqual([]);
});

test("a request with null where an attribute value belongs is refused, and the host goes on", async () => {
  await createTable(client, "odd");
  const put = (item: unknown): Promise<Response> =>
    fetch(endpoint, {
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.0",
        "x-amz-target": "DynamoDB_20120810.PutItem",
        "x-amz-date": "20270101T000000Z",
        authorization: "AWS4-HMAC-SHA256 Credential=a/20270101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=x",
      },
      body: JSON.stringify({ TableName: "odd", Item: item }),
    });
  for (const value of [null, { L: [null] }, { M: { a: null } }, { SS: [null] }])
    expect((await put({ id: { S: "1" }, value })).status).toBe(400);
  expect((await put({ id: { S: "1" } })).status).toBe(200);
});
