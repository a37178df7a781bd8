import { fileURLToPath } from "node:url";
import type { Engine } from "../engine.ts";
import { connection, connectionNames } from "./connection.ts";
import { explain } from "./explain.ts";
import { links } from "./links.ts";
import { plan } from "./plan.ts";

export const postgres: Engine = {
  name: "postgres",
  title: "Postgres",
  sql: true,
  connectionNames,
  embedded: {
    packages: { folder: fileURLToPath(new URL("packages", import.meta.url)), megabytes: 20, links },
    portNames: ["port"],
    plan,
  },
  connection,
  // The driver is loaded while the server starts.
  connect: async (address, signal) => (await import("./connect.ts")).connect(address, signal),
  explain,
};
