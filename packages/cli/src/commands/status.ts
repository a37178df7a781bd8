import { environmentStatus } from "@rehearse/rehearsal";
import type { Output } from "../output.ts";

/** `rehearse status`: every environment of this machine that a ledger or a label knows of. */
export async function statusCommand({ json }: { readonly json: boolean }, { output }: { readonly output: Output }): Promise<number> {
  const environments = await environmentStatus();
  if (json) output.stdout.write(`${JSON.stringify(environments, null, 2)}\n`);
  else if (environments.length === 0) output.stdout.write("  no environment is running, and none was left behind\n");
  for (const { id, scenario, state, age, things } of json ? [] : environments) {
    output.stdout.write(`  ${id}  ${scenario}  ${state}  ${age}  ${things} things\n`);
  }
  return 0;
}
