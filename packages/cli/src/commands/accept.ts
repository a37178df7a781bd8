import path from "node:path";
import { accept } from "@rehearse/rehearsal";
import type { Output } from "../output.ts";

/** `rehearse accept`: what the latest run wrote becomes the reference. */
export async function acceptCommand(
  scenario: string,
  { json }: { readonly json: boolean },
  { output }: { readonly output: Output },
): Promise<number> {
  const done = await accept({ path: scenario });
  if (json) {
    output.stdout.write(`${JSON.stringify(done, null, 2)}\n`);
    return 0;
  }
  const lines = [
    ...done.written.map((name) => `  ✓ ${name}  written`),
    ...done.removed.map((name) => `  − ${name}  removed: nothing writes it any more`),
    `  ${done.written.length} written, ${done.unchanged.length} unchanged, ${done.removed.length} removed in ${path.relative("", done.folder) || "."}, from run ${done.run}`,
  ];
  output.stdout.write(`${lines.join("\n")}\n`);
  if (done.written.length + done.removed.length > 0) output.stdout.write("  next      look at the change with git diff, and commit it\n");
  return 0;
}
