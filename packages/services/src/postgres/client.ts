import type { ConnectionValues, EngineClient } from "../engine.ts";

/** libpq's variables: every program of Postgres reads them. */
export function client({ host = "", port = "", user = "", password = "", database = "" }: ConnectionValues): EngineClient {
  const variables = { PGHOST: host, PGPORT: port, PGUSER: user, PGPASSWORD: password, PGDATABASE: database };
  return { prefix: "PG", variables, commands: [["psql"]] };
}
