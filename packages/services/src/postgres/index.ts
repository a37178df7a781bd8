import { assetPath } from "@rehearse/assets";
import type { Engine } from "../engine.ts";
import { connection, connectionNames } from "./connection.ts";
import { client } from "./client.ts";
import { explain } from "./explain.ts";
import { links } from "./links.ts";
import { owner, plan } from "./plan.ts";
import { typeMappings } from "./type-mappings.ts";

export const postgres: Engine = {
  name: "postgres",
  title: "Postgres",
  sql: true,
  connectionNames,
  typeMappings,
  embedded: {
    packages: { folder: assetPath("packages/services/src/postgres/packages"), megabytes: 20, links },
    portNames: ["port"],
    plan,
  },
  container: {
    composeFile: "postgres.yml",
    ports: { port: 5432 },
    variables: ({ credentials }) => ({ POSTGRES_PASSWORD: credentials.password }),
    administrator: owner,
  },
  connection,
  client,
  // The driver is loaded while the server starts.
  connect: async (address, signal) => (await import("./connect.ts")).connect(address, signal),
  explain,
};
