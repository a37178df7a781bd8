import { PutItemCommand } from "@aws-sdk/client-dynamodb";
import { parseAttribute } from "../../src/dynamodb/parse-attribute.ts";
import { clientOf, createTable } from "../dynamodb/document-client.ts";
import { startService } from "../embedded-service.ts";
import { dynamodbCases } from "./dynamodb-values.ts";
import type { Ground } from "./ground.ts";

export async function dynamodbGround(): Promise<Ground> {
  await using stack = new AsyncDisposableStack();
  const service = stack.use(await startService("dynamodb"));
  const client = clientOf(service.values);
  stack.defer(() => client.destroy());
  const create = (table: string) => createTable(client, table, { id: "N" });
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
