import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderTerminal } from "@rehearse/report";
import { sampleReport } from "./sample-reports.ts";

/** The changed rows of a report whose one difference is this cell, as a wide terminal shows them. */
function shown(reference: string | null, current: string | null): string {
  const report = sampleReport("different");
  const [check] = report.checks.filter(({ verdict }) => verdict === "different");
  if (check?.detail?.kind !== "diff") throw new Error("the sample has no diff");
  const changed = [{ key: ["1", "2"], cells: [{ column: "count", reference, current, delta: null }] }];
  const only = { ...check, detail: { ...check.detail, examples: { ...check.detail.examples, changed } } };
  const lines = renderTerminal({ ...report, checks: [only] }, { color: false, width: 10_000 }).split("\n");
  return (lines[lines.findIndex((line) => line.includes("environment_id")) + 1] ?? "").replace(/^ +1 +2 +/, "");
}

describe("a changed cell", () => {
  it.each([
    ["NULL and the text NULL", null, "NULL", 'NULL → "NULL"'],
    ["NULL and nothing", null, "", 'NULL → ""'],
    ["quotes and nothing", '""', "", '"""" → ""'],
    ["a space at the end", "a", "a ", "a → a␠"],
    ["two spaces and one", " a", "  a", "␠a → ␠␠a"],
    ["a space and our sign of it", "a ", "a␠", "a␠ → a\\u{2420}"],
    ["a no-break space", "a b", "a\u00a0b", "a b → a\\u{a0}b"],
    ["a zero-width space", "ab", "a\u200bb", "ab → a\\u{200b}b"],
    ["an escape and its text", "\u200b", "\\u{200b}", "\\u{200b} → \\u{5c}u{200b}"],
    ["two normal forms", "é", "e\u0301", "é → e\u0301  (character 1: U+00E9 → U+0065 U+0301)"],
    ["two letters alike", "paypal", "p\u0430ypal", "paypal → p\u0430ypal  (character 2: U+0061 → U+0430)"],
    ["half a character", "\ud83d", "\ud83d\ude00", "\\u{d83d} → 😀"],
    ["a line break", "a\nb", "a\r\nb", "a\\u{a}b → a\\u{d}\\u{a}b"],
    ["the same characters", "1", "1", "1 → 1  (the same characters, in another type)"],
  ])("tells apart %s", (_, reference, current, text) => {
    expect(shown(reference, current)).toBe(text);
  });

  it("is shown around its first difference where it is long", () => {
    const [left, right] = [`${"x".repeat(500)}A${"y".repeat(500)}`, `${"x".repeat(500)}B${"y".repeat(500)}`];
    const side = (letter: string): string => `…(434 left out)…${"x".repeat(66)}${letter}${"y".repeat(133)}…(367 left out)…`;
    expect(shown(left, right)).toBe(`${side("A")} → ${side("B")}`);
  });

  it("is never shown as though both sides were the same", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary", maxLength: 12 }),
      fc.string({ unit: fc.constantFrom("a", " ", '"', "é", "e\u0301", "\u200b", "\\", "u{", "N", "U", "L", "\n"), maxLength: 300 }),
    );
    fc.assert(
      fc.property(text, text, (reference, current) => {
        const line = shown(reference, current);
        const [left, right] = line.split(" → ");
        expect(line.includes("(character ") || line.includes("(the same characters") || left !== right).toBe(true);
      }),
      { numRuns: 250, seed: 11 },
    );
  });
});
