import { bringUpScenario } from "@rehearse/rehearsal";
import { connectionLines } from "../connection-lines.ts";
import type { Output } from "../output.ts";
import { progressPrinter } from "../progress-printer.ts";

/** `rehearse up`: the services of a scenario, with the seeds that wait for no stage, left running. */
export async function upCommand(
  scenario: string,
  { json }: { readonly json: boolean },
  { output, signal }: { readonly output: Output; readonly signal: AbortSignal },
): Promise<number> {
  const left = await bringUpScenario({ path: scenario, signal, progress: json ? () => {} : progressPrinter(output) });
  output.stdout.write(json ? `${JSON.stringify(left, null, 2)}\n` : connectionLines(left, scenario));
  return 0;
}
