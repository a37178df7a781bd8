import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { HeldStates, TableState } from "../engine.ts";
import type { Entrance } from "./entrance.ts";
import { failure, lost } from "./failure.ts";
import { ItemDigest, itemHash } from "./item-digest.ts";
import { scan, tableNames } from "./table.ts";

/** The items of every table as count and digest, as our own host tells them: it answers when it holds the moment, and then finds out. */
export async function holdStates(endpoint: string): Promise<HeldStates> {
  const states = readStates(await askHost(endpoint, "/states"));
  // Whoever is interrupted asks for them no more, and the host may end before it has told them.
  states.catch(() => undefined);
  return { states };
}

/** Resolves when our own host works on nothing any more that a client has asked which is gone. */
export async function hostSettled(endpoint: string): Promise<void> {
  const response = await askHost(endpoint, "/settled");
  await response.bytes().catch(rejectLost);
}

async function readStates(response: Response): Promise<readonly TableState[]> {
  const text = await response.text().catch(rejectLost);
  const answer: unknown = JSON.parse(text);
  if (Array.isArray(answer) && answer.every(isState)) return answer;
  throw new Error(`The host's states are none: ${text.slice(0, 200)}`);
}

function askHost(endpoint: string, question: "/states" | "/settled"): Promise<Response> {
  return fetch(new URL(question, endpoint)).catch(rejectLost);
}

function rejectLost(error: unknown): Promise<never> {
  return Promise.reject(lost(error));
}

/** The states of a server to which everything goes through an entrance: they are read again only when something may have been written. */
export function watchedStates(client: DynamoDBClient, entrance: Entrance): () => Promise<readonly TableState[]> {
  let known: { readonly seen: number; readonly states: readonly TableState[] } | null = null;
  return async () => {
    await entrance.settled();
    const seen = entrance.seen();
    if (known !== null && known.seen === seen) return known.states;
    const found = await scannedStates(client);
    known = seen !== null && entrance.seen() === seen ? { seen, states: found } : null;
    return found;
  };
}

/** The states by scans alone. */
export async function scannedStates(client: DynamoDBClient): Promise<TableState[]> {
  try {
    const found: TableState[] = [];
    for (const table of await tableNames(client)) {
      const items = new ItemDigest();
      for await (const item of scan(client, table)) items.add(itemHash(item));
      found.push({ table, rows: items.rows, digest: items.digest });
    }
    return found;
  } catch (error) {
    throw failure(error, { code: "QUERY_FAILED", what: "The tables cannot be read", hint: "Look into the server's log." });
  }
}

function isState(value: unknown): value is TableState {
  if (typeof value !== "object" || value === null || !("table" in value && "rows" in value && "digest" in value)) return false;
  return typeof value.table === "string" && typeof value.rows === "number" && typeof value.digest === "string";
}
