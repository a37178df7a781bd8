import type { Progress } from "@rehearse/rehearsal";
import { renderProgressLine } from "@rehearse/report";
import { writeLog } from "./write-log.ts";

const marks = { done: "✓", failed: "✗", running: "◌" } as const;

/** Writes a line for each step that ended, and for whatever a step that goes on has to say. */
export const logProgress: Progress = ({ state, step, text, wallMs, maxRssBytes }) => {
  if (state === "running" && text === "") return;
  writeLog(renderProgressLine({ mark: marks[state], name: step, text, wallMs, maxRssBytes }, { color: false, width: 110, nameWidth: 14 }));
};
