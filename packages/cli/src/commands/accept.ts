import path from "node:path";
import { accept, type Accepted } from "@rehearse/rehearsal";
import type { Output } from "../output.ts";

/** `rehearse accept`: what the latest run wrote becomes the reference. */
export async function acceptCommand(
  scenario: string,
  { json }: { readonly json: boolean },
  { output }: { readonly output: Output },
): Promise<number> {
  const done = await accept({ path: scenario });
  output.stdout.write(json ? `${JSON.stringify(done, null, 2)}\n` : `${linesOf(done).join("\n")}\n`);
  return 0;
}

function linesOf(done: Accepted): string[] {
  const { written, unchanged, removed, folder } = done;
  return [
    `  run       ${runText(done)}`,
    ...written.map((name) => `  ✓ ${name}  written`),
    ...removed.map((name) => `  − ${name}  removed: nothing writes it any more`),
    `  ${written.length} written, ${unchanged.length} unchanged, ${removed.length} removed in ${path.relative("", folder) || "."}`,
    ...(written.length + removed.length > 0 ? ["  next      look at the change with git diff, and commit it"] : []),
    ...idleText(done),
  ];
}

/** Which run it was: one that somebody has just seen, or another. */
function runText({ run, startedAt, commit, verdict }: Accepted): string {
  const [hash = "", changes] = (commit ?? "").split("+");
  return [
    `${run} of ${startedAt.slice(0, 16).replace("T", " ")} UTC`,
    ...(hash === "" ? [] : [`commit ${hash.slice(0, 7)}${changes === undefined ? "" : " with changes"}`]),
    ...(verdict === null ? [] : [`last judged ${verdict}`]),
  ].join(", ");
}

/** Left in the file, such rules would make the next run different. */
function idleText({ idleRules, file }: Accepted): string[] {
  if (idleRules.length === 0) return [];
  const named = idleRules.map(({ reason, line }) => `"${reason}" (${path.relative("", file)}:${line})`).join(", ");
  const [rules, match, them] = idleRules.length === 1 ? ["rule", "matches", "it"] : ["rules", "match", "them"];
  return [`  expected  the ${rules} ${named} of checks.expect ${match} nothing from now on: take ${them} out`];
}
