import { visibleLines } from "./visible-text.ts";

/** The end of what a program wrote. */
export interface LastLines {
  readonly lines: readonly string[];
  /** How many lines before them are not shown. */
  readonly before: number;
}

/** The last `limit` lines of a program's output, visible, without empty ones at the end. */
export function lastLines(text: string, limit: number): LastLines {
  const lines = visibleLines(text);
  const filled = lines.slice(0, lines.findLastIndex((line) => line.trim() !== "") + 1);
  return { lines: filled.slice(-limit), before: Math.max(0, filled.length - limit) };
}
