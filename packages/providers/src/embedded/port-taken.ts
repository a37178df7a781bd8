import { RehearseError } from "@rehearse/errors";
import { portHolder } from "./port-holder.ts";

/** PORT_TAKEN, with the process that has the port where that can be known, else with `why`. */
export function portTaken(port: number, why: string, cause?: unknown): RehearseError {
  const holder = portHolder(port);
  return new RehearseError({
    code: "PORT_TAKEN",
    message: `Port ${port} of 127.0.0.1 cannot be used: ${holder === null ? why : `${holder.name} (pid ${holder.pid}) listens there`}.`,
    hint: "Leave `port` out of the service to get a free one, or name another.",
    cause,
  });
}
