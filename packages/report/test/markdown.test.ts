import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderMarkdown } from "@rehearse/report";
import { caseNames, filledWith, multiplied, sampleReport } from "./sample-reports.ts";

const nasty = fc.constantFrom(
  ..."@octocat a@b.example www.x.example https://x.example <b> </details> | ` ``` \\ #1 [a](b) ![ ** ~~ _ $x$ :tada: <!-- --> &lt; deadbeef GH-1 word --- 1234567".split(
    " ",
  ),
  " ",
  "\n",
);

describe("a comment", () => {
  it("begins with the marker that names the scenario", () => {
    for (const name of caseNames) expect(renderMarkdown(sampleReport(name))).toMatch(/^<!-- rehearse:[\w%.*'()-]+ -->\n### /);
  });

  it("never lets data become Markdown, HTML, a link or a mention", () => {
    const samples = fc.constantFrom("different", "failed-stage", "failed-assertion", "multiset", "schema-change");
    fc.assert(
      fc.property(fc.array(nasty, { minLength: 1, maxLength: 6 }), samples, (parts, name) => {
        const markdown = renderMarkdown(filledWith(name, parts.join("")));
        const bare = outsideCode(markdown)
          .replace(/^### /m, "")
          .replaceAll(/^\|[-:|]+\|$/gm, "");
        expect(bare).not.toMatch(/[@<>&`[\]\\_#$]|www\.|:\/\/|:tada:|deadbeef|gh-1/i);
        // Outside of HTML blocks Markdown still reads inside <code>: an "@" there could become the address of a mail.
        expect(markdown.replaceAll(/^<details.*$/gm, "")).not.toMatch(/<code>[^<]*@/);
        expect(unevenRows(markdown)).toEqual([]);
      }),
      { numRuns: 400, seed: 3 },
    );
  });

  it("says which commit it is about, where that is known, in the room that there is", () => {
    const commit = "abcdef0123456789abcdef0123456789abcdef01";
    const report = sampleReport("same");
    expect(renderMarkdown(report, { commit })).toBe(renderMarkdown(report).replace("<sub>run", "<sub>commit `abcdef0` · run"));
    expect(new TextEncoder().encode(renderMarkdown(multiplied("many", 100), { commit })).length).toBeLessThanOrEqual(65_536);
  });

  it("keeps every table row to the number of cells of its head", () => {
    for (const name of caseNames) expect(unevenRows(renderMarkdown(sampleReport(name)))).toEqual([]);
  });

  it.each(["different", "hostile", "many"])(
    "stays within what GitHub takes, however much there is in %s, and says what it leaves out",
    (name) => {
      expect(renderMarkdown(sampleReport(name))).not.toContain("in the full report.");
      for (const times of [3, 100]) {
        const markdown = renderMarkdown(multiplied(name, times));
        expect(new TextEncoder().encode(markdown).length).toBeLessThanOrEqual(65_536);
        expect(markdown.split("<details").length).toBe(markdown.split("</details>").length);
        expect(markdown).toContain("Reproduce: ");
      }
      expect(renderMarkdown(multiplied(name, 100))).toMatch(/… and [\d,]+ more checks with details in the full report\./);
    },
  );

  it("fits with texts of any length, and says that they are shortened", () => {
    const markdown = renderMarkdown(filledWith("different", "@`|<\u202e".repeat(20_000)));
    expect(new TextEncoder().encode(markdown).length).toBeLessThanOrEqual(65_536);
    expect(markdown).toContain("left out");
  });
});

/** What is left when code, which GitHub shows as it stands, and the tags that the report itself writes are taken away. */
function outsideCode(markdown: string): string {
  return withoutFences(markdown)
    .replace(/^<!-- rehearse:[\w%.!~*'()-]* -->$/m, "")
    .replaceAll(/<code>(?:[^<]|<!-- -->)*<\/code>/g, "")
    .replaceAll(/`[^`\n]+`/g, "")
    .replaceAll(/<\/?(?:details|summary|b|sub)>|<details open>/g, "");
}

function withoutFences(markdown: string): string {
  return markdown.replaceAll(/^(`{3,})(?:text|sql)?\n[^]*?\n\1$/gm, "");
}

/** The rows of tables that have more or fewer cells than the row above them. */
function unevenRows(markdown: string): string[] {
  const cells = (line: string | undefined): number => (line?.startsWith("|") === true ? line.split("|").length : 0);
  const lines = withoutFences(markdown).split("\n");
  return lines.filter((line, index) => cells(line) > 0 && cells(lines[index - 1]) > 0 && cells(line) !== cells(lines[index - 1]));
}
