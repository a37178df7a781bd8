import { rehearseCommand } from "@rehearse/process";
import { bringUpScenario, type ProviderName } from "@rehearse/rehearsal";
import { connectionLines } from "@rehearse/report";
import type { Output } from "../output.ts";
import { progressPrinter } from "../progress-printer.ts";

export interface UpOptions {
  readonly provider: ProviderName;
  readonly json: boolean;
}

/** `rehearse up`: the services of a scenario, with the seeds that wait for no stage, left running. */
export async function upCommand(
  scenario: string,
  { provider, json }: UpOptions,
  { output, signal }: { readonly output: Output; readonly signal: AbortSignal },
): Promise<number> {
  const left = await bringUpScenario({ path: scenario, provider, signal, progress: json ? () => {} : progressPrinter(output) });
  output.stdout.write(json ? `${JSON.stringify(left, null, 2)}\n` : connectionLines(left, `${rehearseCommand()} down ${scenario}`));
  return 0;
}
