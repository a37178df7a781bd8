import type { ConnectionValues, ServerAddress } from "../engine.ts";

export const connectionNames = ["endpoint", "region", "accessKeyId", "secretAccessKey"];

/** Every client wants a region; the server serves the same tables in all of them. */
export const region = "us-east-1";

export function connection({ host, ports, credentials }: ServerAddress): ConnectionValues {
  return { endpoint: `http://${host}:${ports["port"]}`, region, accessKeyId: credentials.user, secretAccessKey: credentials.password };
}
