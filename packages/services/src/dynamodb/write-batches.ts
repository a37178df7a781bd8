import { setTimeout as delay } from "node:timers/promises";
import { BatchWriteItemCommand, type DynamoDBClient, type WriteRequest } from "@aws-sdk/client-dynamodb";

const batchSize = 25;
const inFlight = 6;
const longestPauseMs = 1000;

/** Sends what is to be put and deleted, 25 at a time; resolves to how many there were. No two may be about one item: which of them wins would be chance. */
export async function writeBatches(client: DynamoDBClient, table: string, requests: AsyncIterable<WriteRequest>): Promise<number> {
  const writing = new Set<Promise<void>>();
  const start = async (batch: WriteRequest[]): Promise<void> => {
    const done = write(client, table, batch).finally(() => writing.delete(done));
    // Whoever waits for it next hears of its failure; until then it must not pass for one that nobody handles.
    done.catch(() => undefined);
    writing.add(done);
    if (writing.size >= inFlight) await Promise.race(writing);
  };
  let count = 0;
  try {
    let batch: WriteRequest[] = [];
    for await (const request of requests) {
      count += 1;
      batch.push(request);
      if (batch.length < batchSize) continue;
      await start(batch);
      batch = [];
    }
    if (batch.length > 0) await start(batch);
    await Promise.all(writing);
  } finally {
    await Promise.allSettled(writing);
  }
  return count;
}

/** DynamoDB takes what it can of a batch and gives the rest back. */
async function write(client: DynamoDBClient, table: string, batch: WriteRequest[]): Promise<void> {
  let requests = batch;
  for (let pauseMs = 10; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
    const { UnprocessedItems } = await client.send(new BatchWriteItemCommand({ RequestItems: { [table]: requests } }));
    requests = UnprocessedItems?.[table] ?? [];
    if (requests.length === 0) return;
    await delay(pauseMs);
  }
}
