import { RehearseError } from "@rehearse/errors";
import type { ServerAddress } from "../engine.ts";

export function explain(log: string, { service, ports }: Pick<ServerAddress, "service" | "ports">): RehearseError | null {
  if (!log.includes("EADDRINUSE")) return null;
  return new RehearseError({
    code: "PORT_TAKEN",
    message: `DynamoDB (service "${service}") could not start on 127.0.0.1:${ports["port"]}: its port is in use.`,
    hint: "Leave `port` out of the service to get a free one, or name another.",
  });
}
