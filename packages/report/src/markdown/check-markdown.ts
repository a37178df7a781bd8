import type { Check } from "@rehearse/rehearsal";
import { count } from "../content/amounts.ts";
import { checkGrids } from "../content/check-grids.ts";
import { findings, gist, gistSaysAll, ignoredColumns, notCompared, rowsText } from "../content/check-words.ts";
import { lastLines } from "../content/last-lines.ts";
import { needsLook } from "../content/ordered-checks.ts";
import { sayList } from "../content/phrase.ts";
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
  const told = needsLook(check) || check.verdict === "expected";
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
  return [...(told ? [own] : []), ...columns];
}

function verdictCell(verdict: Check["verdict"]): string {
  return `${signOf(verdict).mark} ${verdict}`;
}

function nameCell(check: Check): string {
  return check.kind === "assert" ? prose(visibleName(check.name)) : code(visibleName(check.name));
}

/** What a check found, to unfold; empty where the table says it all. */
export function checkDetails(check: Check, open: boolean): string {
  if (!needsLook(check)) return "";
  const evidence = findings(check)
    .map((finding) => `- ${phrase(finding)}`)
    .join("\n");
  const ignored = ignoredColumns(check);
  const parts = [
    evidence,
    ...(gistSaysAll(check) ? [] : checkGrids(check, { rows: 20, cell: 200 }).map(gridMarkdown)),
    queryOf(check),
    outputOf(check),
    check.hint === "" ? "" : `Next: ${prose(visibleLine(check.hint))}`,
  ].filter((part) => part !== "");
  if (parts.length === 0) return "";
  const after = check.kind === "stage" ? "" : ` after ${blockCode(visibleName(check.stage))}`;
  const found = phrase(gist(check), blockCode);
  const summary = `<summary><b>${blockCode(visibleName(check.name))}</b>${after}${found === "" ? "" : `: ${found}`}</summary>`;
  const foot = ignored.length === 0 ? [] : [`Ignored: ${phrase(sayList(ignored, 20))}`];
  return [`<details${open ? " open" : ""}>${summary}`, ...parts, ...foot, "</details>"].join("\n\n");
}

function queryOf(check: Check): string {
  return check.detail?.kind === "assert" ? codeBlock(visibleLines(check.detail.sql).slice(0, 40), "sql") : "";
}

function outputOf(check: Check): string {
  if (check.detail?.kind !== "stage") return "";
  const { lines, before } = lastLines(check.detail.output, 40);
  if (lines.length === 0) return "It wrote nothing.";
  return [...(before > 0 ? [`… ${count(before)} lines before`] : []), codeBlock(lines, "text")].join("\n\n");
}
