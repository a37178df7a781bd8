import path from "node:path";
import { rehearseCommand } from "@rehearse/process";
import { environmentStatus } from "@rehearse/rehearsal";
import type { Output } from "../output.ts";

/** `rehearse status`: every environment that has a ledger, and what became of it. */
export function statusCommand({ json }: { readonly json: boolean }, { output }: { readonly output: Output }): number {
  const environments = environmentStatus();
  if (json) output.stdout.write(`${JSON.stringify(environments, null, 2)}\n`);
  else if (environments.length === 0) output.stdout.write("  no environment is running, and none was left behind\n");
  for (const { id, scenario, scenarioDirectory, state, createdAt, things, pid } of json ? [] : environments) {
    output.stdout.write(`  ${id}  ${scenario}  ${state} since ${createdAt}, ${things} things\n`);
    const down = `down  ${rehearseCommand()} down ${path.relative("", scenarioDirectory) || "."}`;
    output.stdout.write(`      ${pid === null ? down : `stop  kill ${pid}`}\n`);
  }
  return 0;
}
