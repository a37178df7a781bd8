import { setTimeout as delay } from "node:timers/promises";
import { messageOf, RehearseError } from "@rehearse/errors";
import { Client, DatabaseError, escapeIdentifier, escapeLiteral, type ClientConfig } from "pg";
import type { EngineSession, ServerAddress } from "../engine.ts";
import { owner } from "./plan.ts";
import { openPool } from "./pool.ts";
import { openSession } from "./session.ts";

/** Waits for the server, makes the application's role and the service's database where they are not there yet, opens a session. */
export async function connect(address: ServerAddress, signal: AbortSignal): Promise<EngineSession> {
  const port = Number(address.ports["port"]);
  const administrator = asAdministrator(address);
  if (administrator !== null) await whenAnswering(administrator, signal, (client) => makeRoleAndDatabase(client, address));
  const { user, password } = address.credentials;
  const asApplication = { host: address.host, port, user, password, database: address.service };
  const version = await whenAnswering(asApplication, signal, async (client) => {
    const answer = await client.query<{ server_version: string }>("SHOW server_version");
    return answer.rows[0]?.server_version ?? "unknown";
  });
  return openSession(openPool(address), version.split(" ")[0] ?? version);
}

/** A process of ours lets its owner in through the socket, a container through the network. */
function asAdministrator({ directory, host, ports, administrator }: ServerAddress): ClientConfig | null {
  const port = Number(ports["port"]);
  if (directory !== undefined) return { host: directory, port, user: owner, database: "postgres" };
  return administrator === undefined ? null : { host, port, ...administrator, database: "postgres" };
}

/** As the Docker image does: the application's role may do everything in its own server. */
async function makeRoleAndDatabase(client: Client, { service, credentials }: ServerAddress): Promise<void> {
  const role = escapeIdentifier(credentials.user);
  const roles = await client.query("SELECT FROM pg_roles WHERE rolname = $1", [credentials.user]);
  if (roles.rowCount === 0) await client.query(`CREATE ROLE ${role} SUPERUSER LOGIN PASSWORD ${escapeLiteral(credentials.password)}`);
  const databases = await client.query("SELECT FROM pg_database WHERE datname = $1", [service]);
  // Copying files is quicker than writing them to the log, where nothing is flushed.
  if (databases.rowCount === 0) await client.query(`CREATE DATABASE ${escapeIdentifier(service)} OWNER ${role} STRATEGY file_copy`);
}

async function whenAnswering<T>(config: ClientConfig, signal: AbortSignal, work: (client: Client) => Promise<T>): Promise<T> {
  for (;;) {
    signal.throwIfAborted();
    const client = new Client({ ...config, connectionTimeoutMillis: 2000 });
    // A server that goes away ends its connections; what waits for an answer is told by the rejected query.
    client.on("error", () => undefined);
    try {
      await client.connect();
      return await work(client);
    } catch (error) {
      signal.throwIfAborted();
      if (!isStarting(error)) throw refused(error);
    } finally {
      await client.end();
    }
    await delay(15);
  }
}

function isStarting(error: unknown): boolean {
  if (error instanceof DatabaseError) return error.code === "57P03";
  if (!(error instanceof Error)) return false;
  if ("code" in error) return error.code === "ECONNREFUSED" || error.code === "ENOENT" || error.code === "ECONNRESET";
  return /^(timeout expired|Connection terminated)/.test(error.message);
}

function refused(cause: unknown): RehearseError {
  return new RehearseError({
    code: "ENGINE_NOT_READY",
    message: `Postgres answers, but refuses us: ${messageOf(cause)}.`,
    hint: "Look into the server's log.",
    cause,
  });
}
