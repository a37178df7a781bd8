import type { Draft } from "../draft.ts";
import type { Finding } from "../finding.ts";

/** Two services cannot listen on one port. */
export function* sharedPorts(draft: Draft): Iterable<Finding> {
  const owners = new Map<bigint, string>();
  for (const { name, path, value } of draft.services) {
    if (value.port === undefined) continue;
    const owner = owners.get(value.port);
    if (owner === undefined) owners.set(value.port, name);
    else
      yield {
        path: [...path, "port"],
        message: `services.${owner} has the same port`,
        expected: "another port, or none",
        got: `${value.port}`,
      };
  }
}
