import { describe, expect, it } from "vitest";
import { reportSchema, type Report } from "@rehearse/rehearsal";
import {
  commentMarker,
  renderBrokenOff,
  renderHtml,
  renderJson,
  renderJunit,
  renderMarkdown,
  renderProgressLine,
  renderSummary,
  renderTerminal,
} from "@rehearse/report";
import { githubView, type GithubView } from "./github-view.ts";
import { readJunit } from "./junit-document.ts";
import { checkPlaces, everyKind, placesOf } from "./every-kind.ts";
import { caseNames, filled, hostileStrings, sampleReport } from "./sample-reports.ts";

/** The text in every place of a report where one can stand; only the time is real. */
function hostileReport(text: string): Report {
  return { ...filled(everyKind, () => text), startedAt: "2026-11-16T09:30:00.120Z" };
}

/** The shape of the summary where a harmless word stands in all places, whatever its length. */
const harmlessShape = shape(githubView(renderSummary(hostileReport("harmless"))));

const terminal = { color: false, width: 100 };

/** All that the runner of GitHub Actions would obey. */
function commands(text: string): string[] {
  return text.split(/\r\n|[\n\r]/).filter((line) => /^[\s\u0085]*::|##\[/.test(line));
}

/** What GitHub makes links, pictures or formulas of in text that is not code. */
const alive =
  /[@$`<>]|#\d|\bgh-\d|\p{L}-\d|\b[\da-f]{7,40}\b|:\/\/|\bwww\.|\b(?:mailto|xmpp|javascript):|:(?=[\d_]*[a-z+-])[\w+-]+:|\[[\^!x ]|\]\(|rgb\(|\S\.example/iu;

/** The elements that a report in Markdown is made of. */
const written =
  /^(?:h3|p|ul|li|table|thead|tbody|tr|t[hd](?:\[align=(?:left|right)\])?|strong|del|pre|code(?:\[class=language-(?:text|sql)\])?|details(?:\[open\])?|summary|b|sub)$/;

describe(`${String(hostileStrings.length)} hostile strings`, () => {
  it("stand in every place where a sample has text, and in checks of every shape that a sample has", () => {
    const places = (report: Report): string[] => {
      const texts = placesOf(report, "report").filter((place) => place.endsWith(": text"));
      return [...texts, ...report.checks.flatMap(checkPlaces)];
    };
    const filledPlaces = new Set(places(everyKind));
    expect(filledPlaces.size).toBeGreaterThan(500);
    expect(caseNames.flatMap((name) => places(sampleReport(name))).filter((place) => !filledPlaces.has(place))).toEqual([]);
  });

  it("are many, and all different", () => {
    expect(hostileStrings.length).toBeGreaterThanOrEqual(200);
    expect(new Set(hostileStrings).size).toBe(hostileStrings.length);
  });

  it.each(hostileStrings.map((text) => [JSON.stringify(text).slice(0, 60), text]))("%s", (_, text) => {
    const report = hostileReport(text);
    const rendered = {
      html: renderHtml(report),
      json: renderJson(report),
      junit: renderJunit(report),
      comment: renderMarkdown(report, { commit: text }),
      summary: renderSummary(report),
      broken: renderBrokenOff({
        scenario: text,
        commit: text,
        failure: { code: text, message: text, hint: text, expected: text, got: text },
      }),
      terminal: renderTerminal(report, terminal),
      progress: renderProgressLine({ mark: "✓", name: text, text, wallMs: 1, maxRssBytes: null }, terminal),
    };

    for (const [format, output] of Object.entries(rendered)) {
      expect(commands(output), format).toEqual([]);
      expect(output.replaceAll("\n", ""), format).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
    }
    expect(reportSchema.parse(JSON.parse(rendered.json))).toEqual(report);

    const suites = readJunit(rendered.junit);
    expect(suites.flatMap(({ failures }) => failures).length).toBeGreaterThan(10);
    const name = shownName(text, suites[0]?.attributes["package"]);
    const plain = /^[ -~]{1,200}$/.test(text) && !text.includes("\\u{");
    expect(plain ? name : text).toBe(text);

    const views = {
      comment: githubView(unlike(rendered.comment, rendered.summary)),
      summary: githubView(rendered.summary),
      broken: githubView(rendered.broken),
    };
    for (const { elements, prose } of Object.values(views)) {
      expect(Object.keys(elements).filter((element) => !written.test(element))).toEqual([]);
      expect(prose.filter((words) => alive.test(words))).toEqual([]);
    }
    // Outside of HTML blocks GitHub looks for mail addresses even in <code>, after it has read the references to characters.
    for (const markdown of [rendered.comment, rendered.summary, rendered.broken])
      expect(markdown.replaceAll(/^<details.*$/gm, "")).not.toMatch(/<code>[^<]*(?:@|&#64;)/);
    const { heading } = views.comment;
    expect(heading.replaceAll("\\u{5b}", "[").replaceAll(/\s+/g, " ")).toContain(name.replaceAll(/\s+/g, " ").trim());
    for (const comment of [rendered.comment, rendered.broken]) expect(comment.split("\n")[0]).toBe(commentMarker(text));
    // What is blank is left out, and of what is too long not all is shown: other elements, but of the same few kinds.
    const whole = text.trim() !== "" && !rendered.summary.includes("in the full report");
    const seen = shape(views.summary);
    expect(seen).toEqual(whole ? harmlessShape : seen);
  });
});

/** A comment without what stands between its heading and its foot, where the summary has the same there and is read with it. */
function unlike(comment: string, summary: string): string {
  const [afterHeading, foot] = [comment.indexOf("\n\n"), comment.lastIndexOf("\n\nReproduce: ")];
  const common = comment.slice(comment.indexOf("\n") + 1, foot);
  return summary.startsWith(`${common}\n\n`) ? comment.slice(0, afterHeading) + comment.slice(foot) : comment;
}

/** How the name is shown, as the JUnit results say it: there a name of blanks alone is in quotes. */
function shownName(text: string, attribute = ""): string {
  return text.trim() === "" ? attribute.slice(1, -1) : attribute;
}

/** How many elements of each kind there are, but for code and the sides of columns, which depend on the data. */
function shape(view: GithubView): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [element, number] of Object.entries(view.elements)) {
    const [kind = ""] = element.split("[align");
    if (!kind.startsWith("code")) counts.set(kind, (counts.get(kind) ?? 0) + number);
  }
  return counts;
}

describe("the marker of a comment", () => {
  it("is different for scenarios of different names, and ends where it should", () => {
    const names = [...hostileStrings, "x".repeat(201), `${"x".repeat(100)}+1+${"x".repeat(100)}`, `${"x".repeat(100)}y${"x".repeat(100)}`];
    const markers = names.map(commentMarker);
    for (const marker of markers) expect(marker).toMatch(/^<!-- rehearse:(?:[\w.!~*'()%+]|-(?!-))* -->$/);
    // The last two differ in what is cut out; names that a file can have are never so long.
    expect(new Set(markers).size).toBe(names.length - 1);
    expect(commentMarker("segment-membership")).toBe("<!-- rehearse:segment-membership -->");
  });
});

describe("a megabyte", () => {
  it("in a cell, an answer, an output or a hint is shown in part by every renderer, and whole in the JSON", () => {
    const megabyte = "@`|<\u202e".repeat(150_000);
    const places = new Set(["current", "hint", "output", "reason"]);
    const report = filled(everyKind, (position, key) => (places.has(key) && position % 3 === 0 ? `${megabyte}${String(position)}` : "x"));
    const lengths = [
      renderHtml(report),
      renderJunit(report),
      renderMarkdown(report),
      renderSummary(report),
      renderTerminal(report, terminal),
    ];
    expect(lengths.map((text) => text.length < 1_048_576)).toEqual(lengths.map(() => true));
    // Among such text, the comment writes each word of its own mark as code, too.
    const read = (text: string): string =>
      text
        .replaceAll(/<[^>]*>/g, "")
        .replaceAll("&#40;", "(")
        .replaceAll("&#41;", ")");
    expect(lengths.map((text) => /\(\d+ left out\)/.test(read(text)))).toEqual(lengths.map(() => true));
    expect(JSON.parse(renderJson(report))).toEqual(report);
  });
});
