import { escapeCommands, escaped } from "@rehearse/report";

/** Writes text to the step's log as one or more whole lines; none of them is a command to the runner. */
export function writeLog(text: string): void {
  process.stdout.write(`${escapeCommands(text, escaped)}\n`);
}
