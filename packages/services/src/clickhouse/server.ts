import { randomUUID } from "node:crypto";
import { ClickHouseError, ClickHouseLogLevel, createClient, type ClickHouseClient, type ClickHouseSettings } from "@clickhouse/client";
import { messageOf, RehearseError, type ErrorCode } from "@rehearse/errors";
import type { ServerAddress } from "../engine.ts";
import { portOf } from "./address.ts";

/** Both doors to a running server: `writer` puts seeds in, `reader` cannot change anything. */
export interface Server extends AsyncDisposable {
  readonly service: string;
  /** What the user agent of our requests begins with, and nobody else's. */
  readonly agent: string;
  readonly writer: ClickHouseClient;
  readonly reader: ClickHouseClient;
}

// Long requests are the rule here: the time limits of steps end them, not the driver's.
const requestTimeoutMs = 24 * 60 * 60 * 1000;

const settings: ClickHouseSettings = {
  // The log belongs to the code under test: a rehearsal asks it what that code did, and must not find itself.
  log_queries: 0,
  http_receive_timeout: requestTimeoutMs / 1000,
  http_send_timeout: requestTimeoutMs / 1000,
};

const readSettings: ClickHouseSettings = {
  ...settings,
  readonly: "2",
  // Without it an error in mid-answer comes after the first rows, in a response that has already said 200.
  wait_end_of_query: 1,
  output_format_json_quote_64bit_integers: 0,
  output_format_json_quote_denormals: 1,
  output_format_json_escape_forward_slashes: 0,
  output_format_parquet_string_as_string: 1,
  // Types are read by us, on one line.
  print_pretty_type_names: 0,
  // A table of the engine File has no file before something is written to it.
  engine_file_empty_if_not_exists: 1,
};

/** Opens both doors; nothing is sent yet. */
export function openServer(address: ServerAddress): Server {
  const agent = `rehearse-${randomUUID()}`;
  const common = {
    application: agent,
    url: `http://${address.host}:${portOf(address, "http")}`,
    username: address.credentials.user,
    password: address.credentials.password,
    database: address.service,
    request_timeout: requestTimeoutMs,
    log: { level: ClickHouseLogLevel.OFF },
  };
  const writer = createClient({ ...common, clickhouse_settings: settings });
  const reader = createClient({ ...common, clickhouse_settings: readSettings });
  return {
    service: address.service,
    agent,
    writer,
    reader,
    async [Symbol.asyncDispose]() {
      await Promise.all([writer.close(), reader.close()]);
    },
  };
}

/** The rows of a query of ours. */
export async function ask<Row>(client: ClickHouseClient, query: string): Promise<Row[]> {
  const result = await client.query({ query, format: "JSONEachRow" });
  return result.json<Row>();
}

/** The server's number for what went wrong, or null where the server did not say anything. */
export function serverCode(error: unknown): number | null {
  return error instanceof ClickHouseError ? Number(error.code) : null;
}

/** What the server says is wrong, without where in its plan it noticed. */
export function sayingOf(error: unknown): string {
  return messageOf(error)
    .replace(/[\s:]*While executing .*$/is, "")
    .trim();
}

/** The designed error for a failed request: `code` where the server refused it, ENGINE_LOST where the connection broke. Others go on as they are. */
export function requestFailure(request: { code: ErrorCode; doing: string; hint: string; service: string; error: unknown }): RehearseError {
  const { code, doing, hint, service, error } = request;
  if (error instanceof RehearseError) return error;
  const number = serverCode(error);
  if (number === null) {
    // What the network and its streams throw has a code; anything else is our bug.
    if (!(error instanceof Error && "code" in error)) throw error;
    return new RehearseError({
      code: "ENGINE_LOST",
      message: `The connection to ClickHouse (service "${service}") broke: ${doing}: ${messageOf(error)}`,
      hint: "The server's log says why it ended; when it ran out of memory, give the machine more or seed less.",
      cause: error,
    });
  }
  return new RehearseError({ code, message: `${doing}: ${sayingOf(error)} (ClickHouse error ${number})`, hint, cause: error });
}
