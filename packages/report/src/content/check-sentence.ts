import type { Check } from "@rehearse/rehearsal";
import { count } from "./amounts.ts";
import { checkName } from "./check-name.ts";
import { gist, rowsText } from "./check-words.ts";
import { plain } from "./phrase.ts";
import { visibleLine, visibleName } from "./visible-text.ts";

/** A check and its verdict as a title: `core.orders after refresh: different`. */
export function checkTitle(check: Check): string {
  const { kind, stage, verdict } = check;
  const place = kind === "stage" ? "" : ` after ${visibleName(stage)}`;
  return `${plain(checkName(check))}${place}: ${verdict}`;
}

/** What a check found, in a line of plain text: rows first where they were compared and differ, then the columns or the reason. Below it the hint. */
export function checkSentence(check: Check): string {
  const found = [rowsOf(check), plain(gist(check))].filter((text) => text !== "").join("; ");
  return check.hint === "" ? found : `${found}\nNext: ${visibleLine(check.hint)}`;
}

function rowsOf(check: Check): string {
  if (check.counts === null || check.verdict !== "different") return "";
  const { added, removed, changed } = check.counts;
  return `rows ${rowsText(check)}: ${count(added)} added, ${count(removed)} removed, ${count(changed)} changed`;
}
