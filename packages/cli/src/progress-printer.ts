import type { Progress } from "@rehearse/rehearsal";
import { renderProgressLine } from "@rehearse/report";
import { styleOf, type Output } from "./output.ts";

const marks = { done: "✓", failed: "✗", running: "◌" } as const;

/** Prints a line for each step that ended; on a terminal also, below them, the step that runs. */
export function progressPrinter(output: Output): Progress {
  const style = styleOf(output);
  const live = output.stdout.isTTY === true;
  const clear = live ? "\r\u001B[2K" : "";
  let running = { step: "", line: "" };
  return ({ state, step, text, wallMs, maxRssBytes }) => {
    const line = renderProgressLine({ mark: marks[state], name: step, text, wallMs, maxRssBytes }, { ...style, nameWidth: 14 });
    if (state !== "running") {
      // The next step may have begun when this one's line is known.
      if (running.step === step) running = { step: "", line: "" };
      output.stdout.write(`${clear}${line}\n${running.line}`);
    } else if (live) {
      running = { step, line };
      output.stdout.write(`${clear}${line}`);
    } else if (text !== "") output.stdout.write(`${line}\n`);
  };
}
