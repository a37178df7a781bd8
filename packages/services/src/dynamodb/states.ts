import { createHash } from "node:crypto";
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { TableState } from "../engine.ts";
import { itemText } from "./attribute-text.ts";
import { failure } from "./failure.ts";
import { scan, tableNames } from "./table.ts";

const modulus = 2n ** 256n;

/** The items of every table as count and digest: the sum of their hashes does not depend on the order of the scan. */
export async function states(client: DynamoDBClient): Promise<TableState[]> {
  try {
    const found: TableState[] = [];
    for (const table of await tableNames(client)) found.push(await state(client, table));
    return found;
  } catch (error) {
    throw failure(error, { code: "QUERY_FAILED", what: "The tables cannot be read", hint: "Look into the server's log." });
  }
}

async function state(client: DynamoDBClient, table: string): Promise<TableState> {
  let rows = 0;
  let sum = 0n;
  for await (const item of scan(client, table)) {
    rows += 1;
    sum = (sum + BigInt(`0x${createHash("sha256").update(itemText(item)).digest("hex")}`)) % modulus;
  }
  return { table, rows, digest: sum.toString(16).padStart(64, "0") };
}
