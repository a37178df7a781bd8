import type { ConnectionValues, Engine, ServerAddress } from "../engine.ts";
import { portOf } from "./address.ts";
import { embedded } from "./embedded.ts";
import { client } from "./client.ts";
import { explain } from "./explain.ts";
import { typeMappings } from "./type-mappings.ts";

/** What a client of a service needs to know; `url` is what the official clients take, credentials and database in it. */
function connection(address: ServerAddress): ConnectionValues {
  const { host, service: database } = address;
  const { user, password } = address.credentials;
  const port = String(portOf(address, "http"));
  const login = `${encodeURIComponent(user)}:${encodeURIComponent(password)}`;
  const url = `http://${login}@${host}:${port}/${encodeURIComponent(database)}`;
  return { url, host, port, tcpPort: String(portOf(address, "tcp")), user, password, database };
}

/** ClickHouse: the service's name is its database, `port` speaks HTTP and `tcpPort` the native protocol. */
export const clickhouse: Engine = {
  name: "clickhouse",
  title: "ClickHouse",
  sql: true,
  typeMappings,
  connectionNames: ["url", "host", "port", "tcpPort", "user", "password", "database"],
  embedded,
  container: {
    composeFile: "clickhouse.yml",
    ports: { http: 8123, tcp: 9000 },
    variables: ({ service, credentials: { user, password } }) => ({
      CLICKHOUSE_USER: user,
      CLICKHOUSE_PASSWORD: password,
      CLICKHOUSE_DB: service,
    }),
  },
  connection,
  client,
  // The driver is loaded while the server starts.
  connect: async (address, signal) => (await import("./connect.ts")).connect(address, signal),
  explain,
};
