import { setTimeout as delay } from "node:timers/promises";
import { DynamoDBClient, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import type { EngineSession, ServerAddress } from "../engine.ts";
import { connection, region } from "./connection.ts";
import { openEntrance } from "./entrance.ts";
import { isUnreachable } from "./failure.ts";
import { openSession } from "./session.ts";

/** Waits until the server lists its tables, and opens a session. */
export async function connect(address: ServerAddress, signal: AbortSignal): Promise<EngineSession> {
  // Our host tells itself what was written.
  const entrance = address.directory === undefined ? await openEntrance(address) : null;
  const { accessKeyId = "", secretAccessKey = "", endpoint = "" } = connection(entrance?.address ?? address);
  const client = new DynamoDBClient({ endpoint, region, credentials: { accessKeyId, secretAccessKey } });
  // It copies every item of every answer for a log that nobody reads: half the time of a scan.
  client.middlewareStack.remove("loggerMiddleware");
  try {
    await untilAnswering(client, signal);
    return openSession(client, { endpoint, entrance });
  } catch (error) {
    client.destroy();
    await entrance?.[Symbol.asyncDispose]();
    throw error;
  }
}

async function untilAnswering(client: DynamoDBClient, signal: AbortSignal): Promise<void> {
  for (;;) {
    try {
      await client.send(new ListTablesCommand(), { abortSignal: signal });
      return;
    } catch (error) {
      signal.throwIfAborted();
      if (!isUnreachable(error)) throw error;
    }
    await delay(15);
  }
}
