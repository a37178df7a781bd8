import { once } from "node:events";
import { connect as open } from "node:net";
import { PutItemCommand, ScanCommand, UpdateTimeToLiveCommand, type DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { expect, test } from "vitest";
import { engineNamed, type EngineSession } from "../../src/index.ts";
import { isUnreachable } from "../../src/dynamodb/failure.ts";
import { scannedStates } from "../../src/dynamodb/states.ts";
import { pidOf, startService, type EmbeddedService } from "../embedded-service.ts";
import { clientOf, createTable, writeAndGoAway } from "./document-client.ts";

const dynamodb = engineNamed("dynamodb");

interface Place extends AsyncDisposable {
  readonly service: EmbeddedService;
  /** Knows of its server only what it is asked through the session's entrance. */
  readonly session: EngineSession;
  readonly port: number;
  /** Through the entrance, and past it. */
  readonly client: DynamoDBClient;
  readonly past: DynamoDBClient;
}

/** A server that is taken for another than our host. */
async function openPlace(): Promise<Place> {
  await using undo = new AsyncDisposableStack();
  const service = undo.use(await startService("dynamodb", { name: "documents" }));
  const { directory: _, ...address } = service.server.address;
  const session = undo.use(await dynamodb.connect(address, AbortSignal.timeout(10_000)));
  const clientAt = (at: typeof address): DynamoDBClient => {
    const client = clientOf(dynamodb.connection(at), { maxAttempts: 1 });
    undo.defer(() => client.destroy());
    return client;
  };
  const { entrance } = session;
  if (entrance === undefined) throw new Error("there is no entrance");
  const place = { service, session, port: entrance.ports["port"] ?? 0, client: clientAt(entrance), past: clientAt(address) };
  await createTable(place.client, "things");
  const owned = undo.move();
  return { ...place, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

const put = (id: string, text = "é 😀") => new PutItemCommand({ TableName: "things", Item: { id: { S: id }, text: { S: text } } });
const rows = async ({ session }: Place): Promise<number | undefined> => (await session.states())[0]?.rows;

test("tables are read again only after a request that may have written, whoever sent it", async () => {
  await using place = await openPlace();
  const { session, client, past } = place;
  expect(await session.states()).toEqual(await scannedStates(past));
  await client.send(put("one"));
  expect(await session.states()).toEqual(await scannedStates(past));

  // What goes past the entrance shows whether the server is asked: nothing of a rehearsal does.
  await past.send(put("past"));
  await client.send(new ScanCommand({ TableName: "things" }));
  expect(await rows(place)).toBe(1);
  await client.send(put("two"));
  expect(await rows(place)).toBe(3);
  await session.load({ kind: "rows", table: "things", rows: one({ id: "seed" }), name: "seed" });
  expect(await session.states()).toEqual(await scannedStates(past));

  // A write that failed may have written.
  await past.send(put("again"));
  await expect(client.send(new PutItemCommand({ TableName: "things", Item: {} }))).rejects.toMatchObject({ name: "ValidationException" });
  expect(await session.states()).toEqual(await scannedStates(past));
});

test("where items end by themselves, tables are read each time", async () => {
  await using place = await openPlace();
  const specification = { TableName: "things", TimeToLiveSpecification: { AttributeName: "until", Enabled: true } };
  await place.client.send(new UpdateTimeToLiveCommand(specification)).catch(() => undefined);
  expect(await rows(place)).toBe(0);
  await place.past.send(put("past"));
  expect(await rows(place)).toBe(1);
});

test("answers of many megabytes and requests side by side pass as they are", async () => {
  await using place = await openPlace();
  const { client, past } = place;
  const text = "é\u2028".repeat(40_000);
  await Promise.all(Array.from({ length: 40 }, (_, index) => client.send(put(String(index), text))));
  const scan = async (by: DynamoDBClient): Promise<unknown> => {
    const { Items = [], LastEvaluatedKey: next } = await by.send(new ScanCommand({ TableName: "things" }));
    return [Items, next];
  };
  expect(await scan(client)).toEqual(await scan(past));
  await expect(client.send(new ScanCommand({ TableName: "none" }))).rejects.toMatchObject({ name: "ResourceNotFoundException" });
});

test("what clients that are gone have asked has ended when the server is settled, and is in the state", async () => {
  await using place = await openPlace();
  const { session, client, past } = place;
  for (let round = 0; round < 3; round += 1) {
    await writeAndGoAway(client, { table: "things", prefix: String(round), bytes: 5_000 });
    await session.settle();
    const states = await session.states();
    expect(states[0]?.rows).toBeGreaterThanOrEqual(round * 25 + 25);
    expect(states).toEqual(await scannedStates(past));
  }
});

test("a request that breaks off in its middle is none, and holds nobody up", async () => {
  await using place = await openPlace();
  const half = open(place.port, "127.0.0.1");
  half.write("POST / HTTP/1.1\r\nhost: x\r\nx-amz-target: DynamoDB_20120810.PutItem\r\ncontent-length: 100\r\n\r\n{");
  await once(half, "connect");
  half.destroy();
  await place.session.settle();
  expect(await rows(place)).toBe(0);
});

test("a server that ends is to its clients as if they had asked it themselves", async () => {
  await using place = await openPlace();
  process.kill(await pidOf(place.service), "SIGKILL");
  for (const by of [place.past, place.client]) await expect(by.send(put("one"))).rejects.toSatisfy(isUnreachable);
  await place.session.settle();
});

async function* one(row: Record<string, unknown>): AsyncGenerator<Record<string, unknown>> {
  yield row;
}
