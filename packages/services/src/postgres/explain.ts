import { RehearseError } from "@rehearse/errors";
import type { ServerAddress } from "../engine.ts";

/** What each line of a failed start means to the user. */
export function explain(log: string, { service, ports }: Pick<ServerAddress, "service" | "ports">): RehearseError | null {
  const port = ports["port"];
  const library = /error while loading shared libraries: ([^:\s]+)/.exec(log)?.[1];
  if (/could not bind .*Address already in use/.test(log)) {
    return new RehearseError({
      code: "PORT_TAKEN",
      message: `Postgres for ${service} cannot listen on 127.0.0.1:${port}: the port is in use`,
      hint: "leave out `port` in the file to have a free one chosen, or name another",
    });
  }
  if (library !== undefined) {
    return failed(`Postgres for ${service} misses the system library ${library}`, `install the package of your system that holds ${library}`);
  }
  if (/No space left on device/.test(log)) {
    return failed(`Postgres for ${service} found no space left on the device`, "free some space, or set TMPDIR to a directory that has some");
  }
  if (/could not create shared memory segment|could not map anonymous shared memory/.test(log)) {
    return failed(`Postgres for ${service} got no shared memory`, "give the machine or container more memory (128 MB of it are shared)");
  }
  if (/Unix-domain socket path .* is too long/.test(log)) {
    return failed(`the directory of ${service} is too long a path for a socket`, "set TMPDIR to a directory with a short path");
  }
  if (/has wrong ownership|must be started by the user that owns|has invalid permissions/.test(log)) {
    return failed(`the directory of ${service} does not belong to the user that runs Postgres`, "set TMPDIR to a directory on a local file system");
  }
  return null;
}

function failed(message: string, hint: string): RehearseError {
  return new RehearseError({ code: "ENGINE_START_FAILED", message, hint });
}
