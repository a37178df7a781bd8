import { escapeCommands, escaped, visible } from "@rehearse/report";
import type { Output } from "./output.ts";

/** Prints lines with names that others gave: none of them is a command to the terminal, or to the runner of a workflow. */
export function writeLines({ stdout }: Output, lines: readonly string[]): void {
  stdout.write(lines.map((line) => `${escapeCommands(visible(line), escaped)}\n`).join(""));
}
