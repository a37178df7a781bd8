import { connect } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startService, type EmbeddedService } from "../embedded-service.ts";
import { clientOf, createTable, writeAndGoAway } from "./document-client.ts";

let service: EmbeddedService;
let client: DynamoDBClient;
beforeAll(async () => {
  service = await startService("dynamodb", { name: "documents" });
  client = clientOf(service.values);
  await createTable(client, "things");
});
afterAll(async () => {
  client.destroy();
  await service[Symbol.asyncDispose]();
});

async function stateAfterSettling(): Promise<string> {
  await service.session.settle();
  return JSON.stringify(await service.session.states());
}

test("what clients that are gone have asked is in the state, not in the next one", async () => {
  for (let round = 0; round < 5; round += 1) {
    await writeAndGoAway(client, { table: "things", prefix: String(round), bytes: 15_000 });
    const state = await stateAfterSettling();
    await delay(200);
    expect(await stateAfterSettling()).toBe(state);
  }
});

test("what clients that are gone have asked is in what is read", async () => {
  const hasty = clientOf(service.values, { maxAttempts: 1 });
  for (let round = 0; round < 5; round += 1) {
    const table = `late-${round}`;
    await createTable(hasty, table);
    await writeAndGoAway(hasty, { table, prefix: "late", bytes: 2_000 });
    await service.session.settle();
    const { extraction } = await service.extract({ table });
    const states = await service.session.states();
    expect(extraction.rows).toBe(states.find((state) => state.table === table)?.rows);
  }
  hasty.destroy();
});

test("a request that breaks off in its middle keeps nobody waiting, and the server goes on", async () => {
  const before = await stateAfterSettling();
  const { hostname, port } = new URL(service.values["endpoint"] ?? "");
  const socket = connect(Number(port), hostname);
  socket.write("POST / HTTP/1.1\r\nHost: x\r\nX-Amz-Target: DynamoDB_20120810.PutItem\r\nContent-Length: 100\r\n\r\n{");
  await delay(100);
  socket.destroy();
  await delay(100);
  const start = performance.now();
  expect(await stateAfterSettling()).toBe(before);
  expect(performance.now() - start).toBeLessThan(1000);
});
