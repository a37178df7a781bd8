import { CreateTableCommand, DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { parseAttribute } from "../../src/dynamodb/parse-attribute.ts";
import { startService } from "../embedded-service.ts";
import { dynamodbCases } from "./dynamodb-values.ts";
import type { Ground } from "./ground.ts";

export async function dynamodbGround(): Promise<Ground> {
  await using stack = new AsyncDisposableStack();
  const service = stack.use(await startService("dynamodb"));
  const { endpoint = "", region = "", accessKeyId = "", secretAccessKey = "" } = service.values;
  const client = new DynamoDBClient({ endpoint, region, credentials: { accessKeyId, secretAccessKey } });
  stack.defer(() => client.destroy());
  const create = async (table: string): Promise<void> => {
    await client.send(
      new CreateTableCommand({
        TableName: table,
        BillingMode: "PAY_PER_REQUEST",
        AttributeDefinitions: [{ AttributeName: "id", AttributeType: "N" }],
        KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
      }),
    );
  };
  const owned = stack.move();
  return {
    title: "DynamoDB",
    session: service.session,
    cases: dynamodbCases,
    async fill(table, { values }) {
      await create(table);
      // The last item does not have the attribute.
      for (const [id, value] of [...values, null].entries()) {
        const v = value === null ? {} : { v: parseAttribute(value) ?? { S: `no attribute: ${value}` } };
        await client.send(new PutItemCommand({ TableName: table, Item: { id: { N: String(id) }, ...v } }));
      }
      return values.length + 1;
    },
    copyEmpty: (_, to) => create(to),
    async identical({ one, other }) {
      const states = await service.session.states();
      const [first, second] = [one, other].map((table) => states.find((state) => state.table === table)?.digest);
      return first !== undefined && first === second;
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
