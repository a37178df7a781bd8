import { outputLines } from "./output-lines.ts";

/** The end of what a program wrote. */
export interface LastLines {
  readonly lines: readonly string[];
  /** How many lines before them are not shown. */
  readonly before: number;
}

/** The last `limit` lines of a program's output, visible, without empty ones at the end. */
export function lastLines(text: string, limit: number): LastLines {
  const lines = outputLines(text);
  return { lines: lines.slice(-limit), before: Math.max(0, lines.length - limit) };
}
