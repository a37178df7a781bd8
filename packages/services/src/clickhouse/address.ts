import { RehearseError } from "@rehearse/errors";
import type { ServerAddress } from "../engine.ts";

/** The port names of a ClickHouse server: HTTP, and the native protocol. */
export const portNames = ["http", "tcp"] as const;

/** The port of that name. A provider that hands out none has not read `portNames`: our bug. */
export function portOf({ service, ports }: Pick<ServerAddress, "service" | "ports">, name: (typeof portNames)[number]): number {
  const port = ports[name];
  if (port !== undefined) return port;
  throw new RehearseError({
    code: "BUG",
    message: `The service "${service}" was given no ${name} port`,
    hint: "Report this as a bug of Rehearse.",
    expected: `ports named ${portNames.join(" and ")}`,
    got: Object.keys(ports).join(", ") || "none",
  });
}
