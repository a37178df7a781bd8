import type { Report } from "@rehearse/rehearsal";
import { count, duration, memory } from "../content/amounts.ts";
import { seedAmount } from "../content/environment-words.ts";
import { visibleName } from "../content/visible-text.ts";
import { code } from "./escape-markdown.ts";
import { fillWithin } from "./fill-within.ts";
import { markdownRow, markdownTable } from "./grid-markdown.ts";
import { leftOut } from "./left-out.ts";
import { markdownPage } from "./markdown-page.ts";

/** GitHub takes 1 MiB from a step and drops all of it where it is more; what is beyond a million is for those who write beside the report. */
const limit = 1_000_000;
/** What the tables of stages and of seeds may take, in bytes, each. */
const tableRoom = 50_000;

const sizes = [
  { rows: 10, columns: 40, cell: 100, lines: 20 },
  { rows: 50, columns: 40, cell: 200, lines: 100 },
  { rows: 200, columns: 200, cell: 1000, lines: 400 },
];

/** The report as the summary of a job: the comment with more rows, and with what each stage took. Never longer than a million bytes. */
export function renderSummary(report: Report): string {
  const after = [stagesTable(report), seedsTable(report)].filter((part) => part !== "").join("\n\n");
  return markdownPage(report, { limit, sizes, before: "", after, commit: null });
}

function stagesTable({ stages }: Report): string {
  const rows = stages.map(({ name, verdict, wallMs, cpuMs, maxRssBytes, exitCode, writes }) => [
    code(visibleName(name)),
    verdict,
    wallMs === null ? "did not run" : duration(wallMs),
    cpuMs === null ? "" : duration(cpuMs),
    maxRssBytes === null ? "" : memory(maxRssBytes),
    exitCode === null ? "" : String(exitCode),
    writes.map((write) => `${code(visibleName(write.dataset))} ${write.rows === null ? "—" : count(write.rows)}`).join(", "),
  ]);
  const titles = ["stage", "verdict", "time", "CPU", "peak memory", "exit", "wrote rows"];
  return folded("What each stage took", { titles, align: ["left", "left", "right", "right", "right", "right", "left"] }, rows);
}

function seedsTable({ seeds }: Report): string {
  const rows = seeds.map((seed) => [
    code(visibleName(seed.name)),
    code(visibleName(seed.into)),
    seedAmount(seed),
    code(visibleName(seed.digest)),
  ]);
  return folded("Seeds", { titles: ["seed", "into", "put in", "digest"], align: ["left", "left", "right", "left"] }, rows);
}

interface Head {
  readonly titles: readonly string[];
  readonly align: readonly ("left" | "right")[];
}

function folded(title: string, head: Head, rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return "";
  const { taken, left } = fillWithin(rows.map(markdownRow), tableRoom);
  const parts = [
    `<details><summary>${title}</summary>`,
    [markdownTable({ ...head, rows: [] }), ...taken].join("\n"),
    leftOut(left, "more", "more"),
    "</details>",
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}
