import { expect, test } from "vitest";
import { sampleReport, multiplied, hostileStrings, filledWith, caseNames } from "../../report/test/sample-reports.ts";
import { annotationsOf, type AnnotatedFile } from "../src/annotations/annotations-of.ts";
import { limitAnnotations } from "../src/annotations/limit-annotations.ts";

const place: AnnotatedFile = { file: "/w/shop/orders/rehearse.yml", workspace: "/w/shop" };

test("what differs or failed is an error, what could not be judged a warning, the rest no remark", () => {
  const seen = new Set<string>();
  for (const name of caseNames) {
    const report = sampleReport(name);
    const loud = report.checks.filter(({ verdict }) => verdict !== "same" && verdict !== "expected");
    for (const { verdict } of report.checks) seen.add(verdict);
    const levels = loud.map(({ verdict }) => (verdict === "different" || verdict === "failed" ? "error" : "warning"));
    expect(annotationsOf(report, place).map(({ level }) => level)).toEqual(levels);
    expect(annotationsOf(report, place).map((one) => one.place)).toEqual(loud.map(({ line }) => ({ file: "orders/rehearse.yml", line })));
    for (const { title, message } of annotationsOf(report, place)) expect([title, message]).not.toContain("");
  }
  expect([...seen]).toEqual(expect.arrayContaining(["same", "different", "failed", "not compared"]));
});

test("a file outside the workspace is not named", () => {
  const report = sampleReport("different");
  const places = annotationsOf(report, { ...place, workspace: "/w/other" }).map((one) => one.place);
  expect(places.length).toBeGreaterThan(0);
  expect(new Set(places)).toEqual(new Set([null]));
});

test("there are ten of a level at most, and the tenth says how many more there are", () => {
  const all = annotationsOf(multiplied("different", 20), place);
  const errors = all.filter(({ level }) => level === "error");
  expect(errors.length).toBeGreaterThan(10);
  const shown = limitAnnotations(all).filter(({ level }) => level === "error");
  expect(shown.slice(0, 9)).toEqual(errors.slice(0, 9));
  expect(shown[9]).toMatchObject({ title: `${errors.length - 9} more`, place: null });
  expect(shown).toHaveLength(10);
  expect(limitAnnotations(errors.slice(0, 10))).toEqual(errors.slice(0, 10));
});

test("no text is longer than GitHub shows or cut within a character, whatever the names and reasons are", () => {
  for (const text of [...hostileStrings, "x".repeat(1_000_000), "😀".repeat(100_000), `x${"😀".repeat(100_000)}`]) {
    const all = annotationsOf(filledWith("different", text), place);
    expect(all.length).toBeGreaterThan(0);
    for (const { title, message } of all) {
      expect(title.length).toBeLessThanOrEqual(200);
      expect(message.length).toBeLessThanOrEqual(4096);
      expect([title, message].map((shown) => shown.isWellFormed())).toEqual([true, true]);
    }
  }
});
