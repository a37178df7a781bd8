import { visibleLines } from "./visible-text.ts";

/** The lines of a program's output, visible, without empty ones at the end. */
export function outputLines(text: string): readonly string[] {
  const lines = visibleLines(text);
  return lines.slice(0, lines.findLastIndex((line) => line.trim() !== "") + 1);
}
