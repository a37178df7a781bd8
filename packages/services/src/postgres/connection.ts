import type { ConnectionValues, ServerAddress } from "../engine.ts";

export const connectionNames = ["url", "host", "port", "user", "password", "database"];

export function connection({ service, host, ports, credentials: { user, password } }: ServerAddress): ConnectionValues {
  const port = String(ports["port"]);
  const login = `${encodeURIComponent(user)}:${encodeURIComponent(password)}`;
  return { url: `postgres://${login}@${host}:${port}/${encodeURIComponent(service)}`, host, port, user, password, database: service };
}
