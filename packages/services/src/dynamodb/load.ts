import type { DynamoDBClient, WriteRequest } from "@aws-sdk/client-dynamodb";
import { RehearseError } from "@rehearse/errors";
import type { SeedInput } from "../engine.ts";
import { attributeText } from "./attribute-text.ts";
import { failure } from "./failure.ts";
import { marshal } from "./marshal.ts";
import { tableKey } from "./table.ts";
import { writeBatches } from "./write-batches.ts";

/** Puts documents into a table; resolves to their number. A seed names each item once. */
export async function load(client: DynamoDBClient, seed: SeedInput): Promise<number> {
  try {
    if (seed.kind === "script") throw noScripts(seed.name);
    return await writeBatches(client, seed.table, puts(client, seed));
  } catch (error) {
    throw failure(error, {
      code: "SEED_FAILED",
      what: `The seed ${seed.name} failed`,
      hint: "Compare its documents with the table's key.",
    });
  }
}

async function* puts(client: DynamoDBClient, seed: Extract<SeedInput, { kind: "rows" }>): AsyncGenerator<WriteRequest> {
  const key = await tableKey(client, seed.table, "SEED_FAILED");
  const seen = new Set<string>();
  for await (const document of seed.rows) {
    const item = marshal(document);
    const name = key.map((part) => `${part.name} = ${attributeText(item[part.name] ?? { NULL: true })}`).join(", ");
    if (seen.has(name)) throw twice(seed.name, name);
    seen.add(name);
    yield { PutRequest: { Item: item } };
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
