import { describe, expect, it } from "vitest";
import fc from "fast-check";
import type { Check } from "@rehearse/rehearsal";
import { renderProgressLine, renderTerminal } from "@rehearse/report";
import { caseNames, filled, filledWith, multiplied, sampleReport } from "./sample-reports.ts";

const commands = /^ {2}(?:report|look|accept) /;

describe("a report in a terminal", () => {
  it.each([40, 60, 80, 100, 160])("keeps to %d columns in everything but commands", (width) => {
    for (const name of caseNames.filter((each) => each !== "hostile")) {
      const lines = renderTerminal(sampleReport(name), { color: false, width }).split("\n");
      expect(lines.filter((line) => !commands.test(line) && Array.from(line).length > width)).toEqual([]);
    }
  });

  it("says the same in colour as without", () => {
    for (const name of caseNames) {
      const report = sampleReport(name);
      const colored = renderTerminal(report, { color: true, width: 100 });
      expect(colored).toContain("\u001b[");
      expect(colored.replaceAll(/\p{Cc}\[\d+m/gu, "").replaceAll(/ +$/gm, "")).toBe(
        renderTerminal(report, { color: false, width: 100 }).replaceAll(/ +$/gm, ""),
      );
    }
  });

  it("shows nothing that cannot be seen, whatever the data is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => {
        const rendered = renderTerminal(filledWith("different", text), { color: false, width: 100 });
        expect(rendered.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      }),
      { numRuns: 150, seed: 7 },
    );
  });

  it("leaves the colours of a program's output out, and nothing else", () => {
    const report = filled(sampleReport("failed-stage"), (_, key) => (key === "output" ? "took:\n[5m]\n\u001b[1;31mred\u001b[0m" : "x"));
    const lines = renderTerminal(report, { color: false, width: 100 }).split("\n");
    expect(lines.filter((line) => line.includes("│")).map((line) => line.trim())).toEqual(["│ took:", "│ [5m]", "│ red"]);
  });

  it("shows both ends of a long output: the error often stands before its stack", () => {
    const output = ["/app/clean.mjs:9", "error: no function nosuch", ...Array.from({ length: 24 }, (_, index) => `    at ${index}`)];
    const report = filled(sampleReport("failed-stage"), (_, key) => (key === "output" ? output.join("\n") : "x"));
    const lines = renderTerminal(report, { color: false, width: 100 }).split("\n");
    const shown = lines.filter((line) => /│|…/.test(line)).map((line) => line.trim());
    expect(shown).toHaveLength(6 + 1 + 14);
    expect(shown.slice(0, 2)).toEqual(["│ /app/clean.mjs:9", "│ error: no function nosuch"]);
    expect(shown[6]).toBe("… 6 lines …");
    expect(shown.at(-1)).toBe("│     at 23");
  });

  it("offers to accept only what can be accepted: not where a dataset was not there, or could not be read", () => {
    const report = sampleReport("different");
    const index = report.checks.findIndex(({ kind, verdict }) => kind === "diff" && verdict === "different");
    const offers = (change: Partial<Check>): boolean => {
      const checks = report.checks.map((check, at) => (at === index ? { ...check, ...change } : check));
      return renderTerminal({ ...report, checks }, { color: false, width: 100 }).includes("\n  accept ");
    };
    expect(offers({})).toBe(true);
    expect(offers({ detail: null, counts: null })).toBe(false);
    expect(offers({ detail: null, counts: null, verdict: "failed" })).toBe(false);
  });

  it("says of amounts that differ in their digits alone that they are the same amounts", () => {
    const report = sampleReport("different");
    const operands = ["0.0000000000", "-0", "0.10"].map((operand) => {
      const checks = report.checks.map((check) =>
        check.detail?.kind === "diff"
          ? {
              ...check,
              detail: {
                ...check.detail,
                causes: [{ kind: "arithmetic" as const, column: "count", operation: "plus" as const, operand, rows: 1 }],
              },
            }
          : check,
      );
      return /count is (.*?) in /.exec(renderTerminal({ ...report, checks }, { color: false, width: 200 }))?.[1];
    });
    const same = "the same amount with other digits after the point";
    expect(operands).toEqual([same, same, "the reference plus 0.10"]);
  });

  it("tells how many checks it does not list", () => {
    const rendered = renderTerminal(multiplied("different", 40), { color: false, width: 100 });
    expect(rendered).toContain("… and 88 more checks in the report: 24 failed · 64 different");
    expect(rendered.split("\n").length).toBeLessThan(220);
    expect(rendered).toContain("… and 16 columns more not compared, in the report");
  });

  it("leaves the line of the report out where there is no file", () => {
    const lines = renderTerminal(sampleReport("same"), { color: false, width: 100 }).split("\n");
    expect(lines.filter((line) => commands.test(line))).toEqual(["  look     npx rehearse test fixtures/segment-membership --keep"]);
  });
});

describe("a progress line", () => {
  const step = { mark: "✓", name: "backfill", text: "3,300 identities → warehouse.IDENTITIES", wallMs: 1904, maxRssBytes: 412e6 } as const;

  it("aligns time and memory at the right", () => {
    const lines = [step, { ...step, name: "up", wallMs: 61, maxRssBytes: 1.3e9 }].map((each) =>
      renderProgressLine(each, { color: false, width: 96 }),
    );
    expect(lines).toEqual([
      "  ✓ backfill    3,300 identities → warehouse.IDENTITIES                           1.9 s   412 MB",
      "  ✓ up          3,300 identities → warehouse.IDENTITIES                           61 ms   1.3 GB",
    ]);
  });

  it("leaves out what was not measured", () => {
    const line = renderProgressLine({ ...step, wallMs: null, maxRssBytes: null }, { color: false, width: 100 });
    expect(line).toBe("  ✓ backfill    3,300 identities → warehouse.IDENTITIES");
  });

  it.each([30, 40, 50, 60, 70])("fits into %d columns and says that it cut the text", (width) => {
    const line = renderProgressLine(step, { color: false, width });
    expect(Array.from(line).length).toBeLessThanOrEqual(width);
    expect(line).toMatch(/^ {2}✓ backfill {4}3,300 i.*…/);
  });

  it("makes control characters visible", () => {
    expect(renderProgressLine({ ...step, text: "\u001b[2J\rgone" }, { color: false, width: 100 })).toContain("\\u{1b}[2J gone");
  });
});
