import type { Check } from "@rehearse/rehearsal";
import { count, plural } from "../content/amounts.ts";
import { askedText, gistSaysAll } from "../content/assertion-words.ts";
import { checkGrids } from "../content/check-grids.ts";
import type { GridSize } from "../content/grid.ts";
import { checkName } from "../content/check-name.ts";
import { findings, gist, notCompared, rowsText } from "../content/check-words.ts";
import { diffFoot } from "../content/diff-words.ts";
import { lastLines } from "../content/last-lines.ts";
import { rulesGrids } from "../content/rule-words.ts";
import type { Phrase } from "../content/phrase.ts";
import { isTold } from "../content/ordered-checks.ts";
import { signOf } from "../content/verdict-sign.ts";
import { visibleLine, visibleLines, visibleName } from "../content/visible-text.ts";
import { blockCode, code, codeBlock, phrase, prose } from "./escape-markdown.ts";
import { gridMarkdown, type MarkdownTable } from "./grid-markdown.ts";

/** The head of the table of checks. */
export const checksTable: Omit<MarkdownTable, "rows"> = {
  titles: ["verdict", "check", "stage", "rows", "+", "−", "~", "found"],
  align: ["left", "left", "left", "right", "right", "right", "right", "left"],
};

/** The rows of a check in the table: itself, and each column that was not compared. */
export function checkRows(check: Check): string[][] {
  const { counts } = check;
  const numbers =
    counts === null
      ? ["", "", ""]
      : [counts.added, counts.removed, counts.changed].map((number) => (number > 0 ? `**${count(number)}**` : "0"));
  const own = [
    verdictCell(check.verdict),
    nameCell(check),
    code(visibleName(check.stage)),
    rowsText(check),
    ...numbers,
    phrase(gist(check)),
  ];
  const columns = notCompared(check).map(({ name, reason }) => {
    return [verdictCell("not compared"), code(visibleName(name)), code(visibleName(check.stage)), "", "", "", "", prose(reason)];
  });
  return [...(isTold(check) ? [own] : []), ...columns];
}

/** The row of the checks that wait for a stage. */
export function waitingRow(words: Phrase): string[] {
  return [verdictCell("not compared"), phrase(words), "", "", "", "", "", ""];
}

function verdictCell(verdict: Check["verdict"]): string {
  return `${signOf(verdict).mark} ${verdict}`;
}

function nameCell(check: Check): string {
  return check.kind === "assert" ? prose(visibleName(check.name)) : phrase(checkName(check));
}

/** How much of a check is shown. */
export interface DetailSize extends GridSize {
  /** Findings, lines of a query, last lines of an output. */
  readonly lines: number;
}

/** What a check found, to unfold; empty where the table says it all. */
export function checkDetails(check: Check, { open, ...size }: DetailSize & { readonly open: boolean }): string {
  if (!isTold(check)) return "";
  const parts = [
    findingsOf(check, size),
    ...rulesGrids(check, size.lines).map(gridMarkdown),
    ...(gistSaysAll(check) ? [] : checkGrids(check, size).map(gridMarkdown)),
    askedOf(check, size),
    outputOf(check, size),
    check.hint === "" ? "" : `Next: ${prose(visibleLine(check.hint))}`,
  ].filter((part) => part !== "");
  if (parts.length === 0) return "";
  const after = check.kind === "stage" || check.stage === "" ? "" : ` after ${blockCode(visibleName(check.stage))}`;
  const found = phrase(gist(check), blockCode);
  const summary = `<summary><b>${phrase(checkName(check), blockCode)}</b>${after}${found === "" ? "" : `: ${found}`}</summary>`;
  const foot = diffFoot(check, 20).map((sentence) => phrase(sentence));
  return [`<details${open ? " open" : ""}>${summary}`, ...parts, ...foot, "</details>"].join("\n\n");
}

function findingsOf(check: Check, size: DetailSize): string {
  const found = findings(check);
  const list = found.slice(0, size.lines).map((finding) => `- ${phrase(finding)}`);
  return [...list, ...(found.length > size.lines ? [`- … and ${count(found.length - size.lines)} more`] : [])].join("\n");
}

function askedOf(check: Check, size: DetailSize): string {
  const asked = askedText(check);
  if (asked === null) return "";
  const lines = asked.text === "" ? [] : visibleLines(asked.text);
  const label = asked.language === "sql" ? [] : [phrase(asked.label)];
  const block = lines.length === 0 ? [] : [codeBlock(lines.slice(0, size.lines), asked.language)];
  const after = lines.length > size.lines ? [`… ${plural(lines.length - size.lines, "line")} after`] : [];
  return [...label, ...block, ...after].join("\n\n");
}

function outputOf(check: Check, size: DetailSize): string {
  if (check.detail?.kind !== "stage") return "";
  const { lines, before } = lastLines(check.detail.output, size.lines);
  if (lines.length === 0) return "It wrote nothing.";
  return [...(before > 0 ? [`… ${plural(before, "line")} before`] : []), codeBlock(lines, "text")].join("\n\n");
}
