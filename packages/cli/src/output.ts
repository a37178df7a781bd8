import type { Writable } from "node:stream";

type Stream = Writable & { readonly isTTY?: boolean; readonly columns?: number };

/** Where a command speaks: results on standard output, everything else on standard error. */
export interface Output {
  readonly stdout: Stream;
  readonly stderr: Stream;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** How to write for a terminal: NO_COLOR and FORCE_COLOR are obeyed, and nothing but a terminal gets colour by itself. */
export function styleOf({ stdout, env }: Output): { readonly color: boolean; readonly width: number } {
  const wanted =
    env["NO_COLOR"] !== undefined && env["NO_COLOR"] !== "" ? false : (env["FORCE_COLOR"] ?? "") !== "" || stdout.isTTY === true;
  return { color: wanted && env["TERM"] !== "dumb", width: stdout.columns ?? 110 };
}
