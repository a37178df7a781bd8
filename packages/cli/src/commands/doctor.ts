import { examineMachine } from "@rehearse/rehearsal";
import type { Output } from "../output.ts";

const marks = { good: "✓", note: "◌", fault: "✗" } as const;

/** `rehearse doctor`: what a rehearsal needs of this machine, and what to do about what is missing; 3 where it can run on no provider. */
export async function doctorCommand({ json }: { readonly json: boolean }, { output }: { readonly output: Output }): Promise<number> {
  const { usable, parts } = await examineMachine();
  if (json) output.stdout.write(`${JSON.stringify({ usable, parts }, null, 2)}\n`);
  const width = Math.max(...parts.map(({ name }) => name.length));
  for (const { state, name, text, next } of json ? [] : parts) {
    output.stdout.write(`  ${marks[state]} ${name.padEnd(width)}  ${text}\n`);
    if (next !== null) output.stdout.write(`    ${"".padEnd(width)}  → ${next}\n`);
  }
  const verdict = usable.length === 0 ? "✗ a rehearsal cannot run here" : `✓ a rehearsal can run here: ${usable.join(", ")}`;
  if (!json) output.stdout.write(`\n  ${verdict}\n`);
  return usable.length === 0 ? 3 : 0;
}
