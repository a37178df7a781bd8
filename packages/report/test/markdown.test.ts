import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderMarkdown } from "@rehearse/report";
import { caseNames, filledWith, multiplied, sampleReport } from "./sample-reports.ts";

/** What is left when code, which GitHub shows as it stands, and the tags that the report itself writes are taken away. */
function outsideCode(markdown: string): string {
  return markdown
    .replace(/^<!-- rehearse:[\w%.!~*'()-]* -->$/m, "")
    .replaceAll(/^(`{3,})(?:text|sql)?\n[^]*?\n\1$/gm, "")
    .replaceAll(/<code>(?:[^<]|<!-- -->)*<\/code>/g, "")
    .replaceAll(/`[^`\n]+`/g, "")
    .replaceAll(/<\/?(?:details|summary|b|sub)>|<details open>/g, "");
}

describe("a comment", () => {
  it("begins with the marker that names the scenario", () => {
    for (const name of caseNames) expect(renderMarkdown(sampleReport(name))).toMatch(/^<!-- rehearse:[\w%.*'()-]+ -->\n### /);
  });

  it("never lets data become Markdown, HTML, a link or a mention", () => {
    const nasty = fc.constantFrom(
      "@octocat",
      "a@b.example",
      "www.x.example",
      "https://x.example",
      "<b>",
      "</details>",
      "|",
      "`",
      "```",
      "\n",
      "\\",
      "#1",
      "[a](b)",
      "![",
      "**",
      "~~",
      "_",
      "$x$",
      ":tada:",
      "<!--",
      "-->",
      "&lt;",
      " ",
      "deadbeef",
      "GH-1",
      "word",
      "---",
      "| a |",
    );
    fc.assert(
      fc.property(
        fc.array(nasty, { minLength: 1, maxLength: 6 }),
        fc.constantFrom("different", "failed-stage", "failed-assertion", "multiset", "schema-change"),
        (parts, name) => {
          const markdown = renderMarkdown(filledWith(name, parts.join("")));
          const bare = outsideCode(markdown);
          expect(bare).not.toMatch(
            /[@<>`[\]\\_$#]|www\.|:\/\/|&(?!#\d+;)|!\[|:tada:|deadbeef|gh-1/i.exec(bare.replace("### ", "").replaceAll("|--:", "")) === null
              ? /\0/
              : /[^]/,
          );
          expect(markdown).not.toMatch(/(?<!<!-- -->)@.*<\/code>/.test(markdown.replaceAll(/<summary>.*<\/summary>/g, "")) ? /[^]/ : /\0/);
        },
      ),
      { numRuns: 400, seed: 3 },
    );
  });

  it("keeps every table row to the number of cells of its head", () => {
    for (const name of caseNames) {
      let head = 0;
      for (const line of outsideFences(renderMarkdown(sampleReport(name)))) {
        const cells = line.startsWith("|") ? line.split("|").length : 0;
        if (head > 0 && cells > 0) expect(`${name}: ${String(cells)} in ${line}`).toBe(`${name}: ${String(head)} in ${line}`);
        head = cells;
      }
    }
  });

  it.each([1, 20, 400])(
    "stays within what GitHub takes with the sample of everything %d times over, and says what it leaves out",
    (times) => {
      for (const name of ["different", "hostile", "many"]) {
        const markdown = renderMarkdown(multiplied(name, times));
        expect(new TextEncoder().encode(markdown).length).toBeLessThanOrEqual(65_536);
        expect(markdown.split("<details").length).toBe(markdown.split("</details>").length);
        expect(markdown.includes("in the full report.")).toBe(times > 1);
      }
    },
  );

  it("fits with texts of any length", () => {
    const markdown = renderMarkdown(filledWith("different", "@`|<\u202e".repeat(20_000)));
    expect(new TextEncoder().encode(markdown).length).toBeLessThanOrEqual(65_536);
    expect(markdown).toContain("left out");
  });
});

function outsideFences(markdown: string): string[] {
  return markdown.replaceAll(/^(`{3,})(?:text|sql)?\n[^]*?\n\1$/gm, "").split("\n");
}
