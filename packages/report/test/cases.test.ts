import { readFileSync, writeFileSync, existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { renderHtml, renderMarkdown, renderTerminal } from "@rehearse/report";
import { caseFile, caseNames, sampleReport } from "./sample-reports.ts";

/** `REHEARSE_WRITE_CASES=1` writes what is rendered; the difference is then read in the commit. */
function expected(name: string, file: string, rendered: string): string {
  if (process.env["REHEARSE_WRITE_CASES"] === "1") writeFileSync(caseFile(name, file), rendered);
  return readFileSync(caseFile(name, file), "utf8");
}

describe.each(caseNames)("the report %s", (name) => {
  const report = sampleReport(name);

  it("is rendered for a terminal as the file says", () => {
    const rendered = renderTerminal(report, { color: false, width: 100, reportFile: ".rehearse/report/report.html" });
    expect(rendered).toBe(expected(name, "terminal.txt", rendered));
  });

  it("is rendered as a comment as the file says", () => {
    const rendered = renderMarkdown(report);
    expect(rendered).toBe(expected(name, "comment.md", rendered));
  });
});

describe.each(caseNames.filter((name) => existsSync(caseFile(name, "report.html"))))("the page of %s", (name) => {
  it("is rendered as the file says", () => {
    const rendered = renderHtml(sampleReport(name));
    expect(rendered).toBe(expected(name, "report.html", rendered));
  });
});

it("has samples of every kind, and pages among them", () => {
  expect(caseNames).toEqual([
    "different",
    "failed-assertion",
    "failed-stage",
    "hostile",
    "many",
    "multiset",
    "not-compared",
    "same",
    "schema-change",
    "undeclared-write",
  ]);
  expect(caseNames.filter((name) => existsSync(caseFile(name, "report.html")))).toEqual(["different", "hostile"]);
});
