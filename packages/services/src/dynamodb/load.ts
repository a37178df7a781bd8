import { setTimeout as delay } from "node:timers/promises";
import { BatchWriteItemCommand, type DynamoDBClient, type WriteRequest } from "@aws-sdk/client-dynamodb";
import { RehearseError } from "@rehearse/errors";
import type { SeedInput } from "../engine.ts";
import { attributeText, type Item } from "./attribute-text.ts";
import { failure } from "./failure.ts";
import { marshal } from "./marshal.ts";
import { tableKey } from "./table.ts";

const batchSize = 25;
const inFlight = 6;
const longestPauseMs = 1000;

/** Puts documents into a table, 25 at a time; resolves to their number. A seed names each item once: which of two wins would be chance. */
export async function load(client: DynamoDBClient, seed: SeedInput): Promise<number> {
  try {
    if (seed.kind === "script") throw noScripts(seed.name);
    const key = await tableKey(client, seed.table, "SEED_FAILED");
    const seen = new Set<string>();
    const writing = new Set<Promise<void>>();
    const start = async (batch: readonly Item[]): Promise<void> => {
      const done = write(client, seed.table, batch).finally(() => writing.delete(done));
      // Whoever waits for it next hears of its failure; until then it must not pass for one that nobody handles.
      done.catch(() => undefined);
      writing.add(done);
      if (writing.size >= inFlight) await Promise.race(writing);
    };
    try {
      let batch: Item[] = [];
      for await (const document of seed.rows) {
        const item = marshal(document);
        const name = key.map((part) => `${part.name} = ${attributeText(item[part.name] ?? { NULL: true })}`).join(", ");
        if (seen.has(name)) throw twice(seed.name, name);
        seen.add(name);
        batch.push(item);
        if (batch.length < batchSize) continue;
        await start(batch);
        batch = [];
      }
      if (batch.length > 0) await start(batch);
      await Promise.all(writing);
    } finally {
      await Promise.allSettled(writing);
    }
    return seen.size;
  } catch (error) {
    throw failure(error, {
      code: "SEED_FAILED",
      what: `The seed ${seed.name} failed`,
      hint: "Compare its documents with the table's key.",
    });
  }
}

/** DynamoDB takes what it can of a batch and gives the rest back. */
async function write(client: DynamoDBClient, table: string, items: readonly Item[]): Promise<void> {
  let requests: WriteRequest[] = items.map((Item) => ({ PutRequest: { Item } }));
  for (let pauseMs = 10; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
    const { UnprocessedItems } = await client.send(new BatchWriteItemCommand({ RequestItems: { [table]: requests } }));
    requests = UnprocessedItems?.[table] ?? [];
    if (requests.length === 0) return;
    await delay(pauseMs);
  }
}

function noScripts(name: string): RehearseError {
  return new RehearseError({
    code: "SEED_FAILED",
    message: `The seed ${name} is a script, and DynamoDB runs none.`,
    hint: "Put documents into a table: `into: service.table`, from NDJSON, JSON or a program.",
  });
}

function twice(seed: string, item: string): RehearseError {
  return new RehearseError({
    code: "SEED_FAILED",
    message: `The seed ${seed} has two documents for ${item}.`,
    hint: "Leave one of them, or put the second into a seed that comes `after` the first.",
  });
}
