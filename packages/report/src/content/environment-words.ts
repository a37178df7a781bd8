import type { Report } from "@rehearse/rehearsal";
import { count, plural } from "./amounts.ts";
import { visibleLine, visibleName } from "./visible-text.ts";

/** What was left behind, in a few words: `created 9 · removed 9 · left 0`. */
export function teardownText(report: Report): string {
  const { teardown } = report;
  if (teardown === null) return "tear-down not recorded";
  const counts = `created ${count(teardown.created)} · removed ${count(teardown.removed)} · left ${count(teardown.left)}`;
  return teardown.kept ? `${counts} (kept, as asked)` : counts;
}

/** The things that tear-down left and nobody asked to keep. */
export function leftovers(report: Report): string[] {
  return report.teardown === null || report.teardown.kept ? [] : report.teardown.leftovers.map(visibleLine);
}

/** The engines with their versions: `Postgres 17.6 · ClickHouse 26.7`. */
export function enginesText(report: Report): string {
  return [...new Set(report.provider.engines.map(({ title, version }) => visibleName(`${title} ${version}`.trim())))].join(" · ");
}

/** How much a seed put in: rows into a table, or the statements of a script, which is for a service. */
export function seedAmount({ into, rows }: Report["seeds"][number]): string {
  return plural(rows, into.includes(".") ? "row" : "statement");
}

/** When the run started, to the second, in UTC; other text as it is. */
export function startedText(report: Report): string {
  const [, day, time] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?Z$/.exec(report.startedAt) ?? [];
  return day === undefined || time === undefined ? visibleName(report.startedAt) : `${day} ${time} UTC`;
}
