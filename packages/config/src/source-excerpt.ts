import type { Position } from "./scenario.ts";

/** As much of a line as is shown, and how much of that may lie before the place that is pointed to. */
const [longest, longestBefore] = [100, 60];

/** The line of the file with a caret below the place: two lines of text. What cannot be seen is a space in both, so that the caret stands right. */
export function sourceExcerpt(source: string, { line, column }: Position): string {
  const start = Math.max(0, column - 1 - longestBefore);
  const cut = source.slice(start, start + longest).replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, " ");
  const shown = `${start > 0 ? "…" : ""}${cut.trimEnd()}${start + longest < source.length ? "…" : ""}`;
  const number = `  ${line} | `;
  const caret = number.length + (start > 0 ? 1 : 0) + column - 1 - start;
  return `${number}${shown}\n${" ".repeat(caret)}^`;
}
