import type { Progress } from "@rehearse/rehearsal";
import { renderProgressLine } from "@rehearse/report";
import { styleOf, type Output } from "./output.ts";

const marks = { done: "✓", failed: "✗", running: "◌" } as const;

/** Prints a line for each step that ended; on a terminal also the step that runs, on a line that the next one replaces. */
export function progressPrinter(output: Output): Progress {
  const style = styleOf(output);
  const live = output.stdout.isTTY === true;
  const clear = live ? "\r\u001B[2K" : "";
  return ({ state, step, text, wallMs, maxRssBytes }) => {
    const line = renderProgressLine({ mark: marks[state], name: step, text, wallMs, maxRssBytes }, { ...style, nameWidth: 14 });
    if (state !== "running") output.stdout.write(`${clear}${line}\n`);
    else if (live) output.stdout.write(`${clear}${line}`);
    else if (text !== "") output.stdout.write(`${line}\n`);
  };
}
