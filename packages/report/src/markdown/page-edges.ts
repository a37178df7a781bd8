import type { Report } from "@rehearse/rehearsal";
import { count, duration, plural } from "../content/amounts.ts";
import { enginesText, leftovers, startedText, teardownText } from "../content/environment-words.ts";
import { headline, story } from "../content/headline.ts";
import { acceptable, tally } from "../content/ordered-checks.ts";
import { againstPhrase, commitPhrase, onlyPhrase } from "../content/side-words.ts";
import { signOf } from "../content/verdict-sign.ts";
import { clipMiddle, visible, visibleLine, visibleName } from "../content/visible-text.ts";
import { commitText } from "./commit-text.ts";
import { code, phrase, prose } from "./escape-markdown.ts";
import { fillWithin } from "./fill-within.ts";
import { leftOut } from "./left-out.ts";

/** Names and texts of any length may come: what stands before and after the checks has its own bounds. */
const [headRoom, footRoom] = [10_000, 16_000];

/** The verdict, what was seen, and where it starts. */
export function headOf(report: Report): string {
  const { verdict, where } = headline(report);
  const left = leftovers(report);
  const facts = [
    ...stagesText(report),
    tally(report.checks),
    `against ${phrase(againstPhrase(report))}`,
    duration(report.wallMs),
    left.length === 0 ? `left behind: ${leftBehind(report)}` : `**left behind: ${prose(clipMiddle(left.join(", "), 300))}**`,
  ];
  const only = onlyPhrase(report);
  const alone = only === null ? [] : [`Rehearsed: ${phrase(only)}.`];
  const said = fillWithin([facts.join(" · "), ...alone, ...story(report).map((sentence) => phrase(sentence))], headRoom);
  const title = `### ${signOf(report.verdict).mark} ${verdict}. ${phrase(where)}`;
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

/** The next commands, what was rehearsed and where, and the notes. */
export function footOf(report: Report, commit: string | null): string {
  const { reproduce, accept, keep } = report.next;
  const commands = [
    `Reproduce: ${command(reproduce)}`,
    ...(acceptable(report) ? [`accept: ${command(accept)}`] : []),
    ...(keep === "" ? [] : [`look inside: ${command(keep)}`]),
  ];
  const place = `${prose(visibleName(report.provider.name))}: ${prose(enginesText(report))}`;
  const rehearsed = commit === null ? phrase(commitPhrase(report) ?? []) : commitText(commit);
  const about = rehearsed === "" ? "" : `${rehearsed} · `;
  const facts = `<sub>${about}run ${code(visibleName(report.run))} · ${prose(startedText(report))} · ${place} · ${prose(teardownText(report))}</sub>`;
  const notes = report.notes.map((note) => `- ${prose(visibleLine(note))}`);
  const said = fillWithin([commands.join(" · "), facts, ...notes], footRoom);
  return [...said.taken, leftOut(said.left, "more note", "more notes")].filter((part) => part !== "").join("\n\n");
}

function command(text: string): string {
  return code(visible(clipMiddle(text, 300)));
}
