import type { Report } from "@rehearse/rehearsal";
import { renderHtml } from "./html/render-html.ts";
import { renderJunit } from "./junit/render-junit.ts";
import { renderMarkdown, type MarkdownContext } from "./markdown/render-markdown.ts";
import { renderJson } from "./render-json.ts";

/** The files of a report, by name. */
export type ReportFiles = Readonly<Record<"report.json" | "report.md" | "report.html" | "junit.xml", string>>;

/** Everything that is kept of a report. */
export function reportFiles(report: Report, context: MarkdownContext = {}): ReportFiles {
  return {
    "report.json": renderJson(report),
    "report.md": renderMarkdown(report, context),
    "report.html": renderHtml(report),
    "junit.xml": renderJunit(report),
  };
}
