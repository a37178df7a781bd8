import type { EngineFacts } from "../src/index.ts";

const sqlNames = ["url", "host", "port", "user", "password", "database"];

/** What the engines of the product say of themselves. */
export const engines: readonly EngineFacts[] = [
  { name: "postgres", sql: true, connectionNames: sqlNames },
  { name: "clickhouse", sql: true, connectionNames: sqlNames },
  { name: "dynamodb", sql: false, connectionNames: ["endpoint", "region", "accessKeyId", "secretAccessKey"] },
];
