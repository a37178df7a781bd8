import type { Report } from "@rehearse/rehearsal";
import { escapeCommands } from "../content/escape-commands.ts";
import { headline, story } from "../content/headline.ts";
import { leftovers, teardownText } from "../content/environment-words.ts";
import { acceptable } from "../content/ordered-checks.ts";
import { plain } from "../content/phrase.ts";
import { againstPhrase, commitPhrase, onlyPhrase } from "../content/side-words.ts";
import { signOf } from "../content/verdict-sign.ts";
import { escaped, visible, visibleLine } from "../content/visible-text.ts";
import { checksLines, explainLines } from "./check-lines.ts";
import { painter } from "./paint.ts";
import type { TerminalStyle } from "./progress-line.ts";
import { wrapped } from "../content/text-width.ts";

/** What a terminal shows beside the report. */
export interface TerminalContext {
  /** Where the HTML report lies. */
  readonly reportFile?: string;
  /** Say how each dataset was compared. */
  readonly explain?: boolean;
}

/** The end of a rehearsal for a terminal: the verdict, everything that is not same, and the next commands. Commands are never broken; all else keeps to `width` columns (at least 40). No line of it is a workflow command. */
export function renderTerminal(report: Report, style: TerminalStyle & TerminalContext): string {
  const page = { paint: painter(style.color), width: Math.max(40, style.width) };
  const { verdict, where } = headline(report);
  const { tone } = signOf(report.verdict);
  const inset = (text: string): string[] => wrapped(text, page.width - 2).map((line) => `  ${line}`);
  const blocks = [
    [
      ...paintFirst(inset(`${verdict}. ${plain(where)}`), verdict.length + 1, (text) => page.paint("bold", page.paint(tone, text))),
      ...story(report).flatMap((sentence) => inset(plain(sentence))),
    ],
    checksLines(report, page),
    report.notes.flatMap((note) =>
      wrapped(visibleLine(note), page.width - 4).map((line, index) => page.paint("dim", index === 0 ? `  · ${line}` : `    ${line}`)),
    ),
    style.explain === true ? explainLines(report.checks, page) : [],
    leftovers(report).length === 0 ? [] : inset(`Left behind: ${teardownText(report)}: ${leftovers(report).join(", ")}`),
    [...sideLines(report, page.width), ...nextLines(report, style.reportFile)].map(
      ([name, text]) => `  ${page.paint("dim", name.padEnd(8))} ${text}`,
    ),
  ];
  const text = blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join("\n"))
    .join("\n\n");
  return `${escapeCommands(text, escaped)}\n`;
}

/** What was compared with what; the lines after the first have no name. */
function sideLines(report: Report, width: number): [string, string][] {
  const only = onlyPhrase(report);
  const commit = commitPhrase(report);
  const sides: [string, string][] = [
    ...(commit === null ? [] : [["of", plain(commit)] as [string, string]]),
    ["against", plain(againstPhrase(report))],
    ...(only === null ? [] : [["only", plain(only)] as [string, string]]),
  ];
  return sides.flatMap(([name, text]) => wrapped(text, width - 11).map((line, index): [string, string] => [index === 0 ? name : "", line]));
}

function nextLines(report: Report, reportFile: string | undefined): [string, string][] {
  const { keep, accept } = report.next;
  const lines: [string, string][] = [
    ["report", reportFile ?? ""],
    ["look", keep],
    ["accept", acceptable(report) ? accept : ""],
  ];
  return lines.filter(([, command]) => command !== "").map(([name, command]) => [name, visible(command)]);
}

function paintFirst(lines: readonly string[], length: number, dress: (text: string) => string): string[] {
  return lines.map((line, index) => (index === 0 ? `  ${dress(line.slice(2, 2 + length))}${line.slice(2 + length)}` : line));
}
