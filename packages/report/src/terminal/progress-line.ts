import { duration, memory } from "../content/amounts.ts";
import { escapeCommands } from "../content/escape-commands.ts";
import { escaped, visibleLine, visibleName } from "../content/visible-text.ts";
import { painter, type Dress } from "./paint.ts";
import { fitted, padded, textWidth } from "../content/text-width.ts";

/** One finished step of a running rehearsal. */
export interface ProgressStep {
  readonly mark: "✓" | "✗" | "◌";
  readonly name: string;
  readonly text: string;
  /** Null where there is nothing to say, as in the report. */
  readonly wallMs: number | null;
  readonly maxRssBytes: number | null;
}

/** The terminal a text is made for: `width` in columns. */
export interface TerminalStyle {
  readonly color: boolean;
  readonly width: number;
}

const dresses = { "✓": "good", "✗": "bad", "◌": "doubt" } as const satisfies Record<ProgressStep["mark"], Dress>;
const [longestLine, timeWidth, memoryWidth, leastText] = [104, 10, 9, 30];

/** The line of a finished step, without its newline: `  ✓ backfill  3,300 identities → warehouse.IDENTITIES   1.9 s   412 MB`. `nameWidth` aligns the lines of one run. */
export function renderProgressLine(step: ProgressStep, style: TerminalStyle & { readonly nameWidth?: number }): string {
  const paint = painter(style.color);
  const name = padded(visibleName(step.name), style.nameWidth ?? 10);
  const time = padded(step.wallMs === null ? "" : duration(step.wallMs), timeWidth, "right");
  const peak = padded(step.maxRssBytes === null ? "" : memory(step.maxRssBytes), memoryWidth, "right");
  const space = Math.min(style.width, longestLine) - textWidth(`  ${step.mark} ${name}  `);
  // In a narrow terminal the words matter more than the measures.
  const measures = [time + peak, time, ""].find((text) => space - text.length >= leastText) ?? "";
  const room = Math.max(1, space - measures.length);
  const line = `  ${paint(dresses[step.mark], step.mark)} ${paint("bold", name)}  ${padded(fitted(visibleLine(step.text), room), room)}`;
  return escapeCommands((line + paint("dim", measures.trimEnd())).trimEnd(), escaped);
}
