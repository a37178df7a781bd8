import { takeDownEnvironments } from "@rehearse/rehearsal";
import type { Output } from "../output.ts";

export interface DownOptions {
  readonly all: boolean;
  readonly json: boolean;
}

/**
 * `rehearse down`: takes down what earlier runs of a scenario left, and every process or folder of ours that no ledger knows. Of a rehearsal that is
 * going on it says how to end it.
 */
export async function downCommand(scenario: string, { all, json }: DownOptions, { output }: { readonly output: Output }): Promise<number> {
  const { ended, running } = await takeDownEnvironments({ path: scenario, all });
  if (json) output.stdout.write(`${JSON.stringify(ended, null, 2)}\n`);
  else if (ended.length === 0 && running.length === 0) output.stdout.write("  nothing to take down\n");
  for (const { id, created, removed, left, leftovers } of json ? [] : ended) {
    output.stdout.write(`  ${left === 0 ? "✓" : "✗"} ${id}  created ${created} · removed ${removed} · left ${left}\n`);
    for (const leftover of leftovers) output.stdout.write(`      left: ${leftover}\n`);
  }
  for (const { id, scenario: name, pid } of json ? [] : running)
    output.stdout.write(`  ◌ ${id}  ${name} is still going on (pid ${pid}): kill ${pid} ends it, and takes it down\n`);
  return ended.every(({ left }) => left === 0) ? 0 : 3;
}
