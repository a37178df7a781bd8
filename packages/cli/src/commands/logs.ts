import { serviceLog } from "@rehearse/rehearsal";
import type { Output } from "../output.ts";
import { tellOthers } from "../tell-others.ts";

export interface LogsOptions {
  readonly service: string;
  readonly scenario: string;
  readonly environment?: string;
}

/** `rehearse logs`: what the server of a service wrote, and nothing else, on standard output. */
export async function logsCommand(
  { service, scenario, environment }: LogsOptions,
  { output }: { readonly output: Output },
): Promise<number> {
  const log = await serviceLog({ path: scenario, service, environment });
  tellOthers(log, output);
  output.stdout.write(log.text);
  return 0;
}
