import type { Check, Report } from "@rehearse/rehearsal";
import { count, plural } from "../content/amounts.ts";
import { bothEnds } from "../content/both-ends.ts";
import { gistSaysAll } from "../content/assertion-words.ts";
import { checkGrids } from "../content/check-grids.ts";
import { columnRules, rungPhrase } from "../content/diff-words.ts";
import { checkName } from "../content/check-name.ts";
import { findings, gist, notCompared, rowsText } from "../content/check-words.ts";
import { ruleSentences } from "../content/rule-words.ts";
import { isDownstream, isTold, needsLook, orderedChecks, tally } from "../content/ordered-checks.ts";
import { plain, sayList } from "../content/phrase.ts";
import { signOf, type Tone } from "../content/verdict-sign.ts";
import { visibleLine, visibleName } from "../content/visible-text.ts";
import { waitingChecks, type WaitingChecks } from "../content/waiting-checks.ts";
import { gridLines } from "./grid-lines.ts";
import type { Paint } from "./paint.ts";
import { padded, textWidth, wrapped } from "../content/text-width.ts";

interface Page {
  readonly paint: Paint;
  readonly width: number;
}

const indent = "      ";
const shownOutput = { first: 6, last: 14 };
/** How many checks are shown with their rows, and how many more with a line. */
const [detailed, listed] = [8, 24];
/** How many rows of each kind are shown of a check; fewer where it follows from another. */
const [manyRows, fewRows] = [10, 3];

/** Everything that is not same, the loudest first: some with evidence, more in a line, the rest as a number. */
export function checksLines(report: Report, page: Page): string[] {
  const checks = orderedChecks(report);
  const waiting = waitingChecks(report);
  const told = checks.filter((check) => isTold(check) && !waiting.checks.includes(check));
  const lines = told.slice(0, detailed + listed).flatMap((check, index) => {
    const hinted = checks.findIndex(({ hint }) => hint === check.hint) === checks.indexOf(check);
    const shown = hinted ? check : { ...check, hint: "" };
    return index < detailed ? checkLines(shown, page, isDownstream(check, report) ? fewRows : manyRows) : firstLines(check, page);
  });
  const rest = told.slice(detailed + listed);
  return [
    ...lines,
    ...waitingLines(waiting, page),
    ...notComparedLines(checks, page),
    ...(rest.length === 0 ? [] : [`  … and ${plural(rest.length, "more check")} in the report: ${tally(rest)}`]),
  ];
}

/** The lines of a check: what it is and found on the first, the evidence below. */
export function checkLines(check: Check, page: Page, rows = manyRows): string[] {
  const inner = { ...page, width: page.width - indent.length };
  const rules = ruleSentences(check, 20).flatMap((sentence) => hanging(sentence, inner.width));
  // Which rows differ as expected is in the other reports; here the rules say it.
  if (!needsLook(check)) return [...firstLines(check, page), ...rules.map((line) => indent + line)];
  const evidence = [
    ...findings(check).flatMap((finding) => wrapped(plain(finding), inner.width)),
    ...rules,
    ...(gistSaysAll(check) ? [] : checkGrids(check, { rows, columns: 20, cell: 200 }).flatMap((grid) => gridLines(grid, inner))),
    ...outputOf(check, inner),
    ...rulesOf(check, inner),
    ...(check.hint === "" ? [] : wrapped(`→ ${visibleLine(check.hint)}`, inner.width)),
  ];
  return [...firstLines(check, page), ...evidence.map((line) => indent + line)];
}

/** Text in lines of which all but the first are set in. */
function hanging(text: string, width: number): string[] {
  return wrapped(text, width - 2).map((line, index) => (index === 0 ? line : `  ${line}`));
}

function rulesOf(check: Check, page: Page): string[] {
  const rules = columnRules(check, 20);
  return rules.length === 0 ? [] : wrapped(`rules: ${plain(rules)}`, page.width);
}

