import { fileURLToPath } from "node:url";
import type { Engine } from "../engine.ts";
import { connection, connectionNames } from "./connection.ts";
import { explain } from "./explain.ts";
import { plan } from "./plan.ts";

export const dynamodb: Engine = {
  name: "dynamodb",
  title: "DynamoDB (dynalite)",
  sql: false,
  connectionNames,
  embedded: {
    packages: { folder: fileURLToPath(new URL("packages", import.meta.url)), megabytes: 3 },
    portNames: ["port"],
    plan,
  },
  connection,
  // The driver is loaded while the server starts.
  connect: async (address, signal) => (await import("./connect.ts")).connect(address, signal),
  explain,
};
