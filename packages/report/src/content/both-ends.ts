import { outputLines } from "./output-lines.ts";

/** What a program wrote, without its middle. */
export interface BothEnds {
  readonly head: readonly string[];
  /** How many lines between the two are not shown. */
  readonly between: number;
  readonly tail: readonly string[];
}

/** The first and the last lines of a program's output: many a runtime names the error first, and then prints a long stack. */
export function bothEnds(text: string, { first, last }: { readonly first: number; readonly last: number }): BothEnds {
  const lines = outputLines(text);
  const between = Math.max(0, lines.length - first - last);
  return between === 0 ? { head: lines, between, tail: [] } : { head: lines.slice(0, first), between, tail: lines.slice(-last) };
}
