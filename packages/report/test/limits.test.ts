import { describe, expect, it } from "vitest";
import type { Check, Report } from "@rehearse/rehearsal";
import { renderMarkdown, renderSummary } from "@rehearse/report";
import { githubView } from "./github-view.ts";
import { sampleReport } from "./sample-reports.ts";

const [tables, rows, columns] = [60, 10_000, 40];

/** A report on 60 tables with 10,000 changed rows of 40 columns in all, and 60 more that are the same. */
function hugeReport(cell: (row: number, column: number) => string): Report {
  const report = sampleReport("different");
  const check = report.checks.find(({ name, verdict }) => verdict === "different" && name === report.firstDivergence?.dataset);
  if (check?.detail?.kind !== "diff") throw new Error("the sample has no diff");
  const { detail } = check;
  const names = Array.from({ length: columns }, (_, column) => `column_${String(column)}`);
  const perTable = Math.ceil(rows / tables);
  const different = Array.from({ length: tables }, (_, table): Check => {
    const changed = Array.from({ length: perTable }, (__, row) => ({
      key: [String(row)],
      cells: names.map((column, at) => ({ column, reference: cell(row, at), current: cell(row + 1, at), delta: null })),
    }));
    return {
      ...check,
      name: `core.table_${String(table)}`,
      counts: { reference: perTable, current: perTable, added: 0, removed: 0, changed: perTable },
      detail: {
        ...detail,
        columns: names.map((name) => ({ name, changed: perTable, toTolerance: 0, nullToValue: 0, valueToNull: 0, deltas: null })),
        matching: { by: "key", columns: ["id"], reason: null },
        examples: { ...detail.examples, changed },
      },
    };
  });
  const same = different.map((each): Check => ({ ...each, name: `${each.name}_same`, verdict: "same", detail: null }));
  // The first divergence comes last: it must be shown first all the same.
  const firstDivergence = report.firstDivergence && { ...report.firstDivergence, dataset: "core.table_59" };
  return { ...report, checks: [...same, ...different], firstDivergence };
}

const plainWords = (row: number, column: number): string => `value ${String(row)} of column ${String(column)}`;
const hostile = "@`|<\u202e".repeat(60);
const hostileText = (row: number, column: number): string => `${hostile}${String(row * columns + column)}`;

// Built once: both pages are written of them.
const reports = { "plain words": hugeReport(plainWords), "long hostile text": hugeReport(hostileText) };

const pages = [
  { page: "comment", render: renderMarkdown, limit: 65_536 },
  { page: "summary", render: renderSummary, limit: 1_048_576 },
] as const;

describe.each(pages)("a $page on 10,000 changed rows of 40 columns in 60 tables", ({ render, limit }) => {
  it.each(Object.entries(reports))("fits, is whole, begins with what matters most, and says what it leaves out: %s", (_, report) => {
    const markdown = render(report);
    expect(new TextEncoder().encode(markdown).length).toBeLessThanOrEqual(limit);

    const shown = [...markdown.matchAll(/<summary><b><code>core\.table_(\d+)<\/code>/g)].map(([, table]) => Number(table));
    const [, left = "0"] = /… and ([\d,]+) more checks? with details in the full report\./.exec(markdown) ?? [];
    expect(shown.length).toBeGreaterThan(0);
    expect(shown).toEqual([59, ...Array.from({ length: tables - 1 }, (__, table) => table)].slice(0, shown.length));
    expect(shown.length + Number(left)).toBe(tables);
    expect(markdown).toMatch(/… and (?:[\d,]+ more changed cells?, )?[\d,]+ more changed rows/);

    expect(markdown.split("<details").length).toBe(markdown.split("</details>").length);
    expect(markdown.match(/^`{3,}/gm) ?? []).toHaveLength(0);
    expect(markdown.split("\n").find((line) => line.startsWith("|") && !line.endsWith("|"))).toBeUndefined();
    const { elements } = githubView(markdown);
    expect(elements["details"]).toBeGreaterThanOrEqual(shown.length);
    expect(elements["table"]).toBeGreaterThanOrEqual(shown.length + 1);
    expect(markdown.slice(markdown.indexOf("\n\nReproduce: "))).toMatch(
      /^\n\nReproduce: .*\n\n<sub>commit `9f3c1e2` · run .*<\/sub>\n(?:\n- .*\n)*$/,
    );
  });
});

describe("a summary", () => {
  it("shows more than the comment, and what each stage took", () => {
    const report = reports["plain words"];
    const [comment, summary] = [renderMarkdown(report), renderSummary(report)];
    expect(summary.length).toBeGreaterThan(comment.length * 4);
    expect(summary).toContain("<summary>What each stage took</summary>");
    expect(summary).toMatch(/^\| `backfill` \| same \| 1\.9 s \|.* \| 0 \| `warehouse\.IDENTITIES` 3,300 \|$/m);
    expect(comment).not.toContain("What each stage took");
  });
});
