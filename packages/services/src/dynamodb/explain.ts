import { RehearseError } from "@rehearse/errors";
import type { ServerAddress } from "../engine.ts";

export function explain(log: string, { service, ports }: Pick<ServerAddress, "service" | "ports">): RehearseError | null {
  if (!log.includes("EADDRINUSE")) return null;
  return new RehearseError({
    code: "PORT_TAKEN",
    message: `DynamoDB for ${service} cannot listen on 127.0.0.1:${ports["port"]}: the port is in use`,
    hint: "leave out `port` in the file to have a free one chosen, or name another",
  });
}
