import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { TableState } from "../engine.ts";
import type { Entrance } from "./entrance.ts";
import { failure } from "./failure.ts";
import { ItemDigest } from "./item-digest.ts";
import { scan, tableNames } from "./table.ts";

/** The items of every table as count and digest: as our own host tells them, or by a scan of each table where it is another server. */
export async function states(client: DynamoDBClient, endpoint: string): Promise<readonly TableState[]> {
  return (await statesOfHost(endpoint)) ?? (await scannedStates(client));
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

/** The same by scans alone. */
export async function scannedStates(client: DynamoDBClient): Promise<TableState[]> {
  try {
    const found: TableState[] = [];
    for (const table of await tableNames(client)) {
      const items = new ItemDigest();
      for await (const item of scan(client, table)) items.add(item);
      found.push({ table, rows: items.rows, digest: items.digest });
    }
    return found;
  } catch (error) {
    throw failure(error, { code: "QUERY_FAILED", what: "The tables cannot be read", hint: "Look into the server's log." });
  }
}

/** Null where the server is not our host, or does not answer: then the scan tells why. */
async function statesOfHost(endpoint: string): Promise<readonly TableState[] | null> {
  const response = await fetch(new URL("/states", endpoint)).catch(() => null);
  const answer: unknown = response?.ok === true ? await response.json().catch(() => null) : null;
  return Array.isArray(answer) && answer.every(isState) ? answer : null;
}

function isState(value: unknown): value is TableState {
  if (typeof value !== "object" || value === null || !("table" in value && "rows" in value && "digest" in value)) return false;
  return typeof value.table === "string" && typeof value.rows === "number" && typeof value.digest === "string";
}
