import type { Report } from "@rehearse/rehearsal";
import { count, duration, plural } from "../content/amounts.ts";
import { enginesText, leftovers, startedText, teardownText } from "../content/environment-words.ts";
import { headline, story } from "../content/headline.ts";
import { acceptable, orderedChecks, tally } from "../content/ordered-checks.ts";
import { signOf } from "../content/verdict-sign.ts";
import { clipMiddle, visible, visibleLine, visibleName } from "../content/visible-text.ts";
import { checkDetails, checkRows, checksTable } from "./check-markdown.ts";
import { code, phrase, prose } from "./escape-markdown.ts";
import { byteSize, fillWithin } from "./fill-within.ts";
import { markdownRow, markdownTable } from "./grid-markdown.ts";

/** What GitHub takes as a comment, counted in bytes to be safe. */
const limit = 65_536;
/** Names and texts of any length may come: what stands before and after the checks has its own bounds. */
const [headRoom, footRoom] = [10_000, 16_000];

/** The report as a comment on a pull request. Never longer than 65,536 bytes: what does not fit is said, not cut. */
export function renderMarkdown(report: Report): string {
  const checks = orderedChecks(report);
  const [head, foot] = [headOf(report), footOf(report)];
  // The sentences that say what is left out need room as well.
  const room = limit - byteSize(head) - byteSize(foot) - 1000;
  const table = fillWithin(checks.flatMap(checkRows).map(markdownRow), room / 2);
  const told = fillWithin(
    checks.map((check, index) => checkDetails(check, index === 0)).filter((text) => text !== ""),
    room - table.size,
  );
  const same = checks.filter(({ verdict }) => verdict === "same");
  const listed = fillWithin(
    same.map((check) => `- ${code(visibleName(check.name))} after ${code(visibleName(check.stage))}`),
    room - table.size - told.size,
  );
  const parts = [
    head,
    table.taken.length === 0 ? "" : [markdownTable({ ...checksTable, rows: [] }), ...table.taken].join("\n"),
    leftOut(table.left, "more line of this table", "more lines of this table"),
    ...told.taken,
    leftOut(told.left, "more check with details", "more checks with details"),
    same.length === 0
      ? ""
      : [
          `<details><summary>${same.length === 1 ? "1 check is" : `${count(same.length)} checks are`} the same</summary>`,
          listed.taken.join("\n"),
          leftOut(listed.left, "more", "more"),
          "</details>",
        ]
          .filter((part) => part !== "")
          .join("\n\n"),
    foot,
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function leftOut(number: number, one: string, many: string): string {
  return number === 0 ? "" : `… and ${count(number)} ${number === 1 ? one : many} in the full report.`;
}

function headOf(report: Report): string {
  const { verdict, where } = headline(report);
  const left = leftovers(report);
  const facts = [
    ...stagesText(report),
    tally(report.checks),
    duration(report.wallMs),
    left.length === 0 ? `left behind: ${leftBehind(report)}` : `**left behind: ${prose(clipMiddle(left.join(", "), 300))}**`,
  ];
  const said = fillWithin([facts.join(" · "), ...story(report).map((sentence) => phrase(sentence))], headRoom);
  // A comment can hold anything but its own end: the name is written as in an address.
  const marker = `<!-- rehearse:${encodeURIComponent(clipMiddle(report.scenario.toWellFormed(), 200))} -->`;
  const title = `${marker}\n### ${signOf(report.verdict).mark} ${verdict}. ${phrase(where)}`;
  return [title, ...said.taken, leftOut(said.left, "more fact", "more facts")].filter((part) => part !== "").join("\n\n");
}

/** The stages in order while they are few: the loud ones in bold. */
function stagesText(report: Report): string[] {
  if (report.stages.length > 8) return [plural(report.stages.length, "stage")];
  return report.stages.map(({ name, verdict, wallMs }) => {
    const said = `${code(visibleName(name))} ${wallMs === null ? "did not run" : verdict}`;
    return verdict === "same" || verdict === "expected" ? said : `**${said}**`;
  });
}

function leftBehind(report: Report): string {
  const { teardown } = report;
  if (teardown === null) return "not recorded";
  return teardown.kept ? "kept, as asked" : teardown.left === 0 ? "nothing" : count(teardown.left);
}

function footOf(report: Report): string {
  const { reproduce, accept, keep } = report.next;
  const commands = [
    `Reproduce: ${command(reproduce)}`,
    ...(acceptable(report) ? [`accept: ${command(accept)}`] : []),
    `look inside: ${command(keep)}`,
  ];
  const place = `${prose(visibleName(report.provider.name))}: ${prose(enginesText(report))}`;
  const facts = `<sub>run ${code(visibleName(report.run))} · ${prose(startedText(report))} · ${place} · ${prose(teardownText(report))}</sub>`;
  const notes = report.notes.map((note) => `- ${prose(visibleLine(note))}`);
  const said = fillWithin([commands.join(" · "), facts, ...notes], footRoom);
  return [...said.taken, leftOut(said.left, "more note", "more notes")].filter((part) => part !== "").join("\n\n");
}

function command(text: string): string {
  return code(visible(clipMiddle(text, 300)));
}
