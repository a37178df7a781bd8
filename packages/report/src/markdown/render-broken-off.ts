import { plural } from "../content/amounts.ts";
import { escapeCommands } from "../content/escape-commands.ts";
import { escaped, visibleLine, visibleLines, visibleName } from "../content/visible-text.ts";
import { commentMarker } from "./comment-marker.ts";
import { commitText } from "./commit-text.ts";
import { code, codeBlock, prose } from "./escape-markdown.ts";
import { fillWithin } from "./fill-within.ts";

/** A rehearsal that came to no verdict, and why. */
export interface BrokenOff {
  readonly scenario: string;
  /** Null where it is not known. */
  readonly commit: string | null;
  readonly failure: {
    /** Null where nothing failed: somebody ended it. */
    readonly code: string | null;
    readonly message: string;
    readonly hint: string;
    readonly expected?: string | undefined;
    readonly got?: string | undefined;
  };
}

/** What the failure's own words may take, in bytes: with everything else at its longest, the comment is one that GitHub takes. */
const wordsRoom = 24_000;

/** The comment of a rehearsal that broke off: it takes the place of an older verdict. Its marker comes first; never longer than 65,536 bytes. */
export function renderBrokenOff({ scenario, commit, failure }: BrokenOff): string {
  const parts = [
    `${commentMarker(scenario)}\n### ◌ No verdict. The rehearsal broke off.`,
    ...(failure.code === null ? [prose(visibleLine(failure.message))] : [code(visibleName(failure.code)), wordsOf(failure)]),
    `Next: ${prose(visibleLine(failure.hint))}`,
    commit === null ? "" : `<sub>${commitText(commit)}</sub>`,
  ];
  return `${escapeCommands(parts.filter((part) => part !== "").join("\n\n"), escaped)}\n`;
}

function wordsOf({ message, expected, got }: BrokenOff["failure"]): string {
  const facts = [...(expected === undefined ? [] : [`expected: ${expected}`]), ...(got === undefined ? [] : [`got: ${got}`])];
  const { taken, left } = fillWithin([message, ...facts].flatMap(visibleLines), wordsRoom);
  const after = left === 0 ? [] : [`… and ${plural(left, "more line")} in the log of the step.`];
  return [codeBlock(taken, "text"), ...after].join("\n\n");
}
