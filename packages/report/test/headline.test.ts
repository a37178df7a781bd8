import { describe, expect, it } from "vitest";
import type { Report } from "@rehearse/rehearsal";
import { checkTitle, renderMarkdown, renderTerminal } from "@rehearse/report";
import { sampleReport } from "./sample-reports.ts";

/** The first line of a report in a wide terminal, and the heading of its comment. */
function headlines(report: Report): string[] {
  const [line = ""] = renderTerminal(report, { color: false, width: 400 }).split("\n");
  const [, heading = ""] = /^### (.*)$/m.exec(renderMarkdown(report)) ?? [];
  return [line.trim(), heading];
}

describe("a headline", () => {
  it("names rules at fault with their datasets, for several may have one reason", () => {
    const report = sampleReport("expected");
    const rules = report.checks.filter(({ kind }) => kind === "expect").map((check) => ({ ...check, name: "price list" }));
    const [terminal, comment] = headlines({ ...report, checks: rules, divergences: [], firstDivergence: null });
    const rule = 'rule "price list" for core.segment_membership_count';
    expect(terminal).toBe(`Different. 3 of 3 checks: ${rule}, ${rule}, ${rule}.`);
    expect(comment).toContain('✗ Different. 3 of 3 checks: rule "price list" for `core.segment_membership_count`, rule');
    expect(rules.map(checkTitle)[0]).toBe(`${rule} after refresh: different`);
  });
});
