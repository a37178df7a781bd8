import {
  DescribeTableCommand,
  type DynamoDBClient,
  ListTablesCommand,
  ResourceNotFoundException,
  ScanCommand,
  type ScanCommandOutput,
} from "@aws-sdk/client-dynamodb";
import { didYouMean, RehearseError } from "@rehearse/errors";
import type { Item } from "./attribute-text.ts";
import type { KeyAttribute } from "./key-attribute.ts";

/** Every table, in name order. */
export async function tableNames(client: DynamoDBClient): Promise<string[]> {
  const names: string[] = [];
  let from: string | undefined;
  do {
    const page = await client.send(new ListTablesCommand({ ExclusiveStartTableName: from }));
    names.push(...(page.TableNames ?? []));
    from = page.LastEvaluatedTableName;
  } while (from !== undefined);
  return names.toSorted();
}

/** The key of a table: its partition key, then its sort key if it has one; or an error that lists the tables. */
export async function tableKey(client: DynamoDBClient, table: string, code: "DATASET_NOT_FOUND" | "SEED_FAILED"): Promise<KeyAttribute[]> {
  const types = new Map<string | undefined, string | undefined>();
  try {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: table }));
    for (const { AttributeName, AttributeType } of Table?.AttributeDefinitions ?? []) types.set(AttributeName, AttributeType);
    const schema = (Table?.KeySchema ?? []).toSorted((a) => (a.KeyType === "HASH" ? -1 : 1));
    return schema.map(({ AttributeName: name = "" }) => ({ name, type: keyType(types.get(name)) }));
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error;
    const all = await tableNames(client);
    throw new RehearseError({
      code,
      message: `There is no table ${table}${didYouMean(table, all)}`,
      hint:
        all.length === 0 ? "There are no tables: this must come after the stage that makes them." : `The tables are: ${all.join(", ")}.`,
      cause: error,
    });
  }
}

function keyType(type: string | undefined): "S" | "N" | "B" {
  return type === "N" || type === "B" ? type : "S";
}

/** For a page without a limit, Amazon's local server reads all the rest of the table, and then gives 1 MB of it. */
const pageItems = 1_000;

/** Every item of a table, page by page, in the server's order. The server makes the next page while the items of one are worked on. */
export async function* scan(client: DynamoDBClient, table: string): AsyncGenerator<Item> {
  const read = (from?: Item): Promise<ScanCommandOutput> => {
    const page = client.send(new ScanCommand({ TableName: table, ConsistentRead: true, ExclusiveStartKey: from, Limit: pageItems }));
    // Its failure is heard when its turn comes, or not at all when nobody wants it any more.
    page.catch(() => undefined);
    return page;
  };
  let next: Promise<ScanCommandOutput> | undefined = read();
  while (next !== undefined) {
    const { Items = [], LastEvaluatedKey: from }: ScanCommandOutput = await next;
    next = from === undefined ? undefined : read(from);
    yield* Items;
  }
}
