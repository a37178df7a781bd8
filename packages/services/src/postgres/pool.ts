import { randomUUID } from "node:crypto";
import { Pool, type PoolClient } from "pg";
import type { ServerAddress } from "../engine.ts";

// With these every value has one text, whatever the application set for its role or database.
const settings = {
  timezone: "UTC",
  datestyle: "ISO",
  intervalstyle: "postgres",
  extra_float_digits: "1",
  bytea_output: "hex",
  client_encoding: "UTF8",
  lc_monetary: "C",
  xmloption: "content",
};

const setting = Object.entries(settings).map(([name, value]) => `SET LOCAL ${name} = '${value}'`);

/** Connections as the application's user, under a name that the server shows and nobody else has. */
export function openPool(address: ServerAddress): Pool {
  const { user, password } = address.credentials;
  const pool = new Pool({
    host: address.host,
    port: Number(address.ports["port"]),
    user,
    password,
    database: address.service,
    application_name: `rehearse ${randomUUID()}`,
    max: 4,
  });
  // A connection that breaks rejects the query that waits for it. Without one nothing has failed yet: the next call says so.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
}

/** The statements that begin to read on one snapshot that cannot be written to: on one that another connection holds, where it is named. */
export function beginReading(snapshot?: string): string {
  const shared = snapshot === undefined ? [] : [`SET TRANSACTION SNAPSHOT '${snapshot}'`];
  return ["BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", ...shared, ...setting].join("; ");
}

/** Does `work` on one snapshot that cannot be written to. */
export async function readOnly<T>(pool: Pool, work: (client: PoolClient) => Promise<T>, snapshot?: string): Promise<T> {
  return withClient(pool, async (client) => {
    await client.query(beginReading(snapshot));
    const result = await work(client);
    await client.query("COMMIT");
    return result;
  });
}

/** The statement after which, until the transaction ends, values have the texts that are read here, and neither triggers nor foreign keys watch. */
export const restoring = [...setting, "SET LOCAL session_replication_role = 'replica'"].join("; ");

/** Does `work` in one transaction: all of it is there afterwards, or nothing. */
export async function transaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  return withClient(pool, async (client) => {
    await client.query("BEGIN");
    const result = await work(client);
    await client.query("COMMIT");
    return result;
  });
}

/** A client on which something failed is thrown away, and its transaction with it. */
async function withClient<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    const result = await work(client);
    client.release();
    return result;
  } catch (error) {
    client.release(true);
    throw error;
  }
}
