import type { ConnectionValues, EngineClient } from "../engine.ts";

/** The client takes neither port nor database from variables. */
export function client({ host = "", tcpPort = "", user = "", password = "", database = "" }: ConnectionValues): EngineClient {
  const args = ["--host", host, "--port", tcpPort, "--user", user, "--database", database];
  return {
    prefix: "CLICKHOUSE_",
    variables: { CLICKHOUSE_HOST: host, CLICKHOUSE_USER: user, CLICKHOUSE_PASSWORD: password },
    commands: [
      ["clickhouse-client", ...args],
      ["clickhouse", "client", ...args],
    ],
  };
}
