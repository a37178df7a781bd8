import { RehearseError, type ErrorCode } from "@rehearse/errors";
import type { ServerAddress } from "../engine.ts";

interface Explanation {
  readonly when: RegExp;
  readonly code?: ErrorCode;
  /** What is wrong; `$` stands for what the first group of `when` found. */
  readonly what: string;
  readonly hint: string;
}

const explanations: readonly Explanation[] = [
  {
    when: /could not bind .*Address already in use/,
    code: "PORT_TAKEN",
    what: "its port is in use",
    hint: "Leave `port` out of the service to get a free one, or name another.",
  },
  {
    when: /error while loading shared libraries: ([^:\s]+)/,
    what: "the system library $ is missing",
    hint: "Install the package of your system that holds it.",
  },
  {
    when: /No space left on device/,
    what: "there is no space left on the device",
    hint: "Free some, or set TMPDIR to a directory that has some.",
  },
  {
    when: /could not create shared memory segment|could not map anonymous shared memory/,
    what: "there is not enough shared memory",
    hint: "Give the machine or container more memory: 128 MB of it are shared.",
  },
  {
    when: /Unix-domain socket path .* is too long/,
    what: "the path of its directory is too long for a socket",
    hint: "Set TMPDIR to a directory with a short path.",
  },
  {
    when: /has wrong ownership|must be started by the user that owns|has invalid permissions/,
    what: "its directory does not belong to the user that it runs as",
    hint: "Set TMPDIR to a directory of a local file system.",
  },
];

export function explain(log: string, { service, ports }: Pick<ServerAddress, "service" | "ports">): RehearseError | null {
  for (const { when, code = "ENGINE_START_FAILED", what, hint } of explanations) {
    const match = when.exec(log);
    if (match === null) continue;
    const where = ports["port"] === undefined ? "" : ` on 127.0.0.1:${ports["port"]}`;
    const message = `Postgres (service "${service}") could not start${where}: ${what.replace("$", match[1] ?? "")}.`;
    return new RehearseError({ code, message, hint, details: log.trim().split("\n").slice(-20).join("\n") });
  }
  return null;
}
