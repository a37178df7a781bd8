import type { Check, Report } from "@rehearse/rehearsal";
import { count } from "../content/amounts.ts";
import { escapeCommands } from "../content/escape-commands.ts";
import { orderedChecks } from "../content/ordered-checks.ts";
import { sampleWord } from "../content/sample-word.ts";
import { escaped, visibleName } from "../content/visible-text.ts";
import { waitingChecks } from "../content/waiting-checks.ts";
import { checkDetails, checkRows, checksTable, waitingRow, type DetailSize } from "./check-markdown.ts";
import { blockCode, code, phrase } from "./escape-markdown.ts";
import { byteSize, fillWithin, type Filled } from "./fill-within.ts";
import { markdownRow, markdownTable } from "./grid-markdown.ts";
import { leftOut } from "./left-out.ts";
import { footOf, headOf } from "./page-edges.ts";

export interface PageStyle {
  /** The most that the page may take, in bytes of UTF-8: never fewer than its characters, however these are counted. */
  readonly limit: number;
  /** How much of a check is shown where there is room for more than hardly anything, growing. */
  readonly sizes: readonly DetailSize[];
  /** What stands before everything else, and what after the checks. */
  readonly before: string;
  readonly after: string;
  /** What was rehearsed, for the foot; null: what the report says. */
  readonly commit: string | null;
}

const smallest: DetailSize = { rows: 1, columns: 10, cell: 40, lines: 5 };

/** The report as a page of Markdown. What does not fit is left out whole, the least important first, and the page says so. */
export function markdownPage(report: Report, { limit, sizes, before, after, commit }: PageStyle): string {
  const checks = orderedChecks(report);
  const [head, foot] = [`${before}${headOf(report)}`, footOf(report, commit)];
  // The sentences that say what is left out need room as well.
  const room = limit - byteSize(head) - byteSize(after) - byteSize(foot) - 1000;
  const waiting = waitingChecks(report);
  const shown = checks.filter((check) => !waiting.checks.includes(check));
  const rows = [...shown.flatMap(checkRows), ...(waiting.checks.length === 0 ? [] : [waitingRow(waiting.words)])];
  const table = fillWithin(rows.map(markdownRow), room / 2);
  const told = detailsWithin(shown, sizes, room - table.size);
  const late = listed(waiting.checks, { title: phrase(waiting.words, blockCode), room: room - table.size - told.size });
  const parts = [
    head,
    table.taken.length === 0 ? "" : [markdownTable({ ...checksTable, rows: [] }), ...table.taken].join("\n"),
    leftOut(table.left, "more line of this table", "more lines of this table"),
    ...told.taken,
    leftOut(told.left, "more check with details", "more checks with details"),
    late,
    sameChecks(checks, room - table.size - told.size - byteSize(late)),
    after,
    foot,
  ];
  return `${escapeCommands(parts.filter((part) => part !== "").join("\n\n"), escaped)}\n`;
}

/** The checks that must be looked at, in order, as long as there is room. Each is shown as large as a third of what is left allows. */
function detailsWithin(checks: readonly Check[], sizes: readonly DetailSize[], room: number): Filled {
  const taken: string[] = [];
  let size = 0;
  for (const [index, check] of checks.entries()) {
    const left = room - size;
    const shown = largestWithin(check, { sizes, open: taken.length === 0, room: left / 3 });
    if (shown === "") continue;
    if (byteSize(shown) + 2 > left) {
      const rest = checks.slice(index).filter((other) => checkDetails(other, { ...smallest, open: false }) !== "");
      return { taken, left: rest.length, size };
    }
    taken.push(shown);
    size += byteSize(shown) + 2;
  }
  return { taken, left: 0, size };
}

interface Choice {
  readonly sizes: readonly DetailSize[];
  readonly open: boolean;
  readonly room: number;
}

/** From small to large, so that what would fill the page a thousand times is never written. */
function largestWithin(check: Check, { sizes, open, room }: Choice): string {
  let shown = checkDetails(check, { ...smallest, open });
  for (const size of sizes) {
    const larger = checkDetails(check, { ...size, open });
    if (byteSize(larger) + 2 > room) break;
    shown = larger;
  }
  return shown;
}

function sameChecks(checks: readonly Check[], room: number): string {
  const same = checks.filter(({ verdict }) => verdict === "same");
  return listed(same, { title: `${same.length === 1 ? "1 check is" : `${count(same.length)} checks are`} the same`, room });
}

/** Checks of which there is no more to say, to unfold. */
function listed(checks: readonly Check[], { title, room }: { readonly title: string; readonly room: number }): string {
  if (checks.length === 0) return "";
  const names = fillWithin(
    checks.map((check) => {
      const sampled = sampleWord(check);
      return `- ${code(visibleName(check.name))} after ${code(visibleName(check.stage))}${sampled === "" ? "" : ` (${sampled})`}`;
    }),
    room,
  );
  const parts = [`<details><summary>${title}</summary>`, names.taken.join("\n"), leftOut(names.left, "more", "more"), "</details>"];
  return parts.filter((part) => part !== "").join("\n\n");
}
