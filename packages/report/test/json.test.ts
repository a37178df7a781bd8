import { describe, expect, it } from "vitest";
import { reportSchema } from "@rehearse/rehearsal";
import { renderJson } from "@rehearse/report";
import { caseNames, sampleReport } from "./sample-reports.ts";

describe("a report as JSON", () => {
  it("is read back as the same report", () => {
    for (const name of caseNames) expect(reportSchema.parse(JSON.parse(renderJson(sampleReport(name))))).toEqual(sampleReport(name));
  });

  it("is the same text whatever order the keys were put in", () => {
    const report = sampleReport("different");
    const turned = Object.fromEntries(Object.entries(report).toReversed());
    expect(JSON.stringify(turned)).not.toBe(JSON.stringify(report));
    expect(renderJson(reportSchema.parse(turned))).toBe(renderJson(report));
    expect(renderJson(Object.assign({}, turned, report))).toBe(renderJson(report));
  });

  it("ends with one line break", () => {
    expect(renderJson(sampleReport("same"))).toMatch(/[^\n]\n$/);
  });
});
