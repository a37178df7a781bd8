import type { Report } from "./report.ts";

/** The commands that a report offers, for a scenario as the user named it. */
export function nextCommands(scenario: string): Report["next"] {
  const words = /^[\w./-]+$/.test(scenario) ? scenario : `'${scenario.replaceAll("'", `'\\''`)}'`;
  return {
    reproduce: `npx rehearse test ${words}`,
    keep: `npx rehearse test ${words} --keep`,
    accept: `npx rehearse accept ${words}`,
  };
}
