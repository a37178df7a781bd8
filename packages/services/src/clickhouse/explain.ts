import { RehearseError } from "@rehearse/errors";
import type { ServerAddress } from "../engine.ts";

type Address = Pick<ServerAddress, "service" | "ports">;
type Explanation = { readonly when: RegExp; readonly say: (address: Address, log: string) => RehearseError };

/** A designed error for what a ClickHouse that did not start has logged, or null where it says nothing known. */
export function explain(log: string, address: Address): RehearseError | null {
  return explanations.find(({ when }) => when.test(log))?.say(address, log) ?? null;
}

const explanations: readonly Explanation[] = [
  {
    when: /Code: 210\./,
    say: ({ service, ports }, log) =>
      new RehearseError({
        code: "PORT_TAKEN",
        message: `ClickHouse (service "${service}") could not listen on ${Object.values(ports)
          .map((port) => `127.0.0.1:${port}`)
          .join(" and ")}: one is in use`,
        hint: "Leave `port` out of the service in rehearse.yml to get a free one, or end the program that uses it.",
        details: log,
      }),
  },
  {
    when: /Code: 76\..*already running/,
    say: ({ service }, log) =>
      new RehearseError({
        code: "ENGINE_START_FAILED",
        message: `ClickHouse (service "${service}") could not start: another server runs in its directory`,
        hint: "Run `rehearse down`, then start again.",
        details: log,
      }),
  },
  {
    when: /rehearse-host: (?:no engine|cannot load)/,
    say: ({ service }, log) =>
      new RehearseError({
        code: "ENGINE_NOT_AVAILABLE",
        message: `ClickHouse (service "${service}") cannot run here: ${/rehearse-host: (.*)/.exec(log)?.[1] ?? ""}`,
        hint: "The embedded ClickHouse needs Linux on x64 with glibc.",
        details: log,
      }),
  },
  {
    when: /DB::Exception|rehearse-host: /,
    say: ({ service }, log) =>
      new RehearseError({
        code: "ENGINE_START_FAILED",
        message: `ClickHouse (service "${service}") could not start: ${/DB::Exception: (.*)/.exec(log)?.[1] ?? "it ended without a word"}`,
        hint: "The log below is all that it said; the server's directory holds its configuration.",
        details: log,
      }),
  },
];
