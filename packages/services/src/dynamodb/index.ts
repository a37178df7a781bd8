import { assetPath } from "@rehearse/assets";
import type { Engine } from "../engine.ts";
import { connection, connectionNames } from "./connection.ts";
import { client } from "./client.ts";
import { explain } from "./explain.ts";
import { plan } from "./plan.ts";
import { typeMappings } from "./type-mappings.ts";

export const dynamodb: Engine = {
  name: "dynamodb",
  title: "DynamoDB",
  sql: false,
  connectionNames,
  typeMappings,
  embedded: {
    title: "DynamoDB (dynalite)",
    packages: { folder: assetPath("packages/services/src/dynamodb/packages"), megabytes: 3 },
    portNames: ["port"],
    plan,
  },
  container: {
    title: "DynamoDB Local",
    composeFile: "dynamodb.yml",
    ports: { port: 8000 },
    variables: () => ({}),
  },
  connection,
  client,
  // The driver is loaded while the server starts.
  connect: async (address, signal) => (await import("./connect.ts")).connect(address, signal),
  explain,
};
