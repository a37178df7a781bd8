import { readFileSync, writeFileSync, existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { renderHtml, renderJunit, renderMarkdown, renderSummary, renderTerminal } from "@rehearse/report";
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

it("says for whoever asks how each dataset was compared", () => {
  const style = { color: false, width: 100, explain: true };
  const rendered = renderTerminal(sampleReport("explained"), style);
  expect(rendered).toBe(expected("explained", "terminal-explained.txt", rendered));
});

const others = [
  { file: "report.html", render: renderHtml },
  { file: "summary.md", render: renderSummary },
  { file: "junit.xml", render: renderJunit },
].map((other) => ({ ...other, names: caseNames.filter((name) => existsSync(caseFile(name, other.file))) }));

describe.each(others)("$file", ({ file, render, names }) => {
  it.each(names)("is rendered as the file says: %s", (name) => {
    const rendered = render(sampleReport(name));
    expect(rendered).toBe(expected(name, file, rendered));
  });
});

it("has samples of every kind, and of every file among them", () => {
  expect(caseNames).toEqual([
    "as-expected",
    "assertions",
    "different",
    "downstream",
    "expected",
    "explained",
    "failed-assertion",
    "failed-stage",
    "hostile",
    "inconclusive",
    "many",
    "multiset",
    "not-compared",
    "same",
    "sampled",
    "schema-change",
    "undeclared-write",
  ]);
  expect(others.map(({ file, names }) => [file, ...names])).toEqual([
    ["report.html", "as-expected", "assertions", "different", "downstream", "expected", "explained", "hostile", "inconclusive"],
    ["summary.md", "as-expected", "different", "explained", "many"],
    ["junit.xml", "as-expected", "different", "expected", "explained", "failed-stage", "inconclusive"],
  ]);
});
