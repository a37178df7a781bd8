import type { Report } from "./report.ts";
import type { Run } from "./run.ts";

/** How the user calls Rehearse, and the scenario as the user named it. */
interface Named {
  readonly command: string;
  readonly scenario: string;
}

/** The commands that a report offers. Accepting is for what was compared whole with the stored references. */
export function nextCommands({ command, scenario }: Named, { against, only }: Pick<Run, "against" | "only">): Report["next"] {
  const test = [`${command} test`, quoted(scenario), ...againstWords(against), ...(only === null ? [] : ["--only", quoted(only.stage)])];
  return {
    reproduce: test.join(" "),
    keep: [...test, "--keep"].join(" "),
    accept: against.kind === "stored" && only === null ? `${command} accept ${quoted(scenario)}` : "",
  };
}

function againstWords(against: Run["against"]): string[] {
  if (against.kind === "stored") return [];
  if (against.kind === "run") return ["--against", quoted(against.run)];
  return ["--against", quoted(against.asked), ...(against.noise ? ["--noise"] : [])];
}

function quoted(word: string): string {
  return /^[\w./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