/** How each dataset was compared, for whoever asks. */
export function explainLines(checks: readonly Check[], page: Page): string[] {
  return checks.flatMap((check) => {
    const rung = rungPhrase(check);
    if (rung === null) return [];
    const after = check.stage === "" ? "" : ` after ${visibleName(check.stage)}`;
    const said = `${visibleName(check.name)}${after} was compared by ${plain(rung)}`;
    return wrapped(said, page.width - 4).map((line, index) => page.paint("dim", index === 0 ? `  · ${line}` : `    ${line}`));
  });
}

/** The checks that wait for a stage, together. */
function waitingLines({ checks, words }: WaitingChecks, page: Page): string[] {
  if (checks.length === 0) return [];
  const names = plain(sayList(checks.map(checkName), 5));
  return nameAndWords({ ...signOf("not compared"), name: plain(words), after: "", words: `not compared: ${names}` }, page);
}

/** Columns that were not compared, a line each. */
function notComparedLines(checks: readonly Check[], page: Page): string[] {
  const columns = checks.flatMap(notCompared);
  const lines = columns.slice(0, listed).flatMap(({ name, reason }) => {
    return nameAndWords({ mark: "◌", tone: "doubt", name: visibleName(name), after: "", words: `not compared: ${reason}` }, page);
  });
  const rest = columns.length - listed;
  return rest > 0 ? [...lines, `  … and ${plural(rest, "column")} more not compared, in the report`] : lines;
}

function firstLines(check: Check, page: Page): string[] {
  const counts = check.counts;
  const moves = counts === null ? "" : `+${count(counts.added)} −${count(counts.removed)} ~${count(counts.changed)}`;
  const said = plain(gist(check));
  const open = check.verdict === "not compared" || check.verdict === "inconclusive";
  const named = [check.verdict, said].filter((text) => text !== "").join(": ");
  const words = open
    ? named
    : [rowsText(check), moves, check.verdict === "expected" ? named : said].filter((text) => text !== "").join("   ");
  const after = check.kind === "stage" || check.stage === "" ? "" : `after ${visibleName(check.stage)}`;
  return nameAndWords({ ...signOf(check.verdict), name: plain(checkName(check)), after, words }, page);
}

interface MarkedName {
  readonly mark: string;
  readonly tone: Tone;
  readonly name: string;
  readonly after: string;
  readonly words: string;
}

/** The column in which names stand where they fit. */
const nameWidth = 46;

/** A marked name with words beside it, or below it where there is no room. */
function nameAndWords(line: MarkedName, page: Page): string[] {
  const head = `  ${page.paint(line.tone, line.mark)} `;
  const after = line.after === "" ? "" : `  ${line.after}`;
  const room = page.width - nameWidth - 7;
  if (textWidth(line.name + after) <= nameWidth && textWidth(line.words) <= room) {
    return [`${head}${line.name}${page.paint("dim", padded(after, nameWidth - textWidth(line.name)))}   ${line.words}`.trimEnd()];
  }
  const names =
    textWidth(line.name + after) + 4 <= page.width
      ? [line.name + page.paint("dim", after)]
      : wrapped(line.name + after, page.width - indent.length);
  return [...names, ...wrapped(line.words, page.width - indent.length)].map((text, index) => (index === 0 ? head : indent) + text);
}

function outputOf(check: Check, page: Page): string[] {
  if (check.detail?.kind !== "stage") return [];
  const { head, between, tail } = bothEnds(check.detail.output, shownOutput);
  const bar = page.paint("dim", "│");
  const barred = (lines: readonly string[]): string[] =>
    lines.flatMap((line) => wrapped(line, page.width - 2)).map((line) => `${bar} ${line}`.trimEnd());
  return [
    ...barred(head),
    ...(between > 0 ? [page.paint("dim", `… ${plural(between, "line")} …`)] : []),
    ...barred(tail),
    ...(head.length === 0 ? [page.paint("dim", "it wrote nothing")] : []),
  ];
}
